using System.Text.Json;
using FluentValidation;
using Rcu.Ingestion.Pulling;
using Rcu.Ingestion.Reading;

namespace Rcu.Ingestion.Connectors.Folder;

/// <summary>
/// Takes the files that people and programs drop in a folder, one after the other. A file is put away by the reading that follows
/// the one that ended it: when its rows are saved.
/// </summary>
public sealed class FolderConnector(DropRoot root, IValidator<FolderSettings> validator, TimeProvider clock) : ISourceConnector
{
    public string Kind => "folder";

    public Type Settings => typeof(FolderSettings);

    public Error? Refusal(JsonElement settings, bool hasSecret) =>
        FolderSettings.Read(settings) is not { } read ? SourceErrors.BadSettings("le dossier manque.")
        : validator.Validate(read) is { IsValid: false } wrong ? SourceErrors.BadSettings(wrong.Errors[0].ErrorMessage)
        : null;

    public bool GivesWhole(JsonElement settings) => true;

    public Task<Result<string>> TestAsync(SourceAccess access, CancellationToken ct) => Task.FromResult(Test(access));

    public async Task<PullAnswer> ReadAsync(SourceAccess access, string? cursor, CancellationToken ct)
    {
        if (Refusal(access.Settings, hasSecret: false) is { } refusal)
        {
            return new PullAnswer.Refused($"{refusal.Values[0]}");
        }

        var settings = FolderSettings.Read(access.Settings)!;
        var folder = Folder(settings);
        if (!folder.Exists)
        {
            return new PullAnswer.RetryAfter($"Le dossier « {settings.Folder} » n’est pas là.");
        }

        try
        {
            var at = cursor is null ? null : JsonSerializer.Deserialize<FolderCursor>(cursor);
            if (at is { Done: true })
            {
                await EndAsync(folder, at, ct);
                at = null;
            }

            return (at is null ? null : await PageAsync(folder, at, access, ct)) ?? await NextAsync(folder, settings, access, ct);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return new PullAnswer.RetryAfter($"Un fichier du dossier « {settings.Folder} » ne peut être ni lu ni déplacé : {unreadable.Message}");
        }
    }

    private Result<string> Test(SourceAccess access)
    {
        if (Refusal(access.Settings, hasSecret: false) is { } refusal)
        {
            return refusal;
        }

        var settings = FolderSettings.Read(access.Settings)!;
        var folder = Folder(settings);
        if (!folder.Exists)
        {
            return SourceErrors.NotReady($"le dossier « {settings.Folder} » n’existe pas encore dans le dossier des dépôts : créez-le.");
        }

        try
        {
            Directory.CreateDirectory(folder.PathOf(DropFolder.Done));
            Directory.CreateDirectory(folder.PathOf(DropFolder.Refused));
            return $"Le dossier est prêt : {folder.Waiting(settings.Pattern).Count} fichier(s) à lire.";
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            return SourceErrors.NotReady($"le hub n’a pas le droit d’écrire dans « {settings.Folder} » : les fichiers lus ne pourraient pas être rangés.");
        }
    }

    // Only the very file that was read is put away: another may have taken its name.
    private static async Task EndAsync(DropFolder folder, FolderCursor at, CancellationToken ct)
    {
        if (File.Exists(folder.PathOf(at.File)) && await DropFolder.HashAsync(folder.PathOf(at.File), ct) == at.Hash)
        {
            await folder.PutAwayAsync(at.File, DropFolder.Done, null, ct);
        }
    }

    private async Task<PullAnswer> NextAsync(DropFolder folder, FolderSettings settings, SourceAccess access, CancellationToken ct)
    {
        foreach (var file in await folder.SettledAsync(settings.Pattern, TimeSpan.FromSeconds(settings.StableSeconds), ct))
        {
            var hash = await DropFolder.HashAsync(file.FullName, ct);
            if (await folder.SameAsync(file, hash, ct) is { } same)
            {
                await folder.PutAwayAsync(file.Name, DropFolder.Done, $"Ce fichier dit exactement la même chose que « {same} » : il n’a pas été relu.", ct);
            }
            else if (await PageAsync(folder, new FolderCursor(file.Name, hash, 0, Done: false), access, ct) is { } page)
            {
                return page;
            }
        }

        return new PullAnswer.Page([], null, More: false);
    }

    // Null when the file went, changed or was refused: another is looked for.
    private async Task<PullAnswer.Page?> PageAsync(DropFolder folder, FolderCursor at, SourceAccess access, CancellationToken ct)
    {
        var path = folder.PathOf(at.File);
        if (!File.Exists(path) || (at.Place > 0 && await DropFolder.HashAsync(path, ct) != at.Hash))
        {
            return null;
        }

        var opened = await SourceFile.OpenAsync(path, at.File, FeedOptions.Of(access.Feeds[0]).Correct, ct);
        if (Reason(opened, access.Feeds) is { } reason)
        {
            await folder.PutAwayAsync(at.File, DropFolder.Refused, reason, ct);
            return null;
        }

        var rows = new List<ReadRow>();
        await foreach (var row in opened.Value!.ReadAsync(at.Place, ct))
        {
            rows.Add(row);
            if (rows.Count == PullJob.PageSize)
            {
                break;
            }
        }

        var next = at with { Place = at.Place + rows.Count, Done = rows.Count < PullJob.PageSize };
        return new PullAnswer.Page(rows, JsonSerializer.Serialize(next), More: true, opened.Value.Columns is { Count: > 0 } columns ? columns : null)
        {
            Begins = at.Place == 0,
            Ends = next.Done,
        };
    }

    private string? Reason(Result<SourceFile> opened, IReadOnlyList<Feed> feeds) =>
        opened.Error is { } refusal ? root.Say(refusal)
        : opened.Value!.Columns is { Count: > 0 } columns
            && feeds.SelectMany(f => f.KeyColumns).FirstOrDefault(key => !columns.Contains(key, StringComparer.OrdinalIgnoreCase)) is { } missing
            ? $"La colonne « {missing} », clé des enregistrements, manque. Colonnes trouvées : {string.Join(", ", columns)}."
        : null;

    private DropFolder Folder(FolderSettings settings) => new(Path.Combine(root.Path, settings.Folder), clock);

    private sealed record FolderCursor(string File, string Hash, long Place, bool Done);
}
