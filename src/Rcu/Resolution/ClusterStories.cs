using Microsoft.EntityFrameworkCore;
using Rcu.Data;

namespace Rcu.Resolution;

/// <summary>The history of what was joined and parted, and how each golden row came to hold its records, step by step.</summary>
public sealed class ClusterStories(RcuDb db)
{
    private const int Steps = 200;

    /// <param name="before">The last one of the page before.</param>
    public async Task<IReadOnlyList<Fusion>> ListAsync(FusionFilter filter, (DateTimeOffset At, Guid Id)? before, int count, CancellationToken ct)
    {
        var (at, id) = before ?? (filter.Until ?? DateTimeOffset.MaxValue.AddDays(-1), Guid.Empty);
        var (kind, name, take, wanted) = (filter.Kind, filter.Kind.ToString(), Math.Clamp(count, 1, 100), filter.What?.ToString());
        var (since, who, byHand) = (filter.Since ?? DateTimeOffset.MinValue, filter.Who, filter.ByHand);
        var rows = await db.Database.SqlQuery<Row>(
            $"""
            select * from (
              (select 'Joined' as "What", r.retired_at as "At", r.retired_id as "Id", r.survivor_id as "GoldenId", coalesce(why.record_id, r.record_ids[1]) as "One",
                why.other_record_id as "Other", why.rule as "Rule", why.probability as "Probability", why.sentence as "Sentence", said.decided_by as "Who", 0 as "Others"
              from redirects r
              left join lateral (
                select l.* from links l
                where l.kind = r.kind and (l.record_id = any(r.record_ids) or (l.cluster_id = r.survivor_id and l.other_record_id = any(r.record_ids)))
                order by l.other_record_id is null, l.record_id limit 1) why on true
              left join lateral (
                select d.decided_by from decisions d where d.kind = r.kind and d.verdict = 'Same' and d.revoked_at is null
                  and d.left_record_id = least(why.record_id, why.other_record_id) and d.right_record_id = greatest(why.record_id, why.other_record_id) limit 1) said on true
              where r.kind = {name} and coalesce({wanted}, 'Joined') = 'Joined' and (r.retired_at, r.retired_id) < ({at}, {id}) and r.retired_at >= {since}
                and ({byHand}::bool is null or (coalesce(why.rule, '') = 'decision' or said.decided_by is not null) = {byHand}) and ({who}::text is null or said.decided_by = {who})
              order by r.retired_at desc, r.retired_id desc limit {take})
              union all
              -- A golden row that no other became: it is shown once, by the last record that joined it.
              (select 'Joined', l.linked_at, l.record_id, l.cluster_id, l.record_id, l.other_record_id, l.rule, l.probability, l.sentence, said.decided_by,
                (select count(*)::int from links o join records x on x.id = o.record_id and x.kind = o.kind where o.cluster_id = l.cluster_id and o.kind = l.kind) - 2
              from links l
              left join lateral (
                select d.decided_by from decisions d where d.kind = l.kind and d.verdict = 'Same' and d.revoked_at is null
                  and d.left_record_id = least(l.record_id, l.other_record_id) and d.right_record_id = greatest(l.record_id, l.other_record_id) limit 1) said on true
              where l.kind = {name} and l.other_record_id is not null and coalesce({wanted}, 'Joined') = 'Joined'
                and (l.linked_at, l.record_id) < ({at}, {id}) and l.linked_at >= {since}
                and ({byHand}::bool is null or (l.rule = 'decision' or said.decided_by is not null) = {byHand}) and ({who}::text is null or said.decided_by = {who})
                and not exists (
                  select from links later where later.cluster_id = l.cluster_id and later.kind = l.kind and later.other_record_id is not null
                    and (later.linked_at, later.record_id) > (l.linked_at, l.record_id))
                and not exists (select from redirects r where r.survivor_id = l.cluster_id and r.kind = l.kind and r.retired_at >= l.linked_at)
              order by l.linked_at desc, l.record_id desc limit {take})
              union all
              (select 'Parted', h.left_at, h.record_id, h.cluster_id, h.record_id, null, null, null, null, null, 0 from link_history h
              where h.kind = {name} and coalesce({wanted}, 'Parted') = 'Parted' and (h.left_at, h.record_id) < ({at}, {id}) and h.left_at >= {since}
                and not coalesce({byHand}, false) and {who}::text is null
                and exists (select from links l where l.cluster_id = h.cluster_id and l.kind = h.kind)
                and not exists (select from links l where l.cluster_id = h.cluster_id and l.kind = h.kind and l.record_id = h.record_id)
              order by h.left_at desc, h.record_id desc limit {take})
              union all
              (select 'Said' || verdict, decided_at, id, null, left_record_id, right_record_id, null, null, reason, decided_by, 0 from decisions
              where kind = {name} and coalesce({wanted}, 'Said' || verdict) = 'Said' || verdict and (decided_at, id) < ({at}, {id}) and decided_at >= {since}
                and reason is distinct from 'Saisie' and coalesce({byHand}, true) and ({who}::text is null or decided_by = {who})
              order by decided_at desc, id desc limit {take})
              union all
              (select 'TakenBack', revoked_at, id, null, left_record_id, right_record_id, verdict, null, reason, revoked_by, 0 from decisions
              where kind = {name} and coalesce({wanted}, 'TakenBack') = 'TakenBack' and revoked_at is not null and (revoked_at, id) < ({at}, {id}) and revoked_at >= {since}
                and reason is distinct from 'Saisie' and coalesce({byHand}, true) and ({who}::text is null or revoked_by = {who})
              order by revoked_at desc, id desc limit {take})) happened
            order by "At" desc, "Id" desc limit {take}
            """).ToListAsync(ct);
        var sides = await SidesAsync(kind, rows.SelectMany(r => new[] { r.One, r.Other }), ct);
        return
        [
            .. rows.Select(r => new Fusion(
                Enum.Parse<FusionKind>(r.What), r.At, r.Id, kind, r.GoldenId, Of(sides, r.One, kind), Of(sides, r.Other, kind), r.Rule, r.Probability, r.Sentence, r.Who, Math.Max(0, r.Others))),
        ];
    }

    /// <summary>The records of a golden row in the order they joined, those that left, and what people said of them.</summary>
    public async Task<IReadOnlyList<StoryStep>> OfAsync(ClusterKind kind, Guid golden, CancellationToken ct)
    {
        var name = kind.ToString();
        var rows = await db.Database.SqlQuery<Row>(
            $"""
            with held as (
              select l.* from links l join records r on r.id = l.record_id and r.kind = l.kind where l.kind = {name} and l.cluster_id = {golden}),
            gone as (
              select h.record_id, h.left_at from link_history h where h.kind = {name} and h.cluster_id = {golden}
                and not exists (select from held where held.record_id = h.record_id))
            select * from (
              select case when rule = 'steward' then 'typed' when other_record_id is null then 'first' else 'joined' end as "What", linked_at as "At",
                record_id as "Id", null::uuid as "GoldenId", record_id as "One", other_record_id as "Other", rule as "Rule", probability as "Probability",
                sentence as "Sentence", null as "Who", 0 as "Others"
              from held
              union all
              select 'left', left_at, record_id, null, record_id, null, null, null, null, null, 0 from gone
              union all
              select 'said' || d.verdict, d.decided_at, d.id, null, d.left_record_id, d.right_record_id, null, null, d.reason, d.decided_by, 0 from decisions d
              where d.kind = {name} and d.reason is distinct from 'Saisie'
                and (d.left_record_id in (select record_id from held) or d.right_record_id in (select record_id from held))
              union all
              select 'takenBack', d.revoked_at, d.id, null, d.left_record_id, d.right_record_id, d.verdict, null, d.reason, d.revoked_by, 0 from decisions d
              where d.kind = {name} and d.revoked_at is not null and d.reason is distinct from 'Saisie'
                and (d.left_record_id in (select record_id from held) or d.right_record_id in (select record_id from held))) happened
            order by "At", "What" <> 'first', "Id" limit {Steps}
            """).ToListAsync(ct);
        var sides = await SidesAsync(kind, rows.SelectMany(r => new[] { r.One, r.Other }), ct);
        return
        [
            .. rows.Select(r => new StoryStep(
                r.What, r.At, r.One!.Value, Of(sides, r.One, kind), Of(sides, r.Other, kind), r.Rule, r.Probability, r.Sentence, r.Who)),
        ];
    }

    private Task<Dictionary<(Guid Record, ClusterKind Kind), MatchSide>> SidesAsync(ClusterKind kind, IEnumerable<Guid?> records, CancellationToken ct) =>
        new MatchSides(db).LoadAsync([.. records.OfType<Guid>().Distinct().Select(record => (record, kind))], ct);

    private static MatchSide? Of(Dictionary<(Guid Record, ClusterKind Kind), MatchSide> sides, Guid? record, ClusterKind kind) =>
        record is { } known ? sides.GetValueOrDefault((known, kind)) : null;

    private sealed record Row(
        string What, DateTimeOffset At, Guid Id, Guid? GoldenId, Guid? One, Guid? Other, string? Rule, double? Probability, string? Sentence, string? Who, int Others);
}
