using System.Security.Cryptography;
using System.Text;

namespace Rcu.Data;

/// <summary>Where a checkout keeps what it makes for itself on a machine: its PostgreSQL, its npm programs, its uploads.</summary>
public static class LocalFolder
{
    /// <summary>What <c>RCU_HOME</c> names (<c>./rcu</c> names the checkout's <c>.rcu</c>), else <c>.rcu</c> here.</summary>
    public static string Home =>
        Path.GetFullPath(Environment.GetEnvironmentVariable("RCU_HOME") is { Length: > 0 } named ? named : ".rcu");

    /// <summary>
    /// A folder a PostgreSQL of ours can use: below <paramref name="home"/> when its account can reach it and we can
    /// write there, else, apart for each checkout, in the machine's place for such things.
    /// </summary>
    public static string ForPostgres(string home, string name)
    {
        var checkout = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(home)))[..8];
        var elsewhere = Environment.IsPrivilegedProcess
            ? "/var/lib/rcu"
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "rcu");

        // Root's server and a person's never share a folder: each would lock the other out.
        string[] candidates = [Path.Combine(home, Environment.UserName), Path.Combine(elsewhere, checkout)];
        return candidates.Select(folder => Path.Combine(folder, name)).FirstOrDefault(IsUsable)
            ?? throw new InvalidOperationException(
                $"Neither {candidates[0]} nor {candidates[1]} can hold a database: name a folder of yours in RCU_HOME.");
    }

    private static bool IsUsable(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var probe = Path.Combine(folder, ".writable");
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return PostgresAccount.CanReach(Path.GetDirectoryName(folder)!);
        }
        catch (Exception refused) when (refused is UnauthorizedAccessException or IOException)
        {
            return false;
        }
    }
}
