using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Exploration;
using Rcu.Security;

namespace Rcu.Segmentation;

/// <summary>
/// Segments out of lists: the filters of a list become a rule, and rows that were ticked become a segment picked by hand, whose
/// rule names each of them.
/// </summary>
public sealed class ListedSegments(RcuDb db, Segments segments, SegmentRules rules, TimeProvider clock)
{
    /// <summary>A list of accounts as a segment, that lives on as its rule does.</summary>
    public async Task<Result<Segment>> CreateAsync(string name, AccountFilter filter, string by, CancellationToken ct)
    {
        var rule = ListRule.Of(filter);
        return rule.Succeeded ? await segments.CreateAsync(new SaveSegment(name, null, SegmentTarget.Accounts, rule.Value), by, ct) : rule.Error;
    }

    /// <summary>A list of people as a segment.</summary>
    public async Task<Result<Segment>> CreateAsync(string name, ContactFilter filter, string by, CancellationToken ct)
    {
        var rule = ListRule.Of(filter);
        return rule.Succeeded ? await segments.CreateAsync(new SaveSegment(name, null, SegmentTarget.Contacts, rule.Value), by, ct) : rule.Error;
    }

    /// <summary>The segments that were picked by hand, by name.</summary>
    public async Task<IReadOnlyList<Segment>> PickedAsync(SegmentTarget target, CancellationToken ct) =>
        [.. (await segments.ListAsync(ct)).Where(s => s.Target == target && Picks(s.Rule) is not null)];

    /// <summary>Begins a segment picked by hand.</summary>
    public async Task<Result<Segment>> PickAsync(
        AccountScope scope, string name, SegmentTarget target, IReadOnlyCollection<Guid> ids, string by, CancellationToken ct)
    {
        var known = await KnownAsync(scope, target, ids, ct);
        return known.Succeeded ? await segments.CreateAsync(new SaveSegment(name, null, target, Rule(known.Value)), by, ct) : known.Error;
    }

    /// <summary>Adds those that were ticked to a segment picked by hand; those already in stay in.</summary>
    /// <param name="version">The version that was read; null for whichever is in force.</param>
    public async Task<Result<PickedMembers>> AddAsync(
        AccountScope scope, Guid segment, IReadOnlyCollection<Guid> ids, int? version, string by, CancellationToken ct)
    {
        var found = await PickedOneAsync(segment, ct);
        if (!found.Succeeded)
        {
            return found.Error;
        }

        var known = await KnownAsync(scope, found.Value.Target, ids, ct);
        if (!known.Succeeded)
        {
            return known.Error;
        }

        var inside = Picks(found.Value.Rule)!;
        var added = known.Value.Except(inside).ToList();
        return await WriteAsync(found.Value, [.. inside, .. added], added, version, by, ct);
    }

    /// <summary>Takes some out of a segment picked by hand: undoes an addition as well.</summary>
    public async Task<Result<PickedMembers>> RemoveAsync(Guid segment, IReadOnlyCollection<Guid> ids, int? version, string by, CancellationToken ct)
    {
        var found = await PickedOneAsync(segment, ct);
        if (!found.Succeeded)
        {
            return found.Error;
        }

        var inside = Picks(found.Value.Rule)!;
        var moved = await rules.MovedAsync(inside, ct);
        var removed = inside.Where(id => ids.Contains(id) || (moved.TryGetValue(id, out var to) && ids.Contains(to))).ToList();
        return removed.Count == inside.Count && removed.Count > 0
            ? SegmentationErrors.LastPicked
            : await WriteAsync(found.Value, [.. inside.Except(removed)], removed, version, by, ct);
    }

    /// <summary>Takes back the last addition, if nothing changed since; a segment that holds nothing else is set aside.</summary>
    /// <param name="count">How many it put in.</param>
    public async Task<Result<Segment>> TakeBackAsync(Guid segment, int count, int version, string by, CancellationToken ct)
    {
        var found = await PickedOneAsync(segment, ct);
        if (!found.Succeeded)
        {
            return found.Error;
        }

        if (found.Value.Version != version)
        {
            return SegmentationErrors.Stale;
        }

        var inside = Picks(found.Value.Rule)!;
        if (inside.Count <= count)
        {
            return await segments.ArchiveAsync(segment, by, ct);
        }

        var left = await WriteAsync(found.Value, [.. inside.Take(inside.Count - count)], [.. inside.TakeLast(count)], version, by, ct);
        return left.Succeeded ? left.Value.Segment : left.Error;
    }

    /// <summary>Who a list gathers, when they are few enough to be named one by one.</summary>
    public Task<Result<IReadOnlyList<Guid>>> IdsAsync(AccountScope scope, AccountFilter filter, CancellationToken ct) =>
        FewAsync(filter.Apply(scope.Accounts(db), db, clock.GetUtcNow()).Select(a => a.Id), ct);

    public Task<Result<IReadOnlyList<Guid>>> IdsAsync(AccountScope scope, ContactFilter filter, CancellationToken ct) =>
        FewAsync(filter.Apply(scope.Contacts(db), db).Select(c => c.Id), ct);

    private static async Task<Result<IReadOnlyList<Guid>>> FewAsync(IQueryable<Guid> ids, CancellationToken ct)
    {
        var few = await ids.Take(ConditionCompiler.MaxValues + 1).ToListAsync(ct);
        return few.Count > ConditionCompiler.MaxValues ? SegmentationErrors.TooManyPicked : few;
    }

    private async Task<Result<PickedMembers>> WriteAsync(
        Segment segment, List<Guid> inside, List<Guid> changed, int? version, string by, CancellationToken ct)
    {
        if (changed.Count == 0 && (version ?? segment.Version) == segment.Version)
        {
            return new PickedMembers(segment, changed);
        }

        var saved = await segments.UpdateAsync(
            segment.Id, new SaveSegment(segment.Name, segment.Description, segment.Target, Rule(inside), segment.IsFrozen), version ?? segment.Version, by, ct);
        return saved.Succeeded ? new PickedMembers(saved.Value, changed) : saved.Error;
    }

    private async Task<Result<Segment>> PickedOneAsync(Guid id, CancellationToken ct)
    {
        var found = await segments.FindAsync(id, ct);
        return !found.Succeeded ? found.Error
            : found.Value.ArchivedAt is not null ? SegmentationErrors.NotFound
            : Picks(found.Value.Rule) is null || found.Value.IsFrozen ? SegmentationErrors.NotPicked
            : found.Value;
    }

    private async Task<Result<IReadOnlyList<Guid>>> KnownAsync(AccountScope scope, SegmentTarget target, IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        var sought = ids.Distinct().Take(ConditionCompiler.MaxValues + 1).ToList();
        var known = target is SegmentTarget.Accounts
            ? await scope.Accounts(db).Where(a => sought.Contains(a.Id)).Select(a => a.Id).ToListAsync(ct)
            : await scope.Contacts(db).Where(c => sought.Contains(c.Id)).Select(c => c.Id).ToListAsync(ct);
        return known.Count == 0 ? SegmentationErrors.MemberNotFound : sought.Where(known.Contains).ToList();
    }

    private static Condition.Compare Rule(IEnumerable<Guid> ids) => new("id", Operator.OneOf, [.. ids.Select(id => $"{id}")]);

    // A rule of the builder stands in a group, even alone.
    private static List<Guid>? Picks(Condition rule) => rule switch
    {
        Condition.All { Of: [var only] } => Picks(only),
        Condition.Compare { Field: "id", Operator: Operator.OneOf } compare => [.. compare.Values.Select(v => Guid.TryParse(v, out var id) ? id : Guid.Empty)],
        _ => null,
    };
}

/// <summary>A segment picked by hand, and those an act put in or took out.</summary>
public sealed record PickedMembers(Segment Segment, IReadOnlyList<Guid> Changed);
