using System.Globalization;
using Rcu.Resolution;

namespace Rcu.Web.Pages.Matches;

/// <summary>Where the records of a doubtful golden row and the pairs among them are drawn: the part that would leave on the left, the rest on the right.</summary>
internal sealed class SuspectGraph
{
    public const int Width = 520;

    private const int Top = 24;
    private const int Step = 34;
    private const int LeftX = 190;
    private const int RightX = 330;

    private SuspectGraph(IReadOnlyList<Node> nodes, IReadOnlyList<Line> lines, int height) => (Nodes, Lines, Height) = (nodes, lines, height);

    public IReadOnlyList<Node> Nodes { get; }

    public IReadOnlyList<Line> Lines { get; }

    public int Height { get; }

    public static SuspectGraph Of(SuspectGroup group)
    {
        var nodes = new List<Node>();
        var (left, right) = (0, 0);
        foreach (var (record, at) in group.Records.Select((record, at) => (record, at + 1)))
        {
            var row = record.Leaves ? left++ : right++;
            nodes.Add(new Node(record, at, record.Leaves ? LeftX : RightX, Top + (row * Step)));
        }

        var places = nodes.ToDictionary(n => n.Record.Side.RecordId);
        var lines = group.Edges.Where(e => places.ContainsKey(e.Left) && places.ContainsKey(e.Right))
            .OrderBy(e => e.IsBridge)
            .Select(e => LineOf(e, places[e.Left], places[e.Right])).ToList();
        return new SuspectGraph(nodes, lines, (Math.Max(left, right) * Step) + (2 * Top) - Step);
    }

    // Of one part, lines bend towards the middle, the more so the farther apart the two are.
    private static Line LineOf(SuspectEdge edge, Node one, Node other)
    {
        var bend = one.X == other.X ? Math.Min(60, 14 + (Math.Abs(one.Y - other.Y) / 3)) * (one.X == LeftX ? 1 : -1) : 0;
        var path = string.Create(
            CultureInfo.InvariantCulture,
            $"M{one.X} {one.Y} Q{((one.X + other.X) / 2) + bend} {(one.Y + other.Y) / 2} {other.X} {other.Y}");
        return new Line(edge, path, 1 + (int)Math.Round(4 * Math.Clamp(edge.Probability, 0, 1)), edge.IsBridge || edge.Probability < MatchBands.Probable, one.Number, other.Number);
    }

    /// <param name="Number">Its place in the table.</param>
    public sealed record Node(SuspectRecord Record, int Number, int X, int Y);

    public sealed record Line(SuspectEdge Edge, string Path, int Thickness, bool IsWeak, int One, int Other);
}
