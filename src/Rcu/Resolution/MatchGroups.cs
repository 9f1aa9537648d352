using Microsoft.EntityFrameworkCore;
using Rcu.Data;

namespace Rcu.Resolution;

/// <summary>
/// The queue by groups: pairs that share an account or a contact, directly or by other pairs, are one matter and one line. Groups
/// are read from the pairs that wait at that moment, so a judgement changes them at once.
/// </summary>
public sealed class MatchGroups(RcuDb db, MatchQueue queue)
{
    // A chain longer than that is a suspect to look at whole, not a line of a queue.
    private const int Most = 2_000;
    private const int Rounds = 24;
    private const int Batch = 64;

    /// <param name="after">The pair that led the last group of the page before; null for the first page.</param>
    public async Task<IReadOnlyList<MatchGroup>> ListAsync(MatchFilter filter, Guid? after, int count, CancellationToken ct)
    {
        var (wanted, found) = (Math.Clamp(count, 1, 100), new List<(Match Lead, Gathered Group)>());
        var place = after is { } id ? await queue.PlaceOfAsync(id, ct) : null;
        while (found.Count < wanted)
        {
            var waiting = queue.Waiting(filter);
            var batch = await (place is null ? waiting : waiting.After(place, filter.Sort)).Sorted(filter.Sort).Take(Batch).ToListAsync(ct);
            found.AddRange(await LeadersAsync(filter, batch, ct));
            if (batch.Count < Batch)
            {
                break;
            }

            place = MatchQueue.PlaceOf(batch[^1]);
        }

        var shown = found.Take(wanted).ToList();
        var rows = await new MatchSides(db).JoinAsync([.. shown.Select(s => s.Lead)], ct);
        return [.. rows.Zip(shown, (row, group) => new MatchGroup(row, [.. group.Group.Pairs], group.Group.Nodes.Count))];
    }

    /// <summary>The pairs of the group that one of them belongs to, in the order asked for.</summary>
    public async Task<IReadOnlyList<MatchRow>> PairsAsync(MatchFilter filter, Guid id, CancellationToken ct)
    {
        if (await db.Matches.AsNoTracking().SingleOrDefaultAsync(m => m.Id == id && m.Kind == filter.Kind, ct) is not { } match)
        {
            return [];
        }

        var group = (await GatherAsync(filter, [match], ct))[match.Id].Pairs.Take(100).ToArray();
        var pairs = await queue.Waiting(filter.Whole).Where(m => group.Contains(m.Id)).Sorted(filter.Sort).ToListAsync(ct);
        return await new MatchSides(db).JoinAsync(pairs, ct);
    }

    // A pair leads when none of its group that the filter lets through comes before it.
    private async Task<List<(Match Lead, Gathered Group)>> LeadersAsync(MatchFilter filter, List<Match> batch, CancellationToken ct)
    {
        var groups = await GatherAsync(filter, batch, ct);
        var others = groups.Values.Distinct().SelectMany(g => g.Pairs).Except(batch.Select(m => m.Id)).ToArray();
        var order = others.Length == 0
            ? [.. batch.Select(m => m.Id)]
            : await queue.Waiting(filter).Where(m => groups.Keys.Contains(m.Id) || others.Contains(m.Id)).Sorted(filter.Sort).Select(m => m.Id).ToListAsync(ct);
        var rank = order.Select((id, i) => (id, i)).ToDictionary(at => at.id, at => at.i);
        return
        [
            .. from match in batch
               let own = groups[match.Id]
               let mine = rank.GetValueOrDefault(match.Id, int.MaxValue)
               where own.Pairs.TrueForAll(p => p == match.Id || rank.GetValueOrDefault(p, int.MaxValue) > mine)
               select (match, own),
        ];
    }

    private async Task<Dictionary<Guid, Gathered>> GatherAsync(MatchFilter filter, List<Match> batch, CancellationToken ct)
    {
        var components = new Components();
        var (records, clusters) = (batch.SelectMany(m => new[] { m.LeftRecordId, m.RightRecordId }).Distinct().ToArray(), Array.Empty<Guid>());
        for (var round = 0; round < Rounds && records.Length + clusters.Length > 0 && components.Pairs < Most; round++)
        {
            var near = await NearAsync(filter, records, clusters, ct);
            var fresh = near.SelectMany(components.Add).ToHashSet();
            (records, clusters) = ([], [.. fresh]);
        }

        return batch.ToDictionary(m => m.Id, m => components.Of(m));
    }

    private async Task<List<Near>> NearAsync(MatchFilter filter, Guid[] records, Guid[] clusters, CancellationToken ct)
    {
        var kind = filter.Kind.ToString();
        var judgement = filter.Disputed ? null : filter.Unsure ? nameof(Judgement.Unsure) : nameof(Judgement.Undecided);
        var band = filter.Disputed || filter.Unsure ? null : filter.Drawn ? nameof(Matching.Band.Automatic) : nameof(Matching.Band.Review);
        return await db.Database.SqlQuery<Near>(
            $"""
            with near as (
              select record_id from links where kind = {kind} and cluster_id = any({clusters}) union select unnest({records}))
            select m.id as "Id", m.left_record_id as "Left", m.right_record_id as "Right", a.cluster_id as "LeftCluster", b.cluster_id as "RightCluster"
            from (
              select w.id from near join matches w on w.left_record_id = near.record_id
              union select w.id from near join matches w on w.right_record_id = near.record_id) touching
            join matches m on m.id = touching.id
            left join links a on a.record_id = m.left_record_id and a.kind = m.kind
            left join links b on b.record_id = m.right_record_id and b.kind = m.kind
            where m.kind = {kind} and m.closed_at is null and ({judgement}::text is null or m.judgement = {judgement}) and ({band}::text is null or m.band = {band})
            order by m.id limit {Most}
            """).ToListAsync(ct);
    }

    private sealed record Near(Guid Id, Guid Left, Guid Right, Guid? LeftCluster, Guid? RightCluster);

    private sealed record Gathered(List<Guid> Pairs, HashSet<Guid> Nodes);

    /// <summary>What hangs together so far: each account, contact or lone record knows its group.</summary>
    private sealed class Components
    {
        private readonly Dictionary<Guid, Gathered> _ofNode = [];
        private readonly Dictionary<Guid, Gathered> _ofPair = [];

        public int Pairs => _ofPair.Count;

        /// <returns>The accounts or contacts nothing was known of before.</returns>
        public List<Guid> Add(Near near)
        {
            if (_ofPair.ContainsKey(near.Id))
            {
                return [];
            }

            var (one, other) = (near.LeftCluster ?? near.Left, near.RightCluster ?? near.Right);
            var fresh = new[] { one, other }.Where(node => !_ofNode.ContainsKey(node)).ToList();
            var group = Join(Node(one), Node(other));
            group.Pairs.Add(near.Id);
            _ofPair[near.Id] = group;
            return fresh;
        }

        /// <summary>A pair that waits no more is alone.</summary>
        public Gathered Of(Match match) =>
            _ofPair.GetValueOrDefault(match.Id) ?? new Gathered([match.Id], [match.LeftRecordId, match.RightRecordId]);

        private Gathered Node(Guid node)
        {
            if (!_ofNode.TryGetValue(node, out var group))
            {
                _ofNode[node] = group = new Gathered([], [node]);
            }

            return group;
        }

        private Gathered Join(Gathered one, Gathered other)
        {
            if (ReferenceEquals(one, other))
            {
                return one;
            }

            var (kept, lost) = one.Nodes.Count >= other.Nodes.Count ? (one, other) : (other, one);
            foreach (var node in lost.Nodes)
            {
                kept.Nodes.Add(node);
                _ofNode[node] = kept;
            }

            foreach (var pair in lost.Pairs)
            {
                kept.Pairs.Add(pair);
                _ofPair[pair] = kept;
            }

            return kept;
        }
    }
}
