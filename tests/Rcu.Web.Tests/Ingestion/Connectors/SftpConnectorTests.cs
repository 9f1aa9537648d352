using Rcu.Ingestion.Pulling;
using Rcu.Jobs;
using Rcu.Security.Outbound;
using Rcu.Web.Tests.Ingestion.Pulling;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Ingestion.Connectors;

/// <summary>Files dropped on a real OpenSSH server are brought, read, and put away over there; another server, or another key, is refused.</summary>
public class SftpConnectorTests
{
    private const string Evidence = "select count(*) || '|' || count(distinct external_key) as \"Value\" from source_records";

    [Fact]
    public async Task Dropped_files_are_read_and_put_away_over_there()
    {
        await using var bench = await PullBench.CreateAsync();
        await using var server = await LoopbackSshd.StartAsync();
        server.Drop("clients 1.csv", "id;name;city\nA1;Vasseur;Metz\nA2;Moreau;Lyon\n");
        server.Drop("clients2.csv", "id;name;city\nA3;Petit;Brest\n");
        server.Drop("clients3.csv", "nom;ville\nSans clé;Nice\n");
        server.Drop("en-cours.csv.part", "id;name;city\nB1;X;Y\n");
        var connection = await ConnectAsync(bench, server);

        var run = await bench.PullAsync(connection.Id);
        var again = await bench.PullAsync(connection.Id);

        Assert.Equal((RunStatus.Succeeded, 3), (run.Status, run.Counters["inserted"]));
        Assert.Equal(["3|3"], await bench.QueryAsync(Evidence));
        Assert.Equal((RunStatus.Succeeded, 0L), (again.Status, again.Done));
        Assert.Equal(["en-cours.csv.part", "refuses", "traites"], Directory.EnumerateFileSystemEntries(server.Drops).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(2, Directory.GetFiles(Path.Combine(server.Drops, "traites")).Length);
        Assert.Contains(Directory.GetFiles(Path.Combine(server.Drops, "refuses")), file => file.EndsWith("clients3.csv.raison.txt", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_pull_cut_after_the_rows_were_read_doubles_none_and_leaves_no_file_behind()
    {
        await using var bench = await PullBench.CreateAsync();
        await using var server = await LoopbackSshd.StartAsync();
        server.Drop("clients.csv", "id;name;city\n" + string.Concat(Enumerable.Range(0, 6_000).Select(i => $"A{i};Société {i};Metz\n")));
        var connection = await ConnectAsync(bench, server);

        await Assert.ThrowsAnyAsync<Exception>(() => bench.PullAsync(connection.Id, new CutConnection("second page")));
        var waits = File.Exists(Path.Combine(server.Drops, "clients.csv"));
        var run = await bench.PullAsync(connection.Id);

        Assert.True(waits);
        Assert.Equal(RunStatus.Succeeded, run.Status);
        Assert.Equal(["6000|6000"], await bench.QueryAsync(Evidence));
        Assert.False(File.Exists(Path.Combine(server.Drops, "clients.csv")));
    }

    [Fact]
    public async Task Another_server_another_key_or_a_missing_folder_are_told_apart()
    {
        await using var server = await LoopbackSshd.StartAsync();
        await using var stranger = await LoopbackSshd.StartAsync();

        Assert.Equal((ConnectionState.CredentialsNeeded, "Le serveur n’est pas celui dont la clé publique est connue."), await EndAsync(server, hostKey: stranger.HostKey));
        Assert.Equal((ConnectionState.CredentialsNeeded, "Le serveur SFTP refuse l’utilisateur ou sa clé."), await EndAsync(server, key: stranger.Key));
        Assert.Equal((ConnectionState.CredentialsNeeded, "La clé privée est illisible, ou protégée par une phrase de passe."), await EndAsync(server, key: "no key"));
        Assert.Equal(ConnectionState.Broken, (await EndAsync(server, folder: "nowhere")).State);
        Assert.Equal(ConnectionState.Degraded, (await EndAsync(server, port: 1)).State);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("2130706433")]
    [InlineData("localhost")]
    public async Task A_private_address_that_nobody_named_is_not_called_by_any_of_its_names(string host)
    {
        await using var bench = await PullBench.CreateAsync();
        await using var server = await LoopbackSshd.StartAsync();
        server.Drop("clients.csv", "id;name;city\nA1;Vasseur;Metz\n");
        var connection = await bench.ConnectAsync("sftp", At(server, host), server.Key);
        bench.Rules = new OutboundRules([]);

        var run = await bench.PullAsync(connection.Id);

        var after = await bench.ConnectionAsync(connection.Id);
        Assert.Equal((RunStatus.Failed, ConnectionState.Broken), (run.Status, after.State));
        Assert.Contains("127.0.0.1 n’est pas publique", after.StateReason, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(server.Drops, "clients.csv")));
    }

    private static async Task<(ConnectionState State, string? Why)> EndAsync(
        LoopbackSshd server, string? hostKey = null, string? key = null, string folder = "drops", int? port = null)
    {
        await using var bench = await PullBench.CreateAsync();
        var settings = new { host = "127.0.0.1", port = port ?? server.Port, user = LoopbackSshd.User, hostKey = hostKey ?? server.HostKey, folder, stableSeconds = 0 };
        var connection = await bench.ConnectAsync("sftp", settings, key ?? server.Key);
        await bench.PullAsync(connection.Id);
        var after = await bench.ConnectionAsync(connection.Id);
        return (after.State, after.StateReason);
    }

    private static Task<SourceConnection> ConnectAsync(PullBench bench, LoopbackSshd server) => bench.ConnectAsync(
        "sftp", At(server, "127.0.0.1"), server.Key);

    private static object At(LoopbackSshd server, string host) =>
        new { host, port = server.Port, user = LoopbackSshd.User, hostKey = server.HostKey, folder = "drops", stableSeconds = 0 };
}
