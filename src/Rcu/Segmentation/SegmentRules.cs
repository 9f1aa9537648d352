using Microsoft.EntityFrameworkCore;
using Rcu.Data;

namespace Rcu.Segmentation;

/// <summary>What a rule needs of the base before it runs: where merged accounts went, and that the segments it names look at nothing that looks back.</summary>
public sealed class SegmentRules(RcuDb db)
{
    private const int LongestChain = 20;

    private static readonly string[] Keys = ["id", "account.id"];

    private static readonly string[] Belonging = ["segment", "account.segment"];

    /// <summary>The rule with the ids that were retired by a merge replaced by those that answer for them today.</summary>
    public async Task<Condition> FollowAsync(Condition rule, CancellationToken ct)
    {
        var picked = rule.Nodes().OfType<Condition.Compare>().Where(IsKey).SelectMany(compare => compare.Values).Select(Id).OfType<Guid>().Distinct().ToList();
        var moved = await MovedAsync(picked, ct);
        return moved.Count == 0 ? rule : rule.Map(one => one is Condition.Compare compare && IsKey(compare)
            ? compare with { Values = [.. compare.Values.Select(v => Id(v) is { } id && moved.TryGetValue(id, out var to) ? $"{to}" : v).Distinct()] }
            : one);
    }

    /// <summary>Of these ids, those that were retired, and who answers for them.</summary>
    public async Task<IReadOnlyDictionary<Guid, Guid>> MovedAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        var moved = new Dictionary<Guid, Guid>();
        var asked = ids.ToList();
        for (var step = 0; asked.Count > 0 && step < LongestChain; step++)
        {
            var found = await db.Redirects.AsNoTracking().Where(r => asked.Contains(r.RetiredId)).ToDictionaryAsync(r => r.RetiredId, r => r.SurvivorId, ct);
            foreach (var (from, to) in moved.Where(m => found.ContainsKey(m.Value)).ToList())
            {
                moved[from] = found[to];
            }

            foreach (var (from, to) in found.Where(f => ids.Contains(f.Key)))
            {
                moved.TryAdd(from, to);
            }

            asked = [.. found.Values.Where(to => !moved.ContainsKey(to)).Distinct()];
        }

        return moved;
    }

    /// <summary>The first thing wrong with a rule that is only asked, not saved; null when it can be run.</summary>
    public async Task<Error?> RefusalAsync(SegmentTarget target, Condition rule, CancellationToken ct) =>
        ConditionCompiler.Refusal(rule, target) ?? await UnplacedAsync(rule, ct);

    /// <summary>The first segment a rule names that does not exist, or that looks back at this one, or the first place that nobody knows; null when there is none.</summary>
    /// <param name="id">Of the segment whose rule it is; null for one that is being made.</param>
    public async Task<Error?> RefusalAsync(Guid? id, Condition rule, CancellationToken ct)
    {
        if (await UnplacedAsync(rule, ct) is { } unplaced)
        {
            return unplaced;
        }

        var known = await db.Segments.AsNoTracking().Where(s => s.ArchivedAt == null).Select(s => new { s.Id, s.Name, s.Rule }).ToListAsync(ct);
        var byId = known.ToDictionary(s => s.Id);
        foreach (var (path, named) in NamedAt(rule, "/rule"))
        {
            if (Id(named) is not { } segment || !byId.ContainsKey(segment))
            {
                return SegmentationErrors.UnknownSegment(path, named);
            }

            HashSet<Guid> seen = [];
            Stack<Guid> left = new([segment]);
            while (left.TryPop(out var next))
            {
                if (next == id)
                {
                    return SegmentationErrors.Cycle(path, byId[segment].Name);
                }

                if (seen.Add(next) && byId.TryGetValue(next, out var other))
                {
                    foreach (var inner in Named(other.Rule))
                    {
                        left.Push(inner);
                    }
                }
            }
        }

        return null;
    }

    /// <summary>The segments, or the destinations, that a field names, by name.</summary>
    public async Task<IReadOnlyList<NamedChoice>> ChoicesAsync(string field, CancellationToken ct) => Belonging.Contains(field)
        ? await db.Segments.AsNoTracking().Where(s => s.ArchivedAt == null).OrderBy(s => s.Name).Select(s => new NamedChoice(s.Id, s.Name)).ToListAsync(ct)
        : await db.Database.SqlQuery<NamedChoice>($"""select id as "Id", name as "Name" from destinations order by name""").ToListAsync(ct);

    /// <summary>The segments a rule looks at.</summary>
    public static IEnumerable<Guid> Named(Condition rule) =>
        rule.Nodes().OfType<Condition.Compare>().Where(compare => Belonging.Contains(compare.Field)).SelectMany(compare => compare.Values).Select(Id).OfType<Guid>();

    /// <summary>Those that others look at come first.</summary>
    public static IReadOnlyList<Segment> InOrder(IReadOnlyList<Segment> segments)
    {
        var byId = segments.ToDictionary(s => s.Id);
        List<Segment> ordered = [];
        HashSet<Guid> placed = [];
        foreach (var segment in segments)
        {
            Place(segment);
        }

        return ordered;

        void Place(Segment segment)
        {
            if (placed.Add(segment.Id))
            {
                foreach (var named in Named(segment.Rule).Where(byId.ContainsKey))
                {
                    Place(byId[named]);
                }

                ordered.Add(segment);
            }
        }
    }

    /// <summary>The postal codes that a rule measures distances from, and where in it.</summary>
    internal static IEnumerable<(string Path, string Code)> Centres(Condition rule) =>
        from found in ComparedAt(rule, "/rule")
        where found.Compare is { Operator: Operator.Within, Values.Count: 2 }
        select (found.Path, found.Compare.Values[1].Trim());

    // A radius around nobody knows where would be empty, and say nothing.
    private async Task<Error?> UnplacedAsync(Condition rule, CancellationToken ct)
    {
        var centres = Centres(rule).ToList();
        var asked = centres.ConvertAll(found => found.Code);
        var known = asked.Count == 0 ? [] : await db.Set<Place>().AsNoTracking().Where(p => !p.IsCommune && asked.Contains(p.Code)).Select(p => p.Code).ToListAsync(ct);
        return centres.Find(found => !known.Contains(found.Code)) is { Path: not null } unknown ? SegmentationErrors.UnknownPlace(unknown.Path, unknown.Code) : null;
    }

    private static IEnumerable<(string Path, string Segment)> NamedAt(Condition rule, string path) =>
        ComparedAt(rule, path).Where(found => Belonging.Contains(found.Compare.Field)).SelectMany(found => found.Compare.Values.Select(value => (found.Path, value)));

    private static IEnumerable<(string Path, Condition.Compare Compare)> ComparedAt(Condition rule, string path) => rule switch
    {
        Condition.Compare compare => [(path, compare)],
        Condition.Related or Condition.Computed => ComparedAt(rule.Inner[0], $"{path}/such"),
        _ => rule.Inner.SelectMany((inner, i) => ComparedAt(inner, $"{path}/of/{i}")),
    };

    private static bool IsKey(Condition.Compare compare) => Keys.Contains(compare.Field);

    private static Guid? Id(string value) => Guid.TryParse(value, out var id) ? id : null;
}

/// <summary>A segment or a destination, as a rule names it and as people do.</summary>
public sealed record NamedChoice(Guid Id, string Name);
