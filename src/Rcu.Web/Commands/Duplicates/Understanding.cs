using System.Globalization;
using Rcu.Matching;
using Rcu.Web.Commands.Csv;

namespace Rcu.Web.Commands.Duplicates;

/// <summary>What was understood of the files, told before the work begins, so that a wrong guess is seen and put right.</summary>
internal static class Understanding
{
    public static void Say(Plan plan, TextWriter to)
    {
        foreach (var file in plan.Files)
        {
            to.WriteLine(Verb.Text(
                "dedupe.file", file.Shape.Name, EncodingName(file.Shape), SeparatorName(file.Shape.Separator),
                Verb.Text(file.Shape.HasHeader ? "dedupe.header" : "dedupe.no_header")));
            if (file.Shape.Titles > 0)
            {
                to.WriteLine(Verb.Text("dedupe.titles", file.Shape.Titles));
            }

            var width = file.Shape.Columns.Max(column => column.Length);
            for (var column = 0; column < file.Shape.Columns.Count; column++)
            {
                to.WriteLine($"  {file.Shape.Columns[column].PadRight(Math.Min(width, 32))}  {MeaningOf(plan, file, column)}");
            }
        }

        to.WriteLine(Verb.Text(plan.Kind is EntityKind.Person ? "dedupe.people" : "dedupe.companies"));
    }

    private static string MeaningOf(Plan plan, PlannedFile file, int column)
    {
        var field = file.Columns.ToList().IndexOf(column);
        return column == file.Id ? Verb.Text("dedupe.is_id")
            : column == file.Link ? Verb.Text("dedupe.is_link")
            : field >= 0 ? ColumnKinds.NameOf(plan.Fields[field].Kind)
            : "-";
    }

    private static string EncodingName(CsvShape shape) => shape.Encoding.WebName.ToUpper(CultureInfo.InvariantCulture);

    private static string SeparatorName(byte separator) => separator == (byte)'\t' ? Verb.Text("dedupe.tab") : $"« {(char)separator} »";
}
