using System.Globalization;
using System.Runtime.CompilerServices;
using Npgsql;
using Rcu.Data;

namespace Rcu.Web.Tests.Support;

/// <summary>
/// The one PostgreSQL of a test run: the one RCU_TEST_POSTGRES names, else our own, stopped at the end, in memory where there is room for it; and
/// on it the migrated template that each test's database is a copy of.
/// </summary>
public static class TestServer
{
    private const string Memory = "/dev/shm";

    /// <summary>What the databases of a run and their journal may take, with room to spare.</summary>
    private const long Room = 8L << 30;

    private static readonly Lazy<Task<string>> Server = new(StartAsync);
    private static readonly Lazy<Task<string>> Migrated = new(MakeTemplateAsync);

    // Held until the process ends: a second run of the tests, at the same time, takes another folder.
    private static FileStream? _lock;

    /// <summary>As the server's superuser.</summary>
    public static Task<string> AdministratorAsync() => Server.Value;

    /// <summary>The name of the migrated database.</summary>
    public static Task<string> TemplateAsync() => Migrated.Value;

    /// <summary>The checkout the tests were built from.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(ThisFile(), "..", "..", "..", ".."));

    private static async Task<string> StartAsync()
    {
        var given = Environment.GetEnvironmentVariable("RCU_TEST_POSTGRES");
        var home = Environment.GetEnvironmentVariable("RCU_HOME") is { Length: > 0 } named ? named : Path.Combine(Root, ".rcu");
        var inMemory = HasRoomInMemory();
        var folder = string.IsNullOrEmpty(given) ? FreeFolder(inMemory ? Path.Combine(Memory, $"rcu-tests-{Environment.UserName}") : home) : "";

        // Nothing here outlives the run: a server that writes without waiting for the disk will do.
        string[] settings = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"];
        var postgres = await LocalPostgres.StartAsync(given, folder, home, settings, CancellationToken.None);
        TestRun.AtItsEnd(async () =>
        {
            await StopAsync(postgres);
            if (inMemory && postgres.IsOurs)
            {
                Directory.Delete(Path.Combine(folder, "data"), recursive: true);
            }
        });
        if (postgres.IsOurs)
        {
            await RemoveLeftAsync(postgres.ConnectionString);
        }

        return postgres.ConnectionString;
    }

    private static async Task<string> MakeTemplateAsync()
    {
        var administrator = await Server.Value;
        var name = $"rcu_template_{Guid.CreateVersion7():n}";
        var template = await HubDatabase.CreateAsync(administrator, name, template: null, CancellationToken.None);
        await Migrator.MigrateAsync(template.Owner, HubDatabase.AppRole, CancellationToken.None);
        return name;
    }

    private static async Task StopAsync(LocalPostgres postgres)
    {
        if (Migrated.IsValueCreated)
        {
            await HubDatabase.DropAsync(postgres.ConnectionString, await Migrated.Value, CancellationToken.None);
        }

        await postgres.DisposeAsync();
    }

    // What a run that was killed left on the server we have just taken.
    private static async Task RemoveLeftAsync(string administrator)
    {
        List<string> left = [];
        await using (var connection = new NpgsqlConnection(administrator))
        {
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand("select datname from pg_database where datname like 'rcu\\_%'", connection);
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                left.Add(reader.GetString(0));
            }
        }

        foreach (var name in left)
        {
            await HubDatabase.DropAsync(administrator, name, CancellationToken.None);
        }
    }

    // A test's database is a thousand small files, made and thrown away: on a disk, a quarter of a run goes into finding names for them.
    private static bool HasRoomInMemory()
    {
        if (!OperatingSystem.IsLinux() || !Directory.Exists(Memory) || new DriveInfo(Memory) is not { DriveFormat: "tmpfs", AvailableFreeSpace: >= Room })
        {
            return false;
        }

        var free = File.ReadLines("/proc/meminfo").FirstOrDefault(line => line.StartsWith("MemAvailable:", StringComparison.Ordinal))?.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return free is [_, var kilobytes, ..] && long.TryParse(kilobytes, CultureInfo.InvariantCulture, out var left) && left << 10 >= Room;
    }

    private static string FreeFolder(string home)
    {
        for (var number = 1; ; number++)
        {
            var folder = LocalFolder.ForPostgres(home, $"tests-{number}");
            try
            {
                _lock = new FileStream($"{folder}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                return folder;
            }
            catch (IOException) when (number < 20)
            {
                // Another run has it.
            }
        }
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
