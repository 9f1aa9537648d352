using System.Globalization;
using System.Text;
using Rcu.Identifiers;
using Rcu.Web.Commands.Csv;

namespace Rcu.Web.Commands.Evaluation;

/// <summary>Reads which ids are one: a file of pairs (<c>id_a,id_b</c>) or of clusters (<c>id,cluster</c>).</summary>
internal static class GroupingFile
{
    private static readonly string[] Left = ["ID A", "ID LEFT", "LEFT", "LEFT ID", "ID", "UNIQUE ID L", "ID GAUCHE", "LTABLE ID"];
    private static readonly string[] Right = ["ID B", "ID RIGHT", "RIGHT", "RIGHT ID", "ID", "UNIQUE ID R", "ID DROITE", "RTABLE ID"];
    private static readonly string[] Clusters = ["CLUSTER ID", "CLUSTER", "TRUTH", "ENTITY", "ENTITY ID", "GROUPE", "GROUP", "TRUE CLUSTER"];

    public static Result<Grouping> ReadPairs(string path, Dictionary<string, int> ids)
    {
        var shape = CsvDetector.Detect(path);
        return !shape.Succeeded ? shape.Error
            : Find(shape.Value, Left) is >= 0 and var left && Find(shape.Value, Right) is >= 0 and var right && left != right
                ? Read(shape.Value, left, right, ids, pairs: true)
                : EvaluationErrors.NotPairs(path, shape.Value.Columns);
    }

    /// <param name="id">The column of the ids; null: the number of the row.</param>
    public static Result<Grouping> ReadClusters(string path, string? id, Dictionary<string, int> ids)
    {
        var shape = CsvDetector.Detect(path);
        if (!shape.Succeeded)
        {
            return shape.Error;
        }

        var cluster = Find(shape.Value, Clusters);
        var column = id is null ? -1 : shape.Value.Columns.ToList().IndexOf(id);
        return cluster < 0 ? EvaluationErrors.NotClusters(path, shape.Value.Columns)
            : id is not null && column < 0 ? CsvErrors.UnknownColumn(id, path, shape.Value.Columns)
            : Read(shape.Value, column, cluster, ids, pairs: false);
    }

    public static Result<Grouping> ReadTruth(string path, string? id, Dictionary<string, int> ids)
    {
        var shape = CsvDetector.Detect(path);
        if (!shape.Succeeded)
        {
            return shape.Error;
        }

        var (left, right) = (Find(shape.Value, Left), Find(shape.Value, Right));
        var cluster = Find(shape.Value, Clusters) is >= 0 and var named ? named : IdAndOther(shape.Value) ? 1 : -1;
        if (left >= 0 && right >= 0 && left != right)
        {
            return Read(shape.Value, left, right, ids, pairs: true);
        }

        // The ids stand in their own column, or else first.
        var said = id is null ? -1 : shape.Value.Columns.ToList().IndexOf(id);
        var column = said >= 0 ? said : Enumerable.Range(0, shape.Value.Columns.Count).First(i => i != cluster || shape.Value.Columns.Count == 1);
        return cluster >= 0 && column != cluster
            ? Read(shape.Value, column, cluster, ids, pairs: false)
            : EvaluationErrors.NotTruth(path, shape.Value.Columns);
    }

    // « record_id,siren »: an id and, whatever it is called, what is one for all ids of an entity.
    private static bool IdAndOther(CsvShape shape) =>
        shape.Columns.Count == 2 && shape.Columns[0].Folded().Split(' ').Contains("ID") && !shape.Columns[1].Folded().Split(' ').Contains("ID");

    private static Grouping Read(CsvShape shape, int first, int second, Dictionary<string, int> ids, bool pairs)
    {
        var grouping = new Grouping(ids);
        if (pairs)
        {
            grouping.HasNoPair();
        }

        using var row = shape.Open();
        for (var number = 1; row.Next(); number++)
        {
            var id = first < 0 ? number.ToString(CultureInfo.InvariantCulture) : Encoding.UTF8.GetString(row.Value(first));
            var other = Encoding.UTF8.GetString(row.Value(second));
            if (pairs)
            {
                grouping.AddPair(id, other);
            }
            else
            {
                grouping.AddMember(id, other);
            }
        }

        return grouping;
    }

    private static int Find(CsvShape shape, string[] names)
    {
        var columns = shape.Columns.Select(column => column.Folded()).ToList();
        return names.Select(name => columns.IndexOf(name)).Append(-1).FirstOrDefault(found => found >= 0, -1);
    }
}
