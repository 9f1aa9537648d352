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
    private readonly string _folder = "";

    // Held by each process that uses the server: the last one to let go stops it.
    private FileStream? _use;

    private LocalPostgres(string connectionString) => ConnectionString = connectionString;

    private LocalPostgres(string connectionString, PostgresBinaries binaries, string folder, FileStream use)
        : this(connectionString) => (_binaries, _folder, _use) = (binaries, folder, use);

    /// <summary>As the server's superuser, on its database <c>postgres</c>.</summary>
    public string ConnectionString { get; }

    /// <summary>Whether it is a server of ours, which <see cref="DisposeAsync"/> stops unless another process uses it.</summary>
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
        await using var turn = await LockAsync(folder, "turn", FileShare.None, ct);
        var use = await LockAsync(folder, "use", FileShare.Read, ct);
        var data = Path.Combine(folder, "data");
        var password = await PasswordAsync(folder, ct);
        if (await FindLeftAsync(folder, ct) is { } left)
        {
            return new LocalPostgres(left, binaries, folder, use);
        }

        await InitializeAsync(binaries, folder, data, ct);
        var port = FreePort();
        var options = PostgresSettings.For(await binaries.MajorVersionAsync(ct)).Concat(settings).Select(setting => $"-c {setting}");
        await PostgresAccount.RunAsync(
            binaries.PgCtl, ct, "start", "-w", "-t", "120", "-s", "-D", data, "-l", Path.Combine(folder, "log"),
            "-o", $"-p {port} {string.Join(' ', options)}");
        return new LocalPostgres(At(port, password), binaries, folder, use);
    }

    /// <summary>The server that another process of ours runs on this folder; null when there is none.</summary>
    public static async Task<string?> FindAsync(string folder, CancellationToken ct) =>
        Directory.Exists(Path.Combine(folder, "data")) ? await FindLeftAsync(folder, ct) : null;

    /// <summary>Breaks a server of ours down as a power cut does, and starts it again at the same address.</summary>
    public Task CrashAsync(CancellationToken ct) => PostgresAccount.RunAsync(
        _binaries!.PgCtl, ct, "restart", "-w", "-t", "120", "-s", "-m", "immediate", "-D", Path.Combine(_folder, "data"), "-l", Path.Combine(_folder, "log"));

    /// <summary>Lets go of the server without stopping it.</summary>
    public void Leave()
    {
        _use?.Dispose();
        _use = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_binaries is null || _use is null)
        {
            return;
        }

        await using var turn = await LockAsync(_folder, "turn", FileShare.None, CancellationToken.None);
        Leave();
        var data = Path.Combine(_folder, "data");
        await using var alone = TryLock(_folder, "use", FileShare.None);
        if (alone is not null && File.Exists(PidFile(data)))
        {
            NpgsqlConnection.ClearAllPools();
            await PostgresAccount.RunAsync(_binaries.PgCtl, CancellationToken.None, "stop", "-s", "-w", "-m", "fast", "-D", data);
        }
    }

    private static string PidFile(string data) => Path.Combine(data, "postmaster.pid");

    private static string At(int port, string password) =>
        $"Host=127.0.0.1;Port={port};Username=postgres;Password={password};Database=postgres;Include Error Detail=true";

    private static async Task<FileStream> LockAsync(string folder, string name, FileShare share, CancellationToken ct)
    {
        while (true)
        {
            if (TryLock(folder, name, share) is { } held)
            {
                return held;
            }

            await Task.Delay(50, ct);
        }
    }

    // The system frees it when its process ends, however that happens.
    private static FileStream? TryLock(string folder, string name, FileShare share)
    {
        try
        {
            var access = share == FileShare.None ? FileAccess.ReadWrite : FileAccess.Read;
            return new FileStream(Path.Combine(folder, $"{name}.lock"), FileMode.OpenOrCreate, access, share);
        }
        catch (IOException)
        {
            return null;
        }
    }

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
    private static async Task<string?> FindLeftAsync(string folder, CancellationToken ct)
    {
        var pid = PidFile(Path.Combine(folder, "data"));
        var password = await PasswordAsync(folder, ct);
        for (var tries = 0; tries < 600; tries++)
        {
            var lines = await LinesAsync(pid, ct);
            if (lines.Length == 0 || !Directory.Exists($"/proc/{lines[0].Trim()}"))
            {
                return null;
            }

            if (lines.Length > 3 && int.TryParse(lines[3], out var port) && await AnswersAsync(At(port, password), ct))
            {
                return At(port, password);
            }

            await Task.Delay(100, ct);
        }

        throw new InvalidOperationException($"The PostgreSQL that runs on {folder} does not answer.");
    }

    private static async Task<string[]> LinesAsync(string file, CancellationToken ct)
    {
        try
        {
            return await File.ReadAllLinesAsync(file, ct);
        }
        catch (IOException)
        {
            return []; // not there, or gone since
        }
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
}
