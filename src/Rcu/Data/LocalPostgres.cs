using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Npgsql;

namespace Rcu.Data;

/// <summary>
/// A PostgreSQL for a demo, a developer or a test run, with nothing to set up: the one that is named, else one of
/// ours on this machine, reachable from it alone.
/// </summary>
public sealed class LocalPostgres : IAsyncDisposable
{
    private readonly PostgresBinaries? _binaries;
    private readonly string _data = "";

    private LocalPostgres(string connectionString) => ConnectionString = connectionString;

    private LocalPostgres(string connectionString, PostgresBinaries binaries, string data)
        : this(connectionString) => (_binaries, _data) = (binaries, data);

    /// <summary>As the server's superuser, on its database <c>postgres</c>.</summary>
    public string ConnectionString { get; }

    /// <summary>Whether it is a server of ours, which stops with <see cref="DisposeAsync"/>.</summary>
    public bool IsOurs => _binaries is not null;

    /// <param name="given">A server that already runs. Null: one is started on <paramref name="folder"/>, made if new.</param>
    /// <param name="home">Where npm's programs are, if that is how the machine has PostgreSQL.</param>
    /// <param name="settings">More settings of the server, as <c>fsync=off</c>.</param>
    public static async Task<LocalPostgres> StartAsync(
        string? given, string folder, string home, IReadOnlyCollection<string> settings, CancellationToken ct)
    {
        if (!string.IsNullOrEmpty(given))
        {
            return new LocalPostgres(given);
        }

        var binaries = PostgresBinaries.Find(home);
        await PostgresAccount.OwnAsync(folder, ct);
        var data = Path.Combine(folder, "data");
        var password = await PasswordAsync(folder, ct);
        string At(int port) =>
            $"Host=127.0.0.1;Port={port};Username=postgres;Password={password};Database=postgres;Include Error Detail=true";

        if (await FindLeftAsync(data, At, ct) is { } left)
        {
            return new LocalPostgres(left, binaries, data);
        }

        await InitializeAsync(binaries, folder, data, ct);
        var port = FreePort();
        var options = Settings(await binaries.MajorVersionAsync(ct)).Concat(settings).Select(setting => $"-c {setting}");
        await PostgresAccount.RunAsync(
            binaries.PgCtl, ct, "start", "-w", "-t", "120", "-s", "-D", data, "-l", Path.Combine(folder, "log"),
            "-o", $"-p {port} {string.Join(' ', options)}");
        return new LocalPostgres(At(port), binaries, data);
    }

    public async ValueTask DisposeAsync()
    {
        if (_binaries is not null && File.Exists(PidFile(_data)))
        {
            NpgsqlConnection.ClearAllPools();
            await PostgresAccount.RunAsync(_binaries.PgCtl, CancellationToken.None, "stop", "-s", "-w", "-m", "fast", "-D", _data);
        }
    }

    private static string PidFile(string data) => Path.Combine(data, "postmaster.pid");

    private static async Task<string> PasswordAsync(string folder, CancellationToken ct)
    {
        var secret = Path.Combine(folder, "password");
        if (!File.Exists(secret))
        {
            await File.WriteAllTextAsync(secret, RandomNumberGenerator.GetHexString(32), ct);
            await PostgresAccount.OwnAsync(folder, ct);
        }

        return await File.ReadAllTextAsync(secret, ct);
    }

    // In a folder that takes its name at the end: one cut half way is never taken for a database.
    private static async Task InitializeAsync(PostgresBinaries binaries, string folder, string data, CancellationToken ct)
    {
        if (Directory.Exists(data))
        {
            return;
        }

        var draft = $"{data}.{Guid.CreateVersion7():n}";
        await PostgresAccount.RunAsync(
            binaries.Initdb, ct, "-D", draft, "-U", "postgres", "-A", "scram-sha-256",
            $"--pwfile={Path.Combine(folder, "password")}", "-E", "UTF8", "--locale=C.UTF-8");
        Directory.Move(draft, data);
    }

    // A run that was killed leaves its server behind, which says in this file on which port; one that is on its
    // way down, or up, is waited for.
    private static async Task<string?> FindLeftAsync(string data, Func<int, string> at, CancellationToken ct)
    {
        for (var tries = 0; tries < 600; tries++)
        {
            var lines = File.Exists(PidFile(data)) ? await File.ReadAllLinesAsync(PidFile(data), ct) : [];
            if (lines.Length == 0 || !Directory.Exists($"/proc/{lines[0].Trim()}"))
            {
                return null;
            }

            if (lines.Length > 3 && await AnswersAsync(at(int.Parse(lines[3], CultureInfo.InvariantCulture)), ct))
            {
                return at(int.Parse(lines[3], CultureInfo.InvariantCulture));
            }

            await Task.Delay(100, ct);
        }

        throw new InvalidOperationException($"The PostgreSQL that runs on {data} does not answer.");
    }

    private static async Task<bool> AnswersAsync(string connectionString, CancellationToken ct)
    {
        try
        {
            await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false;Timeout=5");
            await connection.OpenAsync(ct);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static IEnumerable<string> Settings(int version)
    {
        var gigabytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30;
        yield return "listen_addresses=127.0.0.1";
        yield return "unix_socket_directories=";
        yield return "max_connections=200";
        yield return $"shared_buffers={(gigabytes >= 4 ? "512MB" : "128MB")}";
        yield return $"work_mem={(gigabytes >= 4 ? "32MB" : "8MB")}";
        yield return $"maintenance_work_mem={(gigabytes >= 4 ? "256MB" : "64MB")}";
        yield return "max_wal_size=4GB";
        yield return "jit=off";
        if (version >= 14)
        {
            // A page that is left stops its query.
            yield return "client_connection_check_interval=1s";
        }
    }
}
