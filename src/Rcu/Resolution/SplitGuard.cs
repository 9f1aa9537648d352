using Rcu.Matching;

namespace Rcu.Resolution;

/// <summary>
/// Keeps together the records of a golden row whose reasons to be one are gone, until a person has said. They do part at once
/// when something forbids them to stay (two SIRENs, a decision, a source without duplicates), when a person's own word joined
/// them and was taken back, when others already claim the part that leaves, and when a single record leaves.
/// </summary>
internal sealed class SplitGuard(Resolved result, CurrentLinks current, ResolutionData data, ClusterKind kind)
{
    // Enough of a large part to know what forbids it.
    private const int Sample = 8;

    private readonly KnownRecords _records = result.Records;

    private readonly HashSet<(Guid, Guid)> _different =
    [
        .. (kind is ClusterKind.Account ? data.AccountDecisions : data.ContactDecisions)
            .Where(d => d.Verdict is Verdict.Different)
            .SelectMany(d => new[] { (Guid.Parse(d.LeftKey), Guid.Parse(d.RightKey)), (Guid.Parse(d.RightKey), Guid.Parse(d.LeftKey)) }),
    ];

    /// <summary>The parts that stay, for a person to judge.</summary>
    public List<HeldSplit> Held { get; } = [];

    /// <summary>The group of each record once the parts that must wait are back with their own.</summary>
    public IReadOnlyList<int> Groups()
    {
        var parted = Parted();
        if (parted.Count == 0)
        {
            return result.ClusterOf;
        }

        var groups = result.ClusterOf.ToArray();
        var members = Enumerable.Range(0, groups.Length).Where(i => parted.Contains(groups[i])).ToLookup(i => groups[i]);
        var clusters = members.SelectMany(group => group)
            .Where(i => current.ClusterOf(_records.Ids[i]) is not null)
            .GroupBy(i => current.ClusterOf(_records.Ids[i])!.Value)
            .OrderBy(cluster => cluster.Key);
        foreach (var cluster in clusters)
        {
            var parts = cluster.GroupBy(i => result.ClusterOf[i], (_, part) => part.OrderBy(i => _records.Ids[i]).ToList())
                .OrderByDescending(part => part.Count).ThenBy(part => _records.Ids[part[0]]).ToList();
            foreach (var part in parts.Skip(1).Where(part => MustWait(cluster.Key, parts[0], part, members)))
            {
                Held.Add(new HeldSplit(cluster.Key, [.. parts[0].Select(i => _records.Ids[i])], [.. part.Select(i => _records.Ids[i])], Reason(parts[0], part)));
                foreach (var record in members[result.ClusterOf[part[0]]])
                {
                    groups[record] = groups[parts[0][0]];
                }
            }
        }

        return groups;
    }

    // The groups that hold a part of a golden row whose rest is in another group.
    private HashSet<int> Parted()
    {
        var first = new Dictionary<Guid, int>();
        var parted = new HashSet<int>();
        for (var i = 0; i < _records.Count && current.Count > 0; i++)
        {
            if (current.ClusterOf(_records.Ids[i]) is { } cluster && !first.TryAdd(cluster, result.ClusterOf[i]) && first[cluster] != result.ClusterOf[i])
            {
                parted.Add(first[cluster]);
                parted.Add(result.ClusterOf[i]);
            }
        }

        return parted;
    }

    private bool MustWait(Guid cluster, List<int> kept, List<int> part, ILookup<int, int> members) =>
        part.Count > 1
        && members[result.ClusterOf[part[0]]].All(i => current.ClusterOf(_records.Ids[i]) is not { } own || own == cluster)
        && !kept.Concat(part).Any(i => current.Find(_records.Ids[i])?.Rule is "decision")
        && !kept.Take(Sample).Any(left => part.Take(Sample).Any(right => Forbids(left, right)));

    private bool Forbids(int left, int right) =>
        _different.Contains((_records.Ids[left], _records.Ids[right]))
        || (_records.SourceOf(left) == _records.SourceOf(right) && data.SourcesWithoutDuplicates.Contains(_records.SourceOf(left)))
        || result.Explain(left, right).Veto is Vetoes.Siren;

    // What joined them and joins them no longer.
    private string Reason(List<int> kept, List<int> part)
    {
        var inPart = part.ToDictionary(i => _records.Ids[i]);
        var inKept = kept.ToDictionary(i => _records.Ids[i]);
        var (left, right) = kept.Select(i => (i, Other: Other(i, inPart))).Concat(part.Select(i => (i, Other: Other(i, inKept))))
            .Where(pair => pair.Other is not null).Select(pair => (pair.i, pair.Other!.Value))
            .FirstOrDefault((kept[0], part[0]));
        return result.Explain(left, right).Sentence;
    }

    private int? Other(int record, Dictionary<Guid, int> among) =>
        current.Find(_records.Ids[record])?.Other is { } other && among.TryGetValue(other, out var place) ? place : null;
}

/// <summary>A part of a golden row that would leave it, kept until a person has said.</summary>
/// <param name="Reason">What the two parts have in common now, in one French sentence.</param>
internal sealed record HeldSplit(Guid Cluster, IReadOnlyList<Guid> Kept, IReadOnlyList<Guid> Parted, string Reason);
