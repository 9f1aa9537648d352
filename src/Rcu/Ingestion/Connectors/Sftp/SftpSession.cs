using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Rcu.Ingestion.Pulling;
using Rcu.Ingestion.Reading;
using Rcu.Security.Outbound;

namespace Rcu.Ingestion.Connectors.Sftp;

/// <summary>Runs batches of OpenSSH's <c>sftp</c>: one key, one server known by its key, no question asked.</summary>
internal sealed partial class SftpSession
{
    private const string Known = "rcu-source";

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    private readonly SftpSettings _settings;
    private readonly string _privateKey;

    private SftpSession(SftpSettings settings, string privateKey) => (_settings, _privateKey) = (settings, privateKey);

    /// <summary>A session with a server that may be called.</summary>
    /// <returns>The session, or why the server is not called.</returns>
    public static async Task<(SftpSession? Session, PullAnswer? Failure)> OpenAsync(SftpSettings server, string privateKey, OutboundRules rules, CancellationToken ct)
    {
        var (address, failure) = await SourceAddress.FindAsync(server.Host, rules, ct, AddressFamily.InterNetwork);
        return address is null ? (null, failure) : (new SftpSession(server with { Host = $"{address}" }, privateKey), null);
    }

    /// <summary>Each command must succeed, unless it begins with a dash.</summary>
    public async Task<SftpAnswer> RunAsync(IEnumerable<string> commands, CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("rcu-sftp-"); // for this user's eyes only
        try
        {
            var (key, servers) = (Path.Combine(folder.FullName, "key"), Path.Combine(folder.FullName, "servers"));
            await File.WriteAllTextAsync(key, _privateKey.ReplaceLineEndings("\n").TrimEnd() + "\n", ct);
            await File.WriteAllTextAsync(servers, $"{Known} {string.Join(' ', _settings.HostKey.Split(' ')[..2])}\n", ct);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            return await StartAsync(key, servers, [$"cd \"{_settings.Folder}\"", .. commands], ct);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task<SftpAnswer> StartAsync(string key, string servers, IEnumerable<string> commands, CancellationToken ct)
    {
        var start = new ProcessStartInfo("sftp") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        string[] options =
        [
            "BatchMode=yes", "StrictHostKeyChecking=yes", $"UserKnownHostsFile={servers}", "GlobalKnownHostsFile=/dev/null", $"HostKeyAlias={Known}",
            $"IdentityFile={key}", "IdentitiesOnly=yes", "IdentityAgent=none", "PreferredAuthentications=publickey", "ConnectTimeout=10", "ServerAliveInterval=15",
        ];
        List<string> arguments =
        [
            "-F", "/dev/null", "-b", "-", .. options.Select(option => $"-o{option}"),
            "-P", _settings.Port.ToString(CultureInfo.InvariantCulture), $"{_settings.User}@{_settings.Host}",
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["LC_ALL"] = "C.UTF-8";
        using var process = Process.Start(start) ?? throw new InvalidOperationException("sftp does not start.");
        using var late = CancellationTokenSource.CreateLinkedTokenSource(ct);
        late.CancelAfter(Longest);
        try
        {
            var (said, complained) = (process.StandardOutput.ReadToEndAsync(late.Token), process.StandardError.ReadToEndAsync(late.Token));
            await TellAsync(process, commands, late.Token);
            await process.WaitForExitAsync(late.Token);
            return new SftpAnswer(FilesIn(await said), process.ExitCode == 0 ? null : Judge(await complained));
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new SftpAnswer([], new PullAnswer.RetryAfter("Le serveur SFTP ne répond pas assez vite."));
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    // It may end before it has heard everything: what it says then tells why.
    private static async Task TellAsync(Process process, IEnumerable<string> commands, CancellationToken ct)
    {
        try
        {
            await process.StandardInput.WriteAsync((string.Join('\n', commands) + "\n").AsMemory(), ct);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
        }
    }

    private static List<SftpFile> FilesIn(string said) =>
    [
        .. said.Split('\n').Select(line => Listed().Match(line.TrimEnd('\r'))).Where(line => line.Success)
            .Select(line => new SftpFile(line.Groups["name"].Value, long.Parse(line.Groups["size"].Value, CultureInfo.InvariantCulture), line.Groups["date"].Value)),
    ];

    private static PullAnswer Judge(string complained)
    {
        bool Says(params string[] words) => Array.Exists(words, word => complained.Contains(word, StringComparison.OrdinalIgnoreCase));
        return Says("Host key verification failed", "IDENTIFICATION HAS CHANGED") ? new PullAnswer.CredentialsRefused("Le serveur n’est pas celui dont la clé publique est connue.")
            : Says("Load key", "error in libcrypto", "invalid format") ? new PullAnswer.CredentialsRefused("La clé privée est illisible, ou protégée par une phrase de passe.")
            : Says("Permission denied (") ? new PullAnswer.CredentialsRefused("Le serveur SFTP refuse l’utilisateur ou sa clé.")
            : Says("No such file", "not found", "rename", "Couldn't", "Permission denied", "Failure") ? new PullAnswer.Refused($"Le serveur SFTP refuse : {Last(complained)}")
            : new PullAnswer.RetryAfter($"Le serveur SFTP ne répond pas : {Last(complained)}");
    }

    private static string Last(string complained) =>
        RejectReason.Cut(complained.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? "?")!;

    // « -rw-r--r--    ? 1000     1000          123 Nov 22 07:47 ventes.csv »
    [GeneratedRegex(@"^-\S+\s+\S+\s+\S+\s+\S+\s+(?<size>\d+)\s+(?<date>\w+\s+\d+\s+[\d:]+)\s+(?<name>.+)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Listed();
}

/// <summary>A file over there.</summary>
internal sealed record SftpFile(string Name, long Size, string Date);

/// <summary>What a batch gave: the files it listed, and why it failed.</summary>
internal sealed record SftpAnswer(IReadOnlyList<SftpFile> Files, PullAnswer? Failure);
