using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Security;

namespace Rcu.Exploration;

/// <summary>
/// Who can introduce a reader to a person: someone the reader has met, and who is bound to that person, directly or through one
/// more, by a relation that was said or by an employer they shared.
/// </summary>
public sealed class Introductions(RcuDb db)
{
    private const int Shown = 8;

    // Who shares an employer with thousands can hardly be said to know them.
    private const int Colleagues = 60;

    /// <param name="reader">How notes and sources name whoever asks, in small letters.</param>
    public async Task<IReadOnlyList<Introduction>> FindAsync(AccountScope scope, Guid contact, IReadOnlyList<string> reader, CancellationToken ct)
    {
        var names = reader.ToArray();
        var walks = await db.Database.SqlQuery<Walk>(
            $"""
            with recursive walk (id, hops, path, steps) as (
              select {contact}, 0, array[{contact}], '[]'::jsonb
              union all
              select e.other, w.hops + 1, w.path || e.other,
                jsonb_build_array(jsonb_build_object('from', e.other, 'to', w.id, 'kind', e.kind, 'reversed', e.reversed, 'place', e.place)) || w.steps
              from walk w cross join lateral (
                select r.to_contact_id as other, r.kind, true as reversed, null::text as place from relations r where r.from_contact_id = w.id and r.ended_on is null
                union all
                select r.from_contact_id, r.kind, false, null from relations r where r.to_contact_id = w.id and r.ended_on is null
                union all
                (select o.contact_id, case when m.ended_on is null and o.ended_on is null then 'colleague' else 'former_colleague' end, false, a.name
                 from roles m
                 join roles o on o.account_id = m.account_id and o.function = 'Employee' and o.contact_id <> w.id
                 join accounts a on a.id = m.account_id
                 where m.contact_id = w.id and m.function = 'Employee'
                 order by o.id limit {Colleagues})) e
              where w.hops < 2 and e.other <> all (w.path)),
            near as (
              select distinct on (w.id) w.id, w.hops, w.steps from walk w order by w.id, w.hops, w.steps::text),
            best as (
              select n.id, n.hops, n.steps, k.met, k.place from near n cross join lateral (
                select
                  (select max(i.at) from interactions i where i.contact_id = n.id and lower(i.details ->> 'author') = any ({names})) as met,
                  (select a.name from contacts c
                   join contributions o on (o.kind = 'Account' and o.subject_id = c.account_id and o.is_owner) or (o.kind = 'Contact' and o.subject_id = c.id)
                   join accounts a on a.id = c.account_id
                   where c.id = n.id and o.contributor = any ({names}) limit 1) as place) k
              where k.met is not null or k.place is not null)
            select id as "Id", hops as "Hops", steps::text as "Steps", met as "Met", place as "Place" from best
            order by hops, met desc nulls last, id limit {Shown}
            """).ToListAsync(ct);
        var paths = walks.Select(w => (Walk: w, Steps: JsonSerializer.Deserialize<List<Step>>(w.Steps, JsonSerializerOptions.Web)!)).ToList();
        var ids = paths.SelectMany(p => p.Steps.SelectMany(s => new[] { s.From, s.To })).Concat(walks.Select(w => w.Id)).Distinct().ToList();
        var people = await scope.Contacts(db).Where(c => ids.Contains(c.Id)).Select(c => new NamedId(c.Id, c.Name)).ToDictionaryAsync(c => c.Id, ct);
        return
        [
            .. paths.Where(p => people.ContainsKey(p.Walk.Id) && p.Steps.TrueForAll(s => people.ContainsKey(s.From) && people.ContainsKey(s.To)))
                .Select(p => new Introduction(
                    people[p.Walk.Id], p.Walk.Met, p.Walk.Place,
                    [.. p.Steps.Select(s => new IntroductionStep(people[s.From], people[s.To], s.Kind, s.Reversed, s.Place))])),
        ];
    }

    private sealed record Walk(Guid Id, int Hops, string Steps, DateTimeOffset? Met, string? Place);

    private sealed record Step(Guid From, Guid To, string Kind, bool Reversed, string? Place);
}

/// <summary>A way to a person, from someone the reader knows.</summary>
/// <param name="Met">When the reader last met them.</param>
/// <param name="Place">An account of the reader's where they work.</param>
/// <param name="Steps">None when the reader knows the person already.</param>
public sealed record Introduction(NamedId Through, DateTimeOffset? Met, string? Place, IReadOnlyList<IntroductionStep> Steps);

/// <summary>What binds one person to the next.</summary>
/// <param name="Kind">A kind of relation, <c>colleague</c> or <c>former_colleague</c>.</param>
/// <param name="IsReversed">The relation goes from the next one to this one.</param>
/// <param name="Place">The employer they share or shared.</param>
public sealed record IntroductionStep(NamedId From, NamedId To, string Kind, bool IsReversed, string? Place);
