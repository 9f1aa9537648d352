using System.IO.Enumeration;
using System.Security.Cryptography;

namespace Rcu.Ingestion.Connectors.Folder;

/// <summary>
/// One folder where files are dropped: those that wait, and where they go once read (<c>traites/</c>) or refused
/// (<c>refuses/</c>, with the reason beside).
/// </summary>
public sealed class DropFolder(string path, TimeProvider clock)
{
    public const string Done = "traites";
    public const string Refused = "refuses";

    private static readonly string[] Unfinished = [".tmp", ".part", ".partial", ".crdownload", ".filepart", ".swp"];

    public string PathOf(string name) => Path.Combine(path, name);

    public bool Exists => Directory.Exists(path);

    /// <summary>The files that wait, the oldest first. One still being written under another name is none, nor is a link.</summary>
    public IReadOnlyList<FileInfo> Waiting(string pattern) =>
    [
        .. new DirectoryInfo(path).EnumerateFiles()
            .Where(file => file.Name[0] != '.' && file.LinkTarget is null
                && !Unfinished.Contains(file.Extension, StringComparer.OrdinalIgnoreCase)
                && FileSystemName.MatchesSimpleExpression(pattern, file.Name, ignoreCase: true))
            .OrderBy(file => file.LastWriteTimeUtc).ThenBy(file => file.Name, StringComparer.Ordinal),
    ];

    /// <summary>Those of the waiting files that did not change for a while.</summary>
    public async Task<IReadOnlyList<FileInfo>> SettledAsync(string pattern, TimeSpan wait, CancellationToken ct)
    {
        var before = Waiting(pattern);
        if (before.Count == 0 || wait == TimeSpan.Zero)
        {
            return before;
        }

        await Task.Delay(wait, clock, ct);
        var after = Waiting(pattern).ToDictionary(file => file.Name);
        return [.. before.Where(file => after.TryGetValue(file.Name, out var now) && (now.Length, now.LastWriteTimeUtc) == (file.Length, file.LastWriteTimeUtc))];
    }

    public static async Task<string> HashAsync(string file, CancellationToken ct)
    {
        await using var content = File.OpenRead(file);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(content, ct));
    }

    /// <summary>The name of a file that was read before and holds the same; null when there is none.</summary>
    public async Task<string?> SameAsync(FileInfo file, string hash, CancellationToken ct)
    {
        var done = new DirectoryInfo(PathOf(Done));
        foreach (var known in done.Exists ? done.EnumerateFiles().Where(f => f.Length == file.Length) : [])
        {
            if (await HashAsync(known.FullName, ct) == hash)
            {
                return known.Name;
            }
        }

        return null;
    }

    /// <summary>Puts a file away, under a name that says when; with a sentence beside it when there is one to say.</summary>
    public async Task PutAwayAsync(string name, string where, string? sentence, CancellationToken ct)
    {
        Directory.CreateDirectory(PathOf(where));
        var stamp = $"{clock.GetUtcNow():yyyyMMdd-HHmmss}";
        var target = Path.Combine(PathOf(where), $"{stamp}-{name}");
        for (var n = 2; File.Exists(target); n++)
        {
            target = Path.Combine(PathOf(where), $"{stamp}-{n}-{name}");
        }

        if (sentence is not null)
        {
            await File.WriteAllTextAsync($"{target}.raison.txt", sentence + Environment.NewLine, ct);
        }

        File.Move(PathOf(name), target);
    }
}
