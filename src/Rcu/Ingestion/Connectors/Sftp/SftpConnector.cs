using System.IO.Enumeration;
using System.Net;
using System.Text.Json;
using FluentValidation;
using Rcu.Ingestion.Connectors.Folder;
using Rcu.Ingestion.Pulling;
using Rcu.Security.Outbound;

namespace Rcu.Ingestion.Connectors.Sftp;

/// <summary>
/// Takes the files dropped on an SFTP server: they are brought to a folder of the hub, read as any dropped file, and only then put
/// away over there (<c>traites/</c>, or <c>refuses/</c> with the reason beside). A private address is called only when the settings name it.
/// </summary>
public sealed class SftpConnector(FolderConnector folder, DropRoot root, OutboundRules rules, IValidator<SftpSettings> validator, TimeProvider clock) : ISourceConnector
{
    private const int AtOnce = 20;

    private static readonly string[] Unfinished = [".tmp", ".part", ".partial", ".filepart", ".crdownload", ".swp"];

    public string Kind => "sftp";

    public Type Settings => typeof(SftpSettings);

    public Error? Refusal(JsonElement settings, bool hasSecret) =>
        SftpSettings.Read(settings) is not { } read ? SourceErrors.BadSettings("le serveur, l’utilisateur et la clé du serveur sont nécessaires.")
        : validator.Validate(read) is { IsValid: false } wrong ? SourceErrors.BadSettings(wrong.Errors[0].ErrorMessage)
        : IPAddress.TryParse(read.Host, out var address) && !rules.Allows(address) ? SourceErrors.BadSettings(SourceAddress.NotPublic(address))
        : !hasSecret ? SourceErrors.BadSettings("la clé privée manque.")
        : null;

    public bool GivesWhole(JsonElement settings) => true;

    public async Task<Result<string>> TestAsync(SourceAccess access, CancellationToken ct)
    {
        if (Refusal(access.Settings, access.Secret is not null) is { } refusal)
        {
            return refusal;
        }

        var settings = SftpSettings.Read(access.Settings)!;
        var (session, closed) = await SftpSession.OpenAsync(settings, access.Secret!, rules, ct);
        var listed = session is null ? new SftpAnswer([], closed) : await session.RunAsync(["ls -ln"], ct);
        return listed.Failure switch
        {
            null => $"Le serveur répond : {listed.Files.Count(file => IsWanted(file, settings))} fichier(s) à lire.",
            PullAnswer.CredentialsRefused refused => SourceErrors.NotReady(refused.Why),
            PullAnswer.Refused refused => SourceErrors.NotReady(refused.Why),
            PullAnswer.RetryAfter retry => SourceErrors.NotReady(retry.Why),
            var other => throw new InvalidOperationException($"{other}"),
        };
    }

    public async Task<PullAnswer> ReadAsync(SourceAccess access, string? cursor, CancellationToken ct)
    {
        if (Refusal(access.Settings, access.Secret is not null) is { } refusal)
        {
            return new PullAnswer.Refused($"{refusal.Values[0]}");
        }

        var (settings, at) = (SftpSettings.Read(access.Settings)!, cursor is null ? new SftpCursor(null, []) : JsonSerializer.Deserialize<SftpCursor>(cursor)!);
        var here = $"sftp-{access.Connection:n}";
        var path = Path.Combine(root.Path, here);
        Directory.CreateDirectory(path);
        var inner = access with { Settings = JsonSerializer.SerializeToElement(new FolderSettings(here, "*", 0), JsonSerializerOptions.Web) };
        var read = await folder.ReadAsync(inner, at.Inner, ct);
        if (read is not PullAnswer.Page page || page.More)
        {
            return read is PullAnswer.Page going ? going with { Cursor = JsonSerializer.Serialize(at with { Inner = going.Cursor }) } : read;
        }

        // All that was brought is read: it is put away over there, and what came meanwhile is brought.
        var (session, closed) = await SftpSession.OpenAsync(settings, access.Secret!, rules, ct);
        if (session is null)
        {
            return closed!;
        }

        var away = at.Brought.Count == 0 ? null : await PutAwayAsync(session, path, at.Brought, ct);
        var (brought, failure) = away is null ? await BringAsync(session, settings, path, ct) : ([], away);
        return failure ?? new PullAnswer.Page([], JsonSerializer.Serialize(new SftpCursor(null, brought)), brought.Count > 0);
    }

    private static bool IsWanted(SftpFile file, SftpSettings settings) =>
        file.Name[0] != '.' && SftpSettingsValidator.IsPlain(file.Name) && !Unfinished.Contains(Path.GetExtension(file.Name), StringComparer.OrdinalIgnoreCase)
        && FileSystemName.MatchesSimpleExpression(settings.Pattern, file.Name, ignoreCase: true);

    private async Task<(List<string> Brought, PullAnswer? Failure)> BringAsync(SftpSession session, SftpSettings settings, string path, CancellationToken ct)
    {
        var listed = await session.RunAsync(["ls -ln"], ct);
        var wanted = listed.Files.Where(file => IsWanted(file, settings)).ToList();
        if (listed.Failure is not null || wanted.Count == 0)
        {
            return ([], listed.Failure);
        }

        await Task.Delay(TimeSpan.FromSeconds(settings.StableSeconds), clock, ct);
        var again = await session.RunAsync(["ls -ln"], ct);
        var settled = wanted.Intersect(again.Files).OrderBy(file => file.Name, StringComparer.Ordinal).Take(AtOnce).Select(file => file.Name).ToList();
        if (again.Failure is not null || settled.Count == 0)
        {
            return ([], again.Failure);
        }

        var got = await session.RunAsync(settled.Select(name => $"get \"{name}\" \"{Path.Combine(path, $".{name}.part")}\""), ct);
        if (got.Failure is not null)
        {
            return ([], got.Failure);
        }

        foreach (var name in settled)
        {
            File.Move(Path.Combine(path, $".{name}.part"), Path.Combine(path, name), overwrite: true);
        }

        return (settled, null);
    }

    // Only what this hub has read is moved: another node may have brought it, and not have read it.
    private static async Task<PullAnswer?> PutAwayAsync(SftpSession session, string path, IReadOnlyList<string> brought, CancellationToken ct)
    {
        var commands = new List<string> { $"-mkdir \"{DropFolder.Done}\"", $"-mkdir \"{DropFolder.Refused}\"" };
        foreach (var name in brought)
        {
            if (Put(path, DropFolder.Done, name) is { } done)
            {
                commands.Add($"rename \"{name}\" \"{DropFolder.Done}/{done}\"");
            }
            else if (Put(path, DropFolder.Refused, name) is { } refused)
            {
                commands.Add($"rename \"{name}\" \"{DropFolder.Refused}/{refused}\"");
                commands.Add($"put \"{Path.Combine(path, DropFolder.Refused, refused)}.raison.txt\" \"{DropFolder.Refused}/{refused}.raison.txt\"");
            }
        }

        return (await session.RunAsync(commands, ct)).Failure;
    }

    // The name under which a file was put away here, the latest.
    private static string? Put(string path, string where, string name)
    {
        var folder = new DirectoryInfo(Path.Combine(path, where));
        return folder.Exists
            ? folder.EnumerateFiles().Select(file => file.Name).Where(put => put.EndsWith($"-{name}", StringComparison.Ordinal)).Order(StringComparer.Ordinal).LastOrDefault()
            : null;
    }

    /// <param name="Inner">Where the reading of what was brought is.</param>
    /// <param name="Brought">What is to be put away over there once it is read.</param>
    private sealed record SftpCursor(string? Inner, IReadOnlyList<string> Brought);
}
