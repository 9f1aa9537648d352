using System.Text;
using Microsoft.EntityFrameworkCore;
using Rcu.Ingestion;
using Rcu.Jobs;

namespace Rcu.Web.Tests.Ingestion;

public class ImportsTests
{
    private const string Name = "crm_accounts.csv";
    private const string Header = "Account ID,Account Name,SIRET,Billing City\n";
    private const string Latest =
        """
        select concat_ws('|', r.external_key, s.payload ->> 'Account Name', case when r.removed_at is not null then 'removed' end) as "Value"
        from records r join source_records s on s.id = r.source_record_id order by r.external_key
        """;

    [Fact]
    public async Task Undoing_an_import_gives_back_what_was_said_before_it()
    {
        await using var bench = await Workbench.CreateAsync();
        await bench.ImportAsync(Name, Header + "A1,Un,1,Metz\nA2,Deux,2,Nancy\n");
        var second = await bench.ImportAsync(Name, Header + "A1,Un change,1,Metz\nA3,Trois,3,Lyon\n");

        await using var db = bench.Db();
        var undone = await bench.Imports(db).UndoAsync(second.Id, "léa", default);

        Assert.True(undone.Succeeded);
        Assert.Equal(["A1|Un", "A2|Deux", "A3|Trois|removed"], await bench.QueryAsync(Latest));
        Assert.Equal(["4"], await bench.QueryAsync("select count(*)::text as \"Value\" from source_records"));
        Assert.Equal("léa", (await bench.ViewAsync(second.Id)).UndoneBy);
    }

    [Fact]
    public async Task Undoing_the_elder_of_two_imports_changes_nothing_the_younger_said()
    {
        await using var bench = await Workbench.CreateAsync();
        var first = await bench.ImportAsync(Name, Header + "A1,Un,1,Metz\nA2,Deux,2,Nancy\n");
        var second = await bench.ImportAsync(Name, Header + "A1,Un change,1,Metz\n");
        await using var db = bench.Db();

        await bench.Imports(db).UndoAsync(first.Id, "léa", default);
        var between = await bench.QueryAsync(Latest);
        await bench.Imports(db).UndoAsync(second.Id, "léa", default);

        Assert.Equal(["A1|Un change", "A2|Deux|removed"], between);
        Assert.Equal(["A1|Un change|removed", "A2|Deux|removed"], await bench.QueryAsync(Latest));
    }

    [Fact]
    public async Task What_was_undone_can_be_imported_again()
    {
        await using var bench = await Workbench.CreateAsync();
        var first = await bench.ImportAsync(Name, Header + "A1,Un,1,Metz\n");
        await using var db = bench.Db();
        await bench.Imports(db).UndoAsync(first.Id, "léa", default);

        var again = await bench.ImportAsync(Name, Header + "A1,Un,1,Metz\n");

        Assert.Equal(1, again["inserted"]);
        Assert.Equal(["A1|Un"], await bench.QueryAsync(Latest));
    }

    [Fact]
    public async Task An_import_is_undone_once_and_only_when_it_has_succeeded()
    {
        await using var bench = await Workbench.CreateAsync();
        var waiting = await bench.ReceiveAsync(Name, Encoding.UTF8.GetBytes(Header + "A1,Un,1,Metz\n"));
        await using var db = bench.Db();
        var imports = bench.Imports(db);

        var early = await imports.UndoAsync(waiting, "léa", default);
        await bench.RunAsync(waiting);
        await imports.UndoAsync(waiting, "léa", default);
        var twice = await imports.UndoAsync(waiting, "tom", default);

        Assert.Equal("import.not_ended", early.Error?.Code);
        Assert.Equal(("import.already_undone", "léa"), (twice.Error?.Code, twice.Error?.Values[0]));
        Assert.Equal("import.not_found", (await imports.UndoAsync(Guid.NewGuid(), "tom", default)).Error?.Code);
    }

    [Fact]
    public async Task An_import_cancelled_before_it_starts_never_does()
    {
        await using var bench = await Workbench.CreateAsync();
        var run = await bench.ReceiveAsync(Name, Encoding.UTF8.GetBytes(Header + "A1,Un,1,Metz\n"));
        await using var db = bench.Db();

        var asked = await bench.Imports(db).CancelAsync(run, "léa", default);
        var status = (await bench.ViewAsync(run)).Status;
        await bench.RunAsync(run);
        var again = await bench.Imports(db).CancelAsync(run, "léa", default);

        Assert.True(asked.Succeeded);
        Assert.Equal(RunStatus.Cancelled, status);
        Assert.Empty(await bench.QueryAsync(Latest));
        Assert.Equal("import.already_ended", again.Error?.Code);
    }

    [Fact]
    public async Task An_import_cancelled_at_work_keeps_nothing()
    {
        await using var bench = await Workbench.CreateAsync();
        var run = await bench.ReceiveAsync(Name, Encoding.UTF8.GetBytes(Header + "A1,Un,1,Metz\n"));
        await using var db = bench.Db();
        var started = await db.Runs.SingleAsync(r => r.Id == run);
        started.Start(DateTimeOffset.UtcNow);
        await db.SaveChangesAsync();

        await bench.Imports(db).CancelAsync(run, "léa", default);
        await bench.RunAsync(run);

        Assert.Equal(RunStatus.Cancelled, (await bench.ViewAsync(run)).Status);
        Assert.Empty(await bench.QueryAsync(Latest));
        Assert.Equal(["0"], await bench.QueryAsync("select count(*)::text as \"Value\" from staged_records"));
    }

    [Fact]
    public async Task A_file_nobody_knows_or_too_large_leaves_nothing_behind()
    {
        await using var bench = await Workbench.CreateAsync();
        await using var db = bench.Db();

        var unknown = await bench.Imports(db).ReceiveAsync(new("x.csv", null, "léa"), new MemoryStream("a;b\n1;2\n"u8.ToArray()), default);
        var large = await bench.Imports(db, mostBytes: 10).ReceiveAsync(new(Name, null, "léa"), new MemoryStream(new byte[11]), default);
        var source = await bench.Imports(db).ReceiveAsync(new(Name, "sap", "léa"), new MemoryStream(new byte[11]), default);

        Assert.Equal("import.unknown_file", unknown.Error?.Code);
        Assert.Equal("import.too_large", large.Error?.Code);
        Assert.Equal("import.unknown_source", source.Error?.Code);
        Assert.Equal(0, bench.StoredFiles());
        Assert.Empty(bench.Enqueued);
    }

    [Fact]
    public async Task A_file_is_stored_under_a_name_that_says_nothing_and_known_by_its_columns()
    {
        await using var bench = await Workbench.CreateAsync();

        var run = await bench.ReceiveAsync("../../etc/\r\nclients.csv", Encoding.UTF8.GetBytes("CODE_CLIENT;INTITULE;CP;VILLE;SIRET;NUM_TVA;APE;TELEPHONE;EMAIL;ADRESSE\nC1;X;;;;;;;;\n"));

        var import = await bench.ViewAsync(run);
        Assert.Equal(("erp", "erp_clients", "clients.csv"), (import.Source, import.Feed, import.FileName));
        Assert.Equal([run], bench.Enqueued);
        Assert.Equal(1, bench.StoredFiles());
        Assert.Matches("^[0-9a-f]{40}$", Assert.Single(await bench.QueryAsync("select stored_name as \"Value\" from uploads")));
    }

    [Fact]
    public async Task The_rejects_come_back_as_a_file_to_correct()
    {
        await using var bench = await Workbench.CreateAsync();
        var import = await bench.ImportAsync(Name, Header + ",=1+1,2,Nancy\nA2,Deux\n\"A3,x\n");
        await using var db = bench.Db();
        using var output = new MemoryStream();

        await new RejectsFile(db, bench.Store()).WriteAsync(import.Id, output, default);

        Assert.Equal(
            "\uFEFFAccount ID;Account Name;SIRET;Billing City;contenu;ligne;colonne;code;message\r\n"
            + ";\"'=1+1\";2;Nancy;;2;Account ID;row.no_key;La clé de la ligne est vide.\r\n"
            + "A2;Deux;;;;3;;row.columns;La ligne a 2 colonne(s), l'en-tête en a 4.\r\n"
            + ";;;;\"\"\"A3,x\";4;;row.quote;Un guillemet est ouvert ou fermé au mauvais endroit.\r\n",
            Encoding.UTF8.GetString(output.ToArray()));
    }

    [Fact]
    public async Task The_history_is_read_page_by_page_from_the_latest()
    {
        await using var bench = await Workbench.CreateAsync();
        var runs = new List<Guid>();
        for (var i = 0; i < 3; i++)
        {
            runs.Add(await bench.ReceiveAsync(Name, Encoding.UTF8.GetBytes(Header + "A1,Un,1,Metz\n")));
        }

        await using var db = bench.Db();
        var first = await new ImportHistory(db).ListAsync(null, 2, default);
        var second = await new ImportHistory(db).ListAsync(first[^1].Id, 2, default);

        Assert.Equal(runs.Order().Reverse(), first.Concat(second).Select(import => import.Id));
    }
}
