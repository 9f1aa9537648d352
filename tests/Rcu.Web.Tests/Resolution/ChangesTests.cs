using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Resolution;

namespace Rcu.Web.Tests.Resolution;

/// <summary>A resolution of what changed leaves the hub as a resolution of everything does.</summary>
public class ChangesTests
{
    [Fact]
    public async Task What_changed_is_resolved_alone_and_a_full_resolution_finds_nothing_to_correct()
    {
        await using var hub = await DemoHub.LoadAsync();
        await using var db = hub.Db();
        await ChangeAsync(db);

        await hub.RunStagesAsync();
        await hub.RunTheNightAsync();

        var runs = await db.Set<ResolutionRun>().AsNoTracking().Where(r => r.Kind == ClusterKind.Account).OrderBy(r => r.At).ToListAsync();
        Assert.Equal([ResolutionScope.Full, ResolutionScope.Changes, ResolutionScope.Full], runs.Select(r => r.Scope));
        Assert.InRange(runs[1].Records, 1, runs[0].Records / 2);
        Assert.Equal(0, runs[2].Corrected);
    }

    [Fact]
    public async Task A_record_that_is_gone_leaves_its_account_and_one_that_comes_joins_it()
    {
        await using var hub = await DemoHub.LoadAsync();
        await using var db = hub.Db();
        var link = await db.Links.Where(l => l.Kind == ClusterKind.Account && l.Rule == "siren").OrderBy(l => l.RecordId).FirstAsync();

        await db.Database.ExecuteSqlAsync($"update records set removed_at = clock_timestamp() where id = {link.RecordId}");
        await hub.RunStagesAsync();
        var gone = await db.Links.AnyAsync(l => l.RecordId == link.RecordId);
        await db.Database.ExecuteSqlAsync($"update records set removed_at = null, cleaned_at = clock_timestamp() where id = {link.RecordId}");
        await hub.RunStagesAsync();

        Assert.False(gone);
        Assert.Equal(link.ClusterId, await hub.AccountOfAsync(link.RecordId));
        Assert.Equal(2, await db.Set<ResolutionRun>().CountAsync(r => r.Kind == ClusterKind.Account && r.Scope == ResolutionScope.Changes));
    }

    [Fact]
    public async Task What_another_process_resolved_meanwhile_makes_it_look_at_everything()
    {
        await using var hub = await DemoHub.LoadAsync();
        await using var db = hub.Db();

        await db.Database.ExecuteSqlAsync(
            $"""
            insert into resolutions (id, kind, scope, at, records, clusters, automatic, review, rejected, corrected, held)
            values (gen_random_uuid(), 'Contact', 'Full', clock_timestamp(), 0, 0, 0, 0, 0, 0, 0)
            """);
        await hub.RunStagesAsync();

        Assert.Equal(0, await db.Set<ResolutionRun>().CountAsync(r => r.Scope == ResolutionScope.Changes));
    }

    // Names mistyped, phones lost, a town corrected, records gone: of accounts and of contacts.
    private static async Task ChangeAsync(RcuDb db) => await db.Database.ExecuteSqlRawAsync(
        """
        with chosen as (
          select id, kind, row_number() over (partition by kind order by md5(external_key), external_key, source_id) as n from records
          where kind in ('Account', 'Contact') and removed_at is null and cleaned_at is not null)
        update records r set
          cleaned_at = clock_timestamp(),
          fields = case
            when c.n <= 4 then r.fields - 'phone'
            when c.n <= 8 then r.fields || jsonb_build_object('city', 'Brest', 'postal_code', '29200')
            when c.n <= 11 then r.fields || jsonb_build_object('name', coalesce(r.fields ->> 'name', '') || ' Ouest')
            else r.fields end,
          removed_at = case when c.n between 12 and 15 then clock_timestamp() end
        from chosen c where c.id = r.id and c.n <= 15
        """);
}
