namespace Rcu.Matching.Clustering;

/// <summary>
/// Which rows of a group would be together without the stewards' decisions. A decision joins all of two groups: what fits one
/// of them joins it as before, though it does not resemble the other.
/// </summary>
internal sealed class NaturalParts(Clusters clusters)
{
    /// <summary>In place of a part: every row of the group.</summary>
    public const int All = -1;

    // Only the rows of groups that a decision joined: what names their part, a row of it.
    private readonly Dictionary<int, int> _partOf = [];

    /// <summary>Whether rows of these two groups were joined by a decision.</summary>
    public bool Any(int root, int other) => _partOf.Count > 0 && (_partOf.ContainsKey(root) || _partOf.ContainsKey(other));

    /// <summary>The part of a row; of a group that no decision joined, all of it.</summary>
    public int Of(int row) => _partOf.TryGetValue(row, out var part) ? part : clusters.RootOf(row);

    /// <summary>Whether two rows of one group are only in it by a decision.</summary>
    public bool Differ(int left, int right) => _partOf.Count > 0 && Of(left) != Of(right);

    /// <summary>The first row of a group that is of a part; -1 when there is none.</summary>
    public int First(int root, int part) => part == All || Of(root) == part ? root : Next(root, part);

    /// <summary>The next row of the same group and part; -1 after the last.</summary>
    public int Next(int row, int part)
    {
        do
        {
            row = clusters.Next(row);
        }
        while (row >= 0 && part != All && Of(row) != part);
        return row;
    }

    /// <summary>Before a decision joins two groups: what is in them stays a part of its own.</summary>
    public void Keep(int root, int other)
    {
        Name(root, to: All, from: All);
        Name(other, to: All, from: All);
    }

    /// <summary>Before a pair joins two groups: the parts of its rows are one from here on.</summary>
    public void Join(int left, int right)
    {
        var (root, other) = (clusters.RootOf(left), clusters.RootOf(right));
        if (!Any(root, other))
        {
            return;
        }

        var (to, from) = (Of(left), Of(right));
        Name(root, to, from);
        Name(other, to, from);
    }

    public void Forget(int row) => _partOf.Remove(row);

    private void Name(int root, int to, int from)
    {
        for (var row = root; row >= 0; row = clusters.Next(row))
        {
            var part = Of(row);
            _partOf[row] = part == from ? to : part;
        }
    }
}
