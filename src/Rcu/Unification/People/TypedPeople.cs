using Microsoft.EntityFrameworkCore;
using Npgsql;
using Rcu.Data;

namespace Rcu.Unification.People;

/// <summary>Leads what was typed of people to the golden rows their records are now, and reads it there.</summary>
internal sealed class TypedPeople(RcuDb db)
{
    /// <summary>Follows the records that were joined or parted, and marks the contacts whose parts change with that.</summary>
    public async Task FollowAsync(CancellationToken ct)
    {
        await FollowAsync("typed_roles", ("contact_record_id", "contact_id", "Contact"), ("account_record_id", "account_id", "Account"), "n.one", ct);
        await FollowAsync("typed_stances", ("contact_record_id", "contact_id", "Contact"), ("account_record_id", "account_id", "Account"), "n.one", ct);
        await FollowAsync("typed_relations", ("from_record_id", "from_contact_id", "Contact"), ("to_record_id", "to_contact_id", "Contact"), "n.other", ct);
    }

    public async Task<Func<Guid, SaidOfPerson>> OfAsync(IReadOnlyCollection<Guid> contacts, CancellationToken ct)
    {
        var roles = await db.Set<TypedRole>().AsNoTracking().Where(r => contacts.Contains(r.ContactId) && r.DroppedAt == null).ToListAsync(ct);
        var stances = await db.Set<TypedStance>().AsNoTracking().Where(s => contacts.Contains(s.ContactId) && s.DroppedAt == null).ToListAsync(ct);
        if (roles.Count == 0 && stances.Count == 0)
        {
            return _ => SaidOfPerson.Nothing;
        }

        var (rolesOf, stancesOf) = (roles.ToLookup(r => r.ContactId), stances.ToLookup(s => s.ContactId));
        return id => new SaidOfPerson([.. rolesOf[id]], [.. stancesOf[id]]);
    }

    /// <summary>Writes what binds these contacts to others again, as it was typed.</summary>
    public static async Task WriteRelationsAsync(NpgsqlConnection connection, IReadOnlyCollection<Guid> contacts, CancellationToken ct)
    {
        await using var remove = new NpgsqlCommand(
            """
            delete from relations r using typed_relations t
            where r.id = t.fact_id and (t.from_contact_id = any($1) or t.to_contact_id = any($1))
            """,
            connection)
        { Parameters = { new() { Value = contacts.ToArray() } } };
        await remove.ExecuteNonQueryAsync(ct);
        await using var insert = new NpgsqlCommand(
            """
            insert into relations (id, from_contact_id, to_contact_id, kind, started_on, ended_on, source, record_id)
            select fact_id, from_contact_id, to_contact_id, kind, started_on, ended_on, 'saisie', from_record_id
            from typed_relations
            where dropped_at is null and from_contact_id <> to_contact_id and (from_contact_id = any($1) or to_contact_id = any($1))
            on conflict (id) do nothing
            """,
            connection)
        { Parameters = { new() { Value = contacts.ToArray() } } };
        await insert.ExecuteNonQueryAsync(ct);
    }

    // A record that its source withdrew leads nowhere: what was said of its golden row stays with the row.
#pragma warning disable EF1002 // names of tables and columns of this class
    private Task<int> FollowAsync(string table, Tie one, Tie other, string second, CancellationToken ct) => db.Database.ExecuteSqlRawAsync(
        $"""
        with n as (
          select t.id, coalesce(l1.cluster_id, r1.survivor_id, t.{one.Golden}) as one, coalesce(l2.cluster_id, r2.survivor_id, t.{other.Golden}) as other
          from {table} t
          left join links l1 on l1.record_id = t.{one.Record} and l1.kind = '{one.Kind}'
          left join redirects r1 on r1.retired_id = t.{one.Golden}
          left join links l2 on l2.record_id = t.{other.Record} and l2.kind = '{other.Kind}'
          left join redirects r2 on r2.retired_id = t.{other.Golden}),
        moved as (
          update {table} t set {one.Golden} = n.one, {other.Golden} = n.other from n
          where n.id = t.id and (n.one <> t.{one.Golden} or n.other <> t.{other.Golden})
          returning n.one, {second} as other)
        insert into stale_clusters (kind, cluster_id)
        select 'Contact', one from moved union select 'Contact', other from moved
        on conflict do nothing
        """,
        ct);
#pragma warning restore EF1002

    private readonly record struct Tie(string Record, string Golden, string Kind)
    {
        public static implicit operator Tie((string Record, string Golden, string Kind) tie) => new(tie.Record, tie.Golden, tie.Kind);
    }
}
