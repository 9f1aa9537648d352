using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Rcu.Data;

namespace Rcu.Cleaning;

/// <summary>
/// Which SIRENs the register is asked of: those whose bearers changed since it was last asked, and those the register itself says
/// something new of. All of them when the register was replaced, or when this is asked for the first time.
/// </summary>
internal sealed class RegisterBearers(RcuDb db, HubSettings settings)
{
    private const string Setting = "register.evidence";

    // What a record bears: only clean, and only while it is there.
    private const string Borne =
        """
        select r.id, coalesce(twin.alias_of, r.fields ->> 'siren') as siren
        from records r
        left join siren_aliases twin on twin.siren = r.fields ->> 'siren'
        where r.kind = 'Account' and r.source_id <> {0} and r.removed_at is null and r.cleaned_at is not null and r.fields ? 'siren'
        """;

    /// <summary>Puts the SIRENs to look at in <c>asked_sirens</c>, a table of the transaction.</summary>
    /// <param name="source">The register as a source: its own records bear nothing.</param>
    /// <returns>How many there are.</returns>
    public async Task<long> AskAsync(Guid source, Guid feed, CancellationToken ct)
    {
        await db.Database.ExecuteSqlRawAsync("create temp table asked_sirens (siren text collate \"C\" primary key) on commit drop", ct);
        var known = await settings.GetAsync<Asked>(Setting, ct);
        var next = await NextAsync(feed, ct);
        if (known is not null && known.Version == next.Version)
        {
            await ChangedAsync(source, known.Since, ct);
        }
        else
        {
            await AllAsync(source, ct);
        }

        await db.Database.ExecuteSqlRawAsync(
            """
            with told as (delete from register.touched returning siren)
            insert into asked_sirens select siren from told where exists (select from register_bearers b where b.siren = told.siren) on conflict do nothing
            """,
            ct);
        await settings.SetAsync(Setting, next, ct);
        await db.Database.ExecuteSqlRawAsync("analyze asked_sirens", ct);
        return (await db.Database.SqlQueryRaw<long>("select count(*) as \"Value\" from asked_sirens").ToListAsync(ct))[0];
    }

    // Records are stamped by the database's clock, within their transaction: one that began before now may still say something older.
    private async Task<Asked> NextAsync(Guid feed, CancellationToken ct)
    {
        var at = (await db.Database.SqlQuery<DateTimeOffset>(
            $"""
            select coalesce(min(xact_start), clock_timestamp()) as "Value"
            from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
            """).ToListAsync(ct))[0];
        var version = (await db.Database.SqlQuery<string>(
            $"""
            select concat_ws(' ', {feed.ToString()}, (select max(loaded_at) from register.loads where kind not in ('notices', 'places')), (select count(*) from siren_aliases)) as "Value"
            """).ToListAsync(ct))[0];
        return new Asked(at.UtcDateTime.ToString("o", CultureInfo.InvariantCulture), version);
    }

    private async Task ChangedAsync(Guid source, string since, CancellationToken ct)
    {
        await db.Database.ExecuteSqlRawAsync(
            """
            create temp table changed_bearers on commit drop as
            select id from records where kind = 'Account' and cleaned_at >= {1}::timestamptz and source_id <> {0}
            union select id from records where kind = 'Account' and removed_at >= {1}::timestamptz and source_id <> {0}
            """,
            [source, since],
            ct);
        await db.Database.ExecuteSqlRawAsync("analyze changed_bearers", ct);
        await db.Database.ExecuteSqlRawAsync(
            $$"""
            with now_borne as materialized ({{Borne}} and r.id in (select id from changed_bearers)),
            lost as (
              delete from register_bearers b using changed_bearers c
              where b.record_id = c.id and not exists (select from now_borne n where n.id = b.record_id and n.siren = b.siren)
                -- A record that waits to be cleaned again bears what it bore.
                and not exists (select from records r where r.id = b.record_id and r.removed_at is null and r.cleaned_at is null)
              returning b.siren),
            won as (
              select n.id, n.siren from now_borne n
              where not exists (select from register_bearers b where b.record_id = n.id and b.siren = n.siren)),
            asked as (
              insert into asked_sirens select siren from lost union select siren from won)
            select 1
            """,
            [source],
            ct);
        await db.Database.ExecuteSqlRawAsync(
            $$"""
            insert into register_bearers (record_id, siren) {{Borne}} and r.id in (select id from changed_bearers)
            on conflict (record_id) do update set siren = excluded.siren where register_bearers.siren <> excluded.siren
            """,
            [source],
            ct);
    }

    // Those that records of the register speak of, too: they may be borne no more.
    private async Task AllAsync(Guid source, CancellationToken ct)
    {
        await db.Database.ExecuteSqlRawAsync("delete from register_bearers", ct);
        await db.Database.ExecuteSqlRawAsync($"insert into register_bearers (record_id, siren) {Borne}", [source], ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into asked_sirens
            select siren from register_bearers
            union select external_key from records where source_id = {source} and kind = 'Account' and removed_at is null
            """,
            ct);
    }

    /// <param name="Since">By the database's clock.</param>
    /// <param name="Version">Of the register and of what its records are made by.</param>
    private sealed record Asked(string Since, string Version);
}
