using System.Text;
using Microsoft.EntityFrameworkCore;
using Rcu.Ingestion;
using Rcu.Ingestion.Reading;
using Rcu.Jobs;

namespace Rcu.Web.Tests.Ingestion;

public class IngestJobTests
{
    private const string Name = "crm_accounts.csv";
    private const string Header = "Account ID,Account Name,SIRET,Billing City\n";
    private const string Evidence = "select concat_ws('|', kind, external_key, payload ->> 'Account Name') as \"Value\" from source_records order by received_at, line";
    private const string Latest =
        """
        select concat_ws('|', r.external_key, s.payload ->> 'Account Name', r.removed_at is not null, r.cleaned_at is not null) as "Value"
        from records r join source_records s on s.id = r.source_record_id order by r.external_key
        """;

    [Fact]
    public async Task A_file_becomes_evidence_and_what_is_wrong_in_it_is_kept_aside()
    {
        await using var bench = await Workbench.CreateAsync();

        var import = await bench.ImportAsync(Name, Header + "A1,Élan,1,Metz\nA2,Deux\n,Sans clé,2,Nancy\nA3,\"Trois\nlignes\",3,Lyon\n");

        Assert.Equal(RunStatus.Succeeded, import.Status);
        Assert.Equal((4, 2, 0, 0, 0, 2), Counts(import));
        Assert.Equal(["Account|A1|Élan", "Account|A3|Trois\nlignes"], await bench.QueryAsync(Evidence));
        await using var db = bench.Db();
        var rejects = await new ImportHistory(db).RejectsAsync(import.Id, null, 10, default);
        Assert.Equal([(3L, "row.columns"), (4L, "row.no_key")], rejects.Select(r => (r.Line, r.Code)));
        Assert.Equal("Account ID", rejects[1].ColumnName);
        Assert.Equal("0", Assert.Single(await bench.QueryAsync("select count(*)::text as \"Value\" from staged_records")));
    }

    [Fact]
    public async Task The_same_file_again_writes_nothing_whatever_its_order_and_its_character_set()
    {
        await using var bench = await Workbench.CreateAsync();
        await bench.ImportAsync(Name, Header + "A1,Élan,1,Metz\nA2,Deux,2,Nancy\n");
        var before = await bench.QueryAsync("select md5(concat(array_agg(r order by id))) as \"Value\" from records r");

        var shuffled = await bench.ImportAsync(
            "crm_accounts (2).csv",
            EncodingGuess.Named("windows-1252").GetBytes("Billing City;Account Name;Account ID;SIRET;Website\r\nNancy;Deux;A2;2;\r\nMetz;Élan;A1;1;\r\n"));

        Assert.Equal((2, 0, 0, 2, 0, 0), Counts(shuffled));
        Assert.Equal(2, (await bench.QueryAsync(Evidence)).Count);
        Assert.Equal(before, await bench.QueryAsync("select md5(concat(array_agg(r order by id))) as \"Value\" from records r"));
    }

    [Fact]
    public async Task Of_twins_in_one_file_the_last_wins()
    {
        await using var bench = await Workbench.CreateAsync();

        var import = await bench.ImportAsync(Name, Header + "A1,Un,1,Metz\nA2,Deux,2,Nancy\nA1,Un bis,1,Metz\n");

        Assert.Equal((3, 2, 0, 0, 1, 0), Counts(import));
        Assert.Equal(["Account|A2|Deux", "Account|A1|Un bis"], await bench.QueryAsync(Evidence));
    }

    [Fact]
    public async Task What_a_source_says_later_is_a_version_more_and_is_clean_at_once()
    {
        await using var bench = await Workbench.CreateAsync();
        await bench.ImportAsync(Name, Header + "A1,Un,1,Metz\nA2,Deux,2,Nancy\n");

        var import = await bench.ImportAsync(Name, Header + "A1,Un change,1,Metz\nA2,Deux,2,Nancy\nA3,Trois,3,Lyon\n");

        Assert.Equal((3, 1, 1, 1, 0, 0), Counts(import));
        Assert.Equal(["A1|Un change|f|t", "A2|Deux|f|t", "A3|Trois|f|t"], await bench.QueryAsync(Latest));
        Assert.Equal(4, (await bench.QueryAsync(Evidence)).Count);
    }

    [Fact]
    public async Task A_run_cut_half_way_goes_on_from_its_cursor()
    {
        await using var bench = await Workbench.CreateAsync();
        const int rows = (IngestJob.BatchSize * 2) + 10;
        var run = await bench.ReceiveAsync(Name, Encoding.UTF8.GetBytes(Header + string.Concat(Enumerable.Range(1, rows).Select(i => i % (IngestJob.BatchSize / 5) == 0 ? "trop court\n" : $"A{i},N{i},1,Metz\n"))));
        await CutAsync(bench, run, "copy");
        var cut = await bench.ViewAsync(run);

        await bench.RunAsync(run);

        Assert.Equal((RunStatus.Running, IngestJob.BatchSize), (cut.Status, cut.Done));
        var ended = await bench.ViewAsync(run);
        Assert.Equal((RunStatus.Succeeded, rows), (ended.Status, ended.Done));
        Assert.Equal((rows, rows - 10, 0, 0, 0, 10), Counts(ended));
        Assert.Equal([$"{rows - 10}|{rows - 10}"], await bench.QueryAsync("select count(*) || '|' || count(distinct external_key) as \"Value\" from source_records"));
        Assert.Equal(["10"], await bench.QueryAsync("select count(*)::text as \"Value\" from rejects"));
    }

    [Fact]
    public async Task A_run_cut_while_it_promotes_promotes_once()
    {
        await using var bench = await Workbench.CreateAsync();
        var run = await bench.ReceiveAsync(Name, Encoding.UTF8.GetBytes(Header + "A1,Un,1,Metz\nA2,Deux,2,Nancy\n"));
        await CutAsync(bench, run, "promotion");

        await bench.RunAsync(run);
        await bench.RunAsync(run);

        Assert.Equal((2, 2, 0, 0, 0, 0), Counts(await bench.ViewAsync(run)));
        Assert.Equal(["Account|A1|Un", "Account|A2|Deux"], await bench.QueryAsync(Evidence));
    }

    [Fact]
    public async Task A_node_taken_for_dead_may_no_longer_write()
    {
        await using var bench = await Workbench.CreateAsync();
        var run = await bench.ReceiveAsync(Name, Encoding.UTF8.GetBytes(Header + "A1,Un,1,Metz\n"));
        await using var db = bench.Db();
        var mine = await db.Runs.SingleAsync(r => r.Id == run);
        mine.Start(DateTimeOffset.UtcNow);
        await db.SaveChangesAsync();
        await bench.RunAsync(run);

        mine.Advance(1, 1, "1");

        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => db.SaveChangesAsync());
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_fails_its_run_with_the_reason()
    {
        await using var bench = await Workbench.CreateAsync();
        var run = await bench.ReceiveAsync(Name, Encoding.UTF8.GetBytes(Header + "A1,Un,1,Metz\n"));
        await using var db = bench.Db();
        await File.WriteAllBytesAsync(bench.Store().PathOf((await db.Uploads.SingleAsync()).StoredName), []);

        await bench.RunAsync(run);

        var import = await bench.ViewAsync(run);
        Assert.Equal(RunStatus.Failed, import.Status);
        Assert.StartsWith("file.empty", import.Failure, StringComparison.Ordinal);
    }

    private static (long Read, long Inserted, long Updated, long Unchanged, long Superseded, long Rejected) Counts(ImportView import)
    {
        var counts = (import["read"], import["inserted"], import["updated"], import["unchanged"], import["superseded"], import["rejected"]);
        Assert.Equal(counts.Item1, counts.Item2 + counts.Item3 + counts.Item4 + counts.Item5 + counts.Item6);
        return counts;
    }

    // The connection is killed under the job: at the second batch, or in the middle of the promotion.
    private static async Task CutAsync(Workbench bench, Guid run, string at)
    {
        var cut = new CutConnection(at);
        await using var dying = bench.Db(cut);
        await Assert.ThrowsAnyAsync<Exception>(() => bench.Job(dying).RunAsync(run, default));
        Assert.True(cut.Done);
    }
}
