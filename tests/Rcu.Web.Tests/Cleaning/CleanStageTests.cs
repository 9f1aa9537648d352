using System.Text;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Rcu.Cleaning;
using Rcu.Web.Tests.Ingestion;

namespace Rcu.Web.Tests.Cleaning;

public class CleanStageTests
{
    private const string Header = "Account ID,Account Name,SIRET,VAT Number,NAF Code,Billing Street,Billing Zip/Postal Code,Billing City,"
        + "Billing Country,Phone,Website,Type,Employees,Created Date\n";

    [Fact]
    public async Task A_record_gets_its_fields_and_its_issues_through_its_feed()
    {
        await using var bench = await Workbench.CreateAsync();
        await bench.ImportAsync("crm_accounts.csv", Header + "A1,SARL Salvatore,43753536200011,,6820A,,57000,METZ,FR,03 53 01 21 13,,Client,35,2020-12-23\n");
        await bench.ForgetCleaningAsync();

        var progress = await CleanAsync(bench);

        Assert.Equal(
            [$"68.20A|57463|SARL|+33353012113|437535362|43753536200011|{RecordCleaner.RulesVersion}"],
            await bench.QueryAsync(
                "select concat_ws('|', fields->>'naf', fields->>'commune_code', fields->>'legal_form', fields->>'phone', fields->>'siren', fields->>'siret', rules_version) as \"Value\" from records"));
        Assert.Equal(["siret|siret.checksum|Warning"], await bench.QueryAsync("select concat_ws('|', field, code, severity) as \"Value\" from issues"));
        Assert.Equal(1, progress.Done);
    }

    [Fact]
    public async Task What_is_clean_is_left_alone_and_what_changed_is_cleaned_again()
    {
        await using var bench = await Workbench.CreateAsync();
        await bench.ImportAsync("crm_accounts.csv", Header + "A1,Salvatore,552032535,,,,,,,,,,,\nA2,Dupont,,,,,,,,,,,,\n");

        Assert.Equal(0, (await CleanAsync(bench)).Done);
        await bench.ForgetCleaningAsync();
        Assert.Equal(2, (await CleanAsync(bench)).Done);
        Assert.Equal(0, (await CleanAsync(bench)).Done);
        await bench.ImportAsync("crm_accounts.csv", Header + "A1,Salvatore,552032534,,,,,,,,,,,\nA2,Dupont,,,,,,,,,,,,\n");
        Assert.Equal(0, (await CleanAsync(bench)).Done);

        Assert.Equal(["552032534"], await bench.QueryAsync("select fields->>'siren' as \"Value\" from records where external_key = 'A1'"));
        Assert.Equal(["siret.is_siren"], await bench.QueryAsync("select code as \"Value\" from issues"));
    }

    [Fact]
    public async Task Records_cleaned_by_older_rules_are_cleaned_again()
    {
        await using var bench = await Workbench.CreateAsync();
        await bench.ImportAsync("crm_accounts.csv", Header + "A1,Salvatore,,,,,,,,,,,,\n");
        await CleanAsync(bench);
        await using (var db = bench.Db())
        {
            await db.Records.ExecuteUpdateAsync(set => set.SetProperty(r => r.RulesVersion, 0));
        }

        Assert.Equal(1, (await CleanAsync(bench)).Done);
    }

    [Fact]
    public async Task A_run_cut_half_way_goes_on_where_it_was()
    {
        await using var bench = await Workbench.CreateAsync();
        var rows = new StringBuilder(Header);
        for (var i = 0; i < 4_500; i++)
        {
            rows.Append('A').Append(i).Append(",Company,,,,,,,,,,,,\n");
        }

        await bench.ImportAsync("crm_accounts.csv", rows.ToString());
        await bench.ForgetCleaningAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => CleanAsync(bench, cutAfter: 2_000));
        Assert.Equal(["2000"], await bench.QueryAsync("select count(*)::text as \"Value\" from records where cleaned_at is not null"));
        Assert.Equal(2_500, (await CleanAsync(bench)).Done);
    }

    private static async Task<Progress> CleanAsync(Workbench bench, long cutAfter = long.MaxValue)
    {
        await using var db = bench.Db();
        await using var database = NpgsqlDataSource.Create(db.Database.GetConnectionString()!);
        var progress = new Progress(cutAfter);
        await new CleanStage(database, db, TimeProvider.System).RunAsync(progress, default);
        return progress;
    }

    private sealed class Progress(long cutAfter) : IStageProgress
    {
        public long Done { get; private set; }

        public Task EnterAsync(string stage, CancellationToken ct) => Task.CompletedTask;

        public Task ReportAsync(long done, long? total, CancellationToken ct)
        {
            Done = done;
            return done >= cutAfter ? throw new OperationCanceledException() : Task.CompletedTask;
        }
    }
}
