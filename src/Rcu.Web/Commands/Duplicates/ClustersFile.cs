using Rcu.Identifiers;
using Rcu.Web.Commands.Csv;

namespace Rcu.Web.Commands.Duplicates;

/// <summary>
/// The rows as they came, in their order, each with the number of its group. Two files come out one after the other, the
/// columns of one meaning in those of the other, with the file of each row.
/// </summary>
internal static class ClustersFile
{
    public const string Cluster = "cluster_id";
    private const string File = "fichier";

    public static void Write(CsvOutput to, Plan plan, IReadOnlyList<int> clusterOf, Action<double> progress, CancellationToken ct)
    {
        var columns = Columns(plan);
        Header(to, plan, columns);
        var numbers = new int[clusterOf.Count];
        var (record, clusters) = (0, 0);
        for (var file = 0; file < plan.Files.Count; file++)
        {
            using var row = plan.Files[file].Shape.Open();
            var from = columns.ConvertAll(column => column.In[file]);
            while (record < clusterOf.Count && row.Next())
            {
                ref var number = ref numbers[clusterOf[record]];
                number = number == 0 ? ++clusters : number;
                if (plan.Files.Count == 1)
                {
                    CopyRow(to, row, columns.Count, number);
                }
                else
                {
                    PlaceRow(to, row, from, plan.Files[file].Shape, number);
                }

                if (++record % 65536 == 0)
                {
                    ct.ThrowIfCancellationRequested();
                    progress((double)record / clusterOf.Count);
                }
            }
        }
    }

    private static void Header(CsvOutput to, Plan plan, List<OutputColumn> columns)
    {
        if (plan.Files is [{ Shape.HasHeader: true } only])
        {
            using var header = only.Shape.OpenAtHeader();
            header.Next();
            to.Written(header.Raw);
        }
        else
        {
            columns.ForEach(column => to.Cell(column.Name));
        }

        if (plan.Files.Count > 1)
        {
            to.Cell(Free(File, columns));
        }

        to.Cell(Free(Cluster, columns));
        to.EndRow();
    }

    // A file that went through here once keeps what it was told then.
    private static string Free(string name, List<OutputColumn> columns)
    {
        var free = name;
        for (var n = 2; columns.Exists(column => string.Equals(column.Name, free, StringComparison.OrdinalIgnoreCase)); n++)
        {
            free = $"{name}_{n}";
        }

        return free;
    }

    private static void CopyRow(CsvOutput to, CsvScanner row, int width, int cluster)
    {
        if (row.HasBrokenQuote)
        {
            // Copied as it is, it would break whoever reads the result.
            for (var i = 0; i < Math.Min(width, row.Count); i++)
            {
                to.Cell(row.Content(i));
            }
        }
        else
        {
            to.Written(row.Count > width ? row.RawFirst(width) : row.Raw);
        }

        for (var i = row.Count; i < width; i++)
        {
            to.Written(default);
        }

        to.Cell(cluster);
        Surplus(to, row, width);
        to.EndRow();
    }

    private static void PlaceRow(CsvOutput to, CsvScanner row, List<int> from, CsvShape shape, int cluster)
    {
        foreach (var column in from)
        {
            to.Cell(column < 0 ? default : row.Content(column));
        }

        to.SafeCell(shape.Name);
        to.Cell(cluster);
        Surplus(to, row, shape.Columns.Count);
        to.EndRow();
    }

    // Cells that no column names stay at the end of their row.
    private static void Surplus(CsvOutput to, CsvScanner row, int width)
    {
        for (var i = width; i < row.Count; i++)
        {
            to.Cell(row.Content(i));
        }
    }

    private static List<OutputColumn> Columns(Plan plan)
    {
        var first = plan.Files[0].Shape.Columns;
        var columns = first.Select((name, i) => new OutputColumn(name, plan.Files.Count > 1 ? [i, -1] : [i])).ToList();
        if (plan.Files.Count == 1)
        {
            return columns;
        }

        var second = plan.Files[1].Shape.Columns;
        for (var i = 0; i < second.Count; i++)
        {
            var field = plan.Files[1].Columns.ToList().IndexOf(i);
            var same = i == plan.Files[1].Id ? plan.Files[0].Id : field >= 0 ? plan.Files[0].Columns[field] : -1;
            same = same >= 0 ? same : columns.FindIndex(c => c.In[1] < 0 && c.Name.Folded() == second[i].Folded());
            if (same >= 0 && columns[same].In[1] < 0)
            {
                columns[same].In[1] = i;
            }
            else
            {
                columns.Add(new OutputColumn(second[i], [-1, i]));
            }
        }

        return columns;
    }

    /// <param name="In">Where each file keeps it; -1 when it does not.</param>
    private sealed record OutputColumn(string Name, int[] In);
}
