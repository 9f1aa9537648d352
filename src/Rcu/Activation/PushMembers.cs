using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Rcu.Activation.Connectors.Calls;
using Rcu.Data;
using Rcu.Segmentation;

namespace Rcu.Activation;

/// <summary>
/// The members of the segment of a destination as that tool is told of them: each with what may be said of it, in the tool's names
/// and shapes, or the reason why nothing may. Written to the temporary table <c>activation_members</c>.
/// </summary>
public sealed class PushMembers(RcuDb db, IEnumerable<IDestinationConnector> connectors)
{
    // What says whom a tool is told about, and what it ties to.
    private static readonly string[] Identity = ["id", "name", "family_name", "email", "level", "siren", "account"];

    /// <param name="only">At most so many, of those who may be told about; null: all.</param>
    public async Task FillAsync(Destination destination, SegmentTarget target, CancellationToken ct, int? only = null)
    {
        await db.Database.ExecuteSqlAsync(
            $"""
            drop table if exists activation_members;
            create temporary table activation_members (
              profile_id uuid primary key, account_id uuid, name text, refusal text, payload jsonb, hash bytea) on commit drop
            """,
            ct);
        var segment = await db.Segments.AsNoTracking().SingleOrDefaultAsync(s => s.Id == destination.SegmentId, ct);
        var held = Enum.GetValues<Exclusion>().Where(why => segment?.Holds(why) != false).Select(why => $"{why}").ToArray();
        await (target is SegmentTarget.Accounts ? AccountsAsync(destination, held, ct) : ContactsAsync(destination, held, ct));
        if (only is { } few)
        {
            await db.Database.ExecuteSqlAsync(
                $"delete from activation_members where profile_id not in (select profile_id from activation_members where refusal is null order by name, profile_id limit {few})", ct);
        }

        if (destination.Fields is { Count: > 0 } fields)
        {
            await ShapeAsync(destination, fields, ct);
        }
    }

    // What is absent is not said, null is said as null, empty as empty. A tool with fields of its own is still told who it is about, and
    // the rest below a name of its own; any other takes the fields as they come.
    private async Task ShapeAsync(Destination destination, IReadOnlyList<FieldRule> fields, CancellationToken ct)
    {
        var nested = connectors.Any(c => c.Kind == destination.Kind && c is IFieldedConnector);
        await db.Database.ExecuteSqlAsync(
            $"""
            with rules as (
              select string_to_array(f ->> 'field', '.') as path, f ->> 'as' as said, f ->> 'owner' as owner, f ->> 'shape' as shape
              from jsonb_array_elements({JsonSerializer.SerializeToElement(fields, JsonSerializerOptions.Web)}) as f),
            told as (
              select m.profile_id, coalesce(jsonb_object_agg(v.said, v.value) filter (where v.value is not null), jsonb_build_object()) as payload
              from activation_members m
              left join destination_profiles h on h.destination_id = {destination.Id} and h.profile_id = m.profile_id
              cross join lateral (
                select r.said, activation_own(r.owner, h.payload is not null, case when {nested} then h.payload -> {FieldMap.Chosen} else h.payload end -> r.said, activation_shape(
                  r.shape, coalesce(m.payload #> r.path, case when m.payload ? r.path[1] then 'null'::jsonb end))) as value
                from rules r) v
              group by m.profile_id)
            update activation_members m set payload = case when {nested}
              then (select jsonb_object_agg(key, value) from jsonb_each(m.payload) where key = any({Identity})) || jsonb_build_object({FieldMap.Chosen}::text, t.payload)
              else jsonb_build_object('id', m.profile_id) || t.payload end
            from told t where t.profile_id = m.profile_id
            """,
            ct);
    }

    private async Task AccountsAsync(Destination destination, string[] held, CancellationToken ct) => await db.Database.ExecuteSqlAsync(
        $"""
        insert into activation_members (profile_id, account_id, name, refusal, payload)
        select a.id, a.id, a.name, case when a.diffusion = 'P' and 'PartialDiffusion' = any({held}) then {Refusals.PartialDiffusion}
            when (a.insee_state = 'C' or a.closed_on is not null) and 'Closed' = any({held}) then {Refusals.Closed} end,
          jsonb_build_object(
            'id', a.id, 'name', a.name, 'siren', a.siren, 'vat', a.vat, 'legal_form', a.legal_form, 'naf', a.naf,
            'headcount', a.headcount, 'headcount_band', a.headcount_band, 'size_class', a.size_class, 'type', a.type,
            'phone', a.phone, 'email', a.email, 'website', a.website, 'street', a.address_street, 'postal_code', a.address_postal_code,
            'city', a.address_city, 'department', a.address_department, 'region', a.address_region, 'country', a.address_country,
            'revenue_12m', k.revenue12m, 'engagement', k.engagement)
        from segment_members m
        join accounts a on a.id = m.member_id
        left join account_metrics k on k.account_id = a.id
        where m.segment_id = {destination.SegmentId} and m.exited_at is null
        """,
        ct);

    // A phone number that may not be called is not told, whatever the channel of the segment.
    private async Task ContactsAsync(Destination destination, string[] held, CancellationToken ct) => await db.Database.ExecuteSqlAsync(
        $"""
        insert into activation_members (profile_id, account_id, name, refusal, payload)
        select c.id, c.account_id, c.name,
          case when c.email_reach = 'NoAddress' or (c.email_reach = 'Invalid' and 'InvalidEmail' = any({held}))
              or (c.email_reach not in ('Allowed', 'Invalid') and 'Opposition' = any({held})) then coalesce(nullif(c.email_reach_reason, ''), {Refusals.NotReachable})
            when a.diffusion = 'P' and 'PartialDiffusion' = any({held}) then {Refusals.PartialDiffusion}
            when (a.insee_state = 'C' or a.closed_on is not null) and 'Closed' = any({held}) then {Refusals.Closed} end,
          jsonb_build_object(
            'id', c.id, 'name', c.name, 'civility', c.civility, 'given_name', c.given_name, 'family_name', c.family_name,
            'email', c.email, 'phone', case when c.phone_reach = 'Allowed' then c.phone end,
            'mobile', case when c.phone_reach = 'Allowed' then c.mobile end,
            'job_title', c.job_title, 'department', c.department, 'level', c.level,
            'account', case when a.id is not null then jsonb_build_object(
              'id', a.id, 'name', a.name, 'siren', a.siren, 'postal_code', a.address_postal_code, 'city', a.address_city) end)
        from segment_members m
        join contacts c on c.id = m.member_id
        left join accounts a on a.id = c.account_id
        where m.segment_id = {destination.SegmentId} and m.exited_at is null
        """,
        ct);
}
