using System.Diagnostics;

namespace Rcu.Data;

/// <summary>The system account a local PostgreSQL runs under: our own, or, as PostgreSQL refuses root, a lesser one.</summary>
internal static class PostgresAccount
{
    private static readonly string[]? Lesser = Environment.IsPrivilegedProcess ? FindLesser() : null;

    /// <summary>Makes a folder that this account alone may enter.</summary>
    public static async Task OwnAsync(string folder, CancellationToken ct)
    {
        Directory.CreateDirectory(folder);
        if (Lesser is not null)
        {
            await RunAsRootAsync("chown", ct, "-R", $"{Lesser[2]}:{Lesser[3]}", folder);
        }

        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Whether this account can reach what stands in a folder: root's home, say, is closed to the others.</summary>
    public static bool CanReach(string folder)
    {
        for (var at = new DirectoryInfo(folder); Lesser is not null && at is not null; at = at.Parent)
        {
            if (at.Exists && !at.UnixFileMode.HasFlag(UnixFileMode.OtherExecute))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Runs a program under this account and gives what it printed; throws with it when it fails.</summary>
    public static Task<string> RunAsync(string program, CancellationToken ct, params string[] arguments) =>
        Lesser is null
            ? RunAsRootAsync(program, ct, arguments)
            : RunAsRootAsync(
                "setpriv", ct, [$"--reuid={Lesser[0]}", $"--regid={Lesser[3]}", "--clear-groups", program, .. arguments]);

    private static async Task<string> RunAsRootAsync(string program, CancellationToken ct, params string[] arguments)
    {
        // From "/": the folder we stand in may be closed to the account.
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        start.Environment["LC_ALL"] = "C.UTF-8";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(ct);
        var error = process.StandardError.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException(
                $"{Path.GetFileName(program)} {string.Join(' ', arguments)} failed:\n{await output}{await error}".TrimEnd());
    }

    // name:password:uid:gid:…, the account Debian's package makes when it is there.
    private static string[] FindLesser()
    {
        var accounts = File.ReadLines("/etc/passwd").Select(line => line.Split(':')).Where(parts => parts.Length > 3).ToList();
        return accounts.Find(parts => parts[0] == "postgres")
            ?? accounts.Find(parts => parts[0] == "nobody")
            ?? throw new InvalidOperationException("PostgreSQL refuses root, and there is no account postgres or nobody to run it.");
    }
}
