using System.Text;
using Npgsql;
using Rcu.Cleaning;
using Rcu.Ingestion;
using Rcu.Jobs;
using Rcu.Web.Tests.Ingestion;

namespace Rcu.Web.Tests.Cleaning;

/// <summary>Rows cleaned while their file is read.</summary>
public class EarlyCleaningTests
{
    private const string Name = "crm_accounts.csv";

    // Two columns are not written as their feed writes them.
    private const string Header = "Account ID,account name,SIRET,VAT Number,NAF Code,Billing Street,BILLING Zip/Postal Code,Billing City,"
        + "Billing Country,Phone,Website,Type,Employees,Created Date\n";

    private const string Dirty =
        """"
        A1,SARL Salvatore,43753536200011,,6820A,12 rue des Lilas,57000,METZ,FR,03 53 01 21 13,,Client,35,2020-12-23
        A2,ÉLECTRICITÉ DUPONT & FILS SAS,552032535,FR00552032534,62.01,,1000,Bourg en Bresse,,à rappeler,https://www.dupont.fr/,Prospect,10 à 19,03/14/24
        A3,"Boulangerie ""Chez Léa""",5.52033E+13,,111Z,"3, place
        de l'Église",75008,PARIS CEDEX 08,France,+33 (0)6 12 34 56 78 / 01 42 00 00 00,facebook.com/lea,lead,,45292
        A4,---,#N/A,FR83404833048,,,,,BE,,pas un site,?,n/a,01/01/1900
        A5,Cœur d’Artichaut,404 833 048 00022,,4120a,,69003,LYON 3EME,FR,0033478000000,www.coeur.co.uk,Partenaire,250 et plus,2020-13-40

        """";

    private const string State =
        """
        select concat_ws('|', r.external_key, r.fields, r.rules_version, r.cleaned_at is not null,
          (select jsonb_agg(to_jsonb(i) - 'record_id' order by i.field, i.code) from issues i where i.record_id = r.id)) as "Value"
        from records r order by r.external_key
        """;

    [Fact]
    public async Task A_row_is_cleaned_on_its_way_as_the_stage_cleans_it_later()
    {
        await using var bench = await Workbench.CreateAsync();
        await bench.ImportAsync(Name, Header + Dirty);
        var early = await bench.QueryAsync(State);
        await bench.ForgetCleaningAsync();
        await StageAsync(bench);

        Assert.Equal(await bench.QueryAsync(State), early);
        Assert.All(early, row => Assert.Contains("|t|[", row, StringComparison.Ordinal));
        Assert.Contains("ÉLECTRICITÉ", early[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_changed_row_no_longer_does_wrong_is_forgotten()
    {
        await using var bench = await Workbench.CreateAsync();
        await bench.ImportAsync(Name, Header + Dirty);
        await bench.ImportAsync(Name, Header + "A4,Quatre,,,,,,,,,,,,\n");

        Assert.Equal(["0"], await bench.QueryAsync("select count(*)::text as \"Value\" from issues i join records r on r.id = i.record_id where r.external_key = 'A4'"));
        Assert.NotEqual(["0"], await bench.QueryAsync("select count(*)::text as \"Value\" from issues"));
    }

    [Fact]
    public async Task Rows_that_arrive_while_the_stages_run_are_left_to_cleaning()
    {
        await using var bench = await Workbench.CreateAsync();
        await using (var stages = await bench.Database.OpenConnectionAsync())
        {
            await using var hold = new NpgsqlCommand($"select pg_advisory_lock({PipelineJob.Lock})", stages);
            await hold.ExecuteNonQueryAsync();
            await bench.ImportAsync(Name, Header + Dirty);
            await using var free = new NpgsqlCommand($"select pg_advisory_unlock({PipelineJob.Lock})", stages);
            await free.ExecuteNonQueryAsync();
        }

        Assert.Equal(["5"], await bench.QueryAsync("select count(*)::text as \"Value\" from records where cleaned_at is null and fields = '{{}}'"));
        await StageAsync(bench);
        Assert.Equal(["5"], await bench.QueryAsync("select count(*)::text as \"Value\" from records where cleaned_at is not null"));
    }

    [Fact]
    public async Task Rows_cleaned_by_rules_that_changed_meanwhile_are_left_to_cleaning()
    {
        await using var bench = await Workbench.CreateAsync();
        var asked = 0;
        await RunAsync(bench, Header + Dirty, cleaning => async ct =>
        {
            var cleaner = await cleaning(ct);
            return asked++ == 0 ? cleaner : cleaner with { Stamp = cleaner.Stamp + 1 };
        });

        Assert.Equal(["5"], await bench.QueryAsync("select count(*)::text as \"Value\" from records where cleaned_at is null"));
        Assert.Equal(["0"], await bench.QueryAsync("select count(*)::text as \"Value\" from issues"));
    }

    [Fact]
    public async Task A_row_that_seemed_known_and_is_not_is_read_again()
    {
        await using var bench = await Workbench.CreateAsync();
        const int rows = IngestJob.BatchSize + 20;
        const int later = IngestJob.BatchSize + 7;
        var file = Header + string.Concat(Enumerable.Range(1, rows).Select(i => $"A{i},Nom {i},,,,,57000,Metz,,,,,,\n"));
        await bench.ImportAsync(Name, file);
        var asked = 0;

        // When all rows are there, another file of the source has said something else of one of them.
        var import = await RunAsync(bench, file, cleaning => async ct =>
        {
            if (asked++ == 1)
            {
                await using var other = bench.Database.CreateCommand(
                    $"update records set content_hash = sha256('else') where external_key = 'A{later}'; select count(*) from staged_records where payload is null");
                Assert.Equal(20L, await other.ExecuteScalarAsync(ct));
            }

            return await cleaning(ct);
        });

        Assert.Equal((1L, rows - 1L, 0L), (import.Counters[IngestJob.Counts.Updated], import.Counters[IngestJob.Counts.Unchanged], import.Counters[IngestJob.Counts.Inserted]));
        Assert.Equal([$"{rows + 1}"], await bench.QueryAsync("select count(*)::text as \"Value\" from source_records where payload is not null"));
        Assert.Equal(["0"], await bench.QueryAsync("select count(*)::text as \"Value\" from staged_records"));
    }

    private static async Task<ImportView> RunAsync(Workbench bench, string file, Func<RowCleaning, RowCleaning> changed)
    {
        var run = await bench.ReceiveAsync(Name, Encoding.UTF8.GetBytes(file));
        await using var db = bench.Db();
        await bench.Job(db, changed(Workbench.Cleaning(db))).RunAsync(run, default);
        return await bench.ViewAsync(run);
    }

    private static async Task StageAsync(Workbench bench)
    {
        await using var db = bench.Db();
        await new CleanStage(bench.Database, db, TimeProvider.System).RunAsync(new Quiet(), default);
    }

    private sealed class Quiet : IStageProgress
    {
        public Task EnterAsync(string stage, CancellationToken ct) => Task.CompletedTask;

        public Task ReportAsync(long done, long? total, CancellationToken ct) => Task.CompletedTask;
    }
}
