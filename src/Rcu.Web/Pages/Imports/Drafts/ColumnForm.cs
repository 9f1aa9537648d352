using Rcu.Ingestion;
using Rcu.Ingestion.Drafts;
using Rcu.Ingestion.Mapping;

namespace Rcu.Web.Pages.Imports.Drafts;

/// <summary>One line of the columns' table: a column of the file, what it shows, and what it feeds.</summary>
/// <param name="Place">Its place among the columns of the file.</param>
/// <param name="Sample">Three of its values.</param>
/// <param name="Fill">How much of the rows fills it, from 0 to 1.</param>
internal sealed record ColumnForm(int Place, string Column, IReadOnlyList<string> Sample, double Fill, ColumnProposal Proposal, string? Field, bool IsKey)
{
    public FieldConflict Conflict { get; init; }

    /// <summary>Which piece of the cell: <c>first</c>, <c>rest</c>, <c>last</c>; empty for the whole.</summary>
    public string Part { get; init; } = "";

    /// <summary>One « what the file says = what the hub says » per line.</summary>
    public string Values { get; init; } = "";

    private static readonly Dictionary<string, FeedPart> Parts = new()
    {
        ["first"] = new FeedPart(" ", 0),
        ["rest"] = new FeedPart(" ", 1, IsRest: true),
        ["last"] = new FeedPart(" ", -1),
    };

    private const int Shown = 3;

    public static IReadOnlyList<ColumnForm> Of(ImportDraft draft, FilePreview preview, MappingProposal proposal)
    {
        var fed = draft.Columns.SelectMany(mapped => mapped.Columns.Select(column => (column, mapped)))
            .Where(one => one.mapped.When is null).GroupBy(one => one.column).ToDictionary(group => group.Key, group => group.First().mapped, StringComparer.OrdinalIgnoreCase);
        return
        [
            .. preview.Columns.Select((column, i) => new ColumnForm(
                i, column, [.. preview.Samples[i].Values.Distinct().Take(Shown)], preview.FillOf(i), proposal.Columns[i],
                fed.GetValueOrDefault(column)?.Field, draft.KeyColumns.Contains(column, StringComparer.OrdinalIgnoreCase))
            {
                Conflict = fed.GetValueOrDefault(column)?.Conflict ?? FieldConflict.BySource,
                Part = Parts.FirstOrDefault(part => part.Value == fed.GetValueOrDefault(column)?.Part).Key ?? "",
                Values = string.Join('\n', (fed.GetValueOrDefault(column)?.Values ?? new Dictionary<string, string>()).Select(value => $"{value.Key} = {value.Value}")),
            }),
        ];
    }

    /// <summary>The mapping as the form says it. Two whole columns of one field are joined by a space, in the order of the file.</summary>
    public static (IReadOnlyList<FeedColumn> Columns, IReadOnlyList<string> Key) Read(IFormCollection form, IReadOnlyList<string> columns, ImportDraft draft)
    {
        string Text(string name, int i) => form.TryGetValue($"{name}:{i}", out var value) ? value.ToString() : "";
        var said = columns.Select((column, i) => (Column: column, Field: Text("field", i), Mapped: new FeedColumn(Text("field", i), [column])
        {
            Conflict = Enum.TryParse<FieldConflict>(Text("conflict", i), out var conflict) ? conflict : FieldConflict.BySource,
            Part = Parts.GetValueOrDefault(Text("part", i)),
            Values = ValuesOf(Text("values", i)),
        })).Where(one => one.Field.Length > 0 && one.Field != CanonicalField.Key).ToList();
        var whole = said.Where(one => one.Mapped.Part is null).GroupBy(one => one.Field)
            .Select(group => group.First().Mapped with { Columns = [.. group.Select(one => one.Column)] });
        var parted = said.Where(one => one.Mapped.Part is not null).Select(one => one.Mapped);

        // What the mapping knows by itself, and what it says under a condition, has no line of its own in the table.
        var kept = draft.Columns.Where(column => column.Constant is not null || column.When is not null);
        var key = columns.Where((_, i) => Text("key", i) == "true").ToList();
        return ([.. whole, .. parted, .. kept], key.Count > 0 ? key : [.. columns.Where((_, i) => Text("field", i) == CanonicalField.Key)]);
    }

    private static Dictionary<string, string>? ValuesOf(string text)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.LastIndexOf('=') is var at and > 0)
            {
                values[line[..at].Trim()] = line[(at + 1)..].Trim();
            }
        }

        return values.Count == 0 ? null : values;
    }
}
