using Rcu.Ingestion.Pulling;
using Rcu.Jobs;
using Rcu.Web.Tests.Ingestion.Pulling;

namespace Rcu.Web.Tests.Ingestion.Connectors;

/// <summary>Files dropped in a folder come in once, and whoever dropped them sees what became of them.</summary>
public class FolderConnectorTests
{
    private const string Evidence = "select external_key || ' ' || (payload ->> 'name') as \"Value\" from source_records order by received_at, external_key";

    [Fact]
    public async Task Files_are_read_in_turn_and_put_away()
    {
        await using var bench = await PullBench.CreateAsync();
        var (connection, folder) = await ConnectAsync(bench);
        await DropAsync(folder, "un.csv", "id;name;city\nA1;Un;Metz\n", ageMinutes: 2);
        await DropAsync(folder, "deux.csv", "id;name;city\nA2;Deux;Lyon\n", ageMinutes: 1);
        await DropAsync(folder, "trois.csv.part", "id;name;city\nA3;Trois;Lyon\n", ageMinutes: 3);

        var run = await bench.PullAsync(connection.Id);

        Assert.Equal((RunStatus.Succeeded, 2), (run.Status, run.Done));
        Assert.Equal(["A1 Un", "A2 Deux"], await bench.QueryAsync(Evidence));
        Assert.Equal(["20261102-080000-deux.csv", "20261102-080000-un.csv"], Names(folder, "traites"));
        Assert.Equal(["trois.csv.part"], Names(folder, ""));
    }

    [Fact]
    public async Task The_same_content_under_another_name_is_recognised_and_not_read_again()
    {
        await using var bench = await PullBench.CreateAsync();
        var (connection, folder) = await ConnectAsync(bench);
        await DropAsync(folder, "un.csv", "id;name;city\nA1;Un;Metz\n", 1);
        await bench.PullAsync(connection.Id);
        await DropAsync(folder, "encore.csv", "id;name;city\nA1;Un;Metz\n", 1);

        var run = await bench.PullAsync(connection.Id);

        Assert.Equal((RunStatus.Succeeded, 0), (run.Status, run.Done));
        var reason = Assert.Single(Names(folder, "traites"), name => name.EndsWith(".raison.txt", StringComparison.Ordinal));
        Assert.Contains("exactement la même chose", await File.ReadAllTextAsync(Path.Combine(folder, "traites", reason)), StringComparison.Ordinal);
        Assert.Empty(Names(folder, ""));
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_refused_with_its_reason_beside_and_the_others_go_on()
    {
        await using var bench = await PullBench.CreateAsync();
        var (connection, folder) = await ConnectAsync(bench);
        await DropAsync(folder, "vide.csv", "", 3);
        await DropAsync(folder, "sans-cle.csv", "nom;ville\nUn;Metz\n", 2);
        await DropAsync(folder, "bon.csv", "id;name;city\nA1;Un;Metz\n", 1);

        var run = await bench.PullAsync(connection.Id);

        Assert.Equal((RunStatus.Succeeded, 1), (run.Status, run.Done));
        Assert.Equal(4, Names(folder, "refuses").Count);
        var reasons = Names(folder, "refuses").Where(n => n.EndsWith(".raison.txt", StringComparison.Ordinal)).Select(n => File.ReadAllText(Path.Combine(folder, "refuses", n))).ToList();
        Assert.Contains(reasons, reason => reason.StartsWith("La colonne « id », clé des enregistrements, manque.", StringComparison.Ordinal));
        Assert.Contains(reasons, reason => reason.StartsWith("file.empty", StringComparison.Ordinal));
        Assert.Equal(["A1 Un"], await bench.QueryAsync(Evidence));
    }

    [Fact]
    public async Task A_pull_cut_in_a_long_file_goes_on_in_it()
    {
        await using var bench = await PullBench.CreateAsync();
        var (connection, folder) = await ConnectAsync(bench);
        const int rows = PullJob.PageSize + 10;
        await DropAsync(folder, "long.csv", "id;name;city\n" + string.Concat(Enumerable.Range(1, rows).Select(i => $"A{i};N{i};Metz\n")), 1);
        await Assert.ThrowsAnyAsync<Exception>(() => bench.PullAsync(connection.Id, new CutConnection("second page")));
        var left = Names(folder, "");

        var run = await bench.PullAsync(connection.Id);

        Assert.Equal(["long.csv"], left);
        Assert.Equal((RunStatus.Succeeded, rows), (run.Status, run.Done));
        Assert.Equal([$"{rows}|{rows}"], await bench.QueryAsync("select count(*) || '|' || count(distinct external_key) as \"Value\" from source_records"));
        Assert.Empty(Names(folder, ""));
    }

    [Fact]
    public async Task A_file_that_still_grows_is_left_for_the_next_time()
    {
        await using var bench = await PullBench.CreateAsync();
        var (connection, folder) = await ConnectAsync(bench, stableSeconds: 1);
        await DropAsync(folder, "un.csv", "id;name;city\nA1;Un;Metz\n", 1);

        var pull = bench.PullAsync(connection.Id);
        while (!pull.IsCompleted)
        {
            await File.AppendAllTextAsync(Path.Combine(folder, "un.csv"), "A2;Deux;Metz\n");
            await Task.Delay(50);
        }

        Assert.Equal(0, (await pull).Done);
        Assert.Equal(["un.csv"], Names(folder, ""));
    }

    [Fact]
    public async Task The_test_says_in_French_what_is_missing_and_no_folder_lies_outside_the_root()
    {
        await using var bench = await PullBench.CreateAsync();
        var connection = await bench.ConnectAsync("folder", new { folder = "absent" });
        await using var db = bench.Db();

        var absent = await bench.Connections(db).TestAsync(connection.Id, default);
        Directory.CreateDirectory(Path.Combine(bench.Drops, "absent"));
        var ready = await bench.Connections(db).TestAsync(connection.Id, default);

        Assert.Contains("n’existe pas encore", $"{absent.Error?.Values[0]}", StringComparison.Ordinal);
        Assert.Equal("Le dossier est prêt : 0 fichier(s) à lire.", ready.Value);
        await Assert.ThrowsAnyAsync<Exception>(() => bench.ConnectAsync("folder", new { folder = "../ailleurs" }));
    }

    private static async Task<(SourceConnection Connection, string Folder)> ConnectAsync(PullBench bench, int stableSeconds = 0)
    {
        var folder = Directory.CreateDirectory(Path.Combine(bench.Drops, "crm")).FullName;
        return (await bench.ConnectAsync("folder", new { folder = "crm", stableSeconds }), folder);
    }

    private static async Task DropAsync(string folder, string name, string content, int ageMinutes)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, name), content);
        File.SetLastWriteTimeUtc(Path.Combine(folder, name), DateTime.UtcNow.AddMinutes(-ageMinutes));
    }

    private static List<string> Names(string folder, string below) =>
        Directory.Exists(Path.Combine(folder, below)) ? [.. Directory.GetFiles(Path.Combine(folder, below)).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)] : [];
}
