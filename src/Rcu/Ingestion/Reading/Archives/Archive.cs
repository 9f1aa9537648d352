using System.IO.Compression;

namespace Rcu.Ingestion.Reading.Archives;

/// <summary>
/// An archive sent in the place of a file. Programs and people zip their exports: exactly one readable file is
/// expected inside.
/// </summary>
internal static class Archive
{
    /// <summary>The content to read, which is the file itself when it is a workbook or no archive at all.</summary>
    public static async Task<Result<FileContent>> OpenAsync(string path, CancellationToken ct)
    {
        var content = new FileContent(path);
        await using var file = await content.OpenAsync(ct);
        if (!FormatDetector.IsZip(await HeadAsync(file, ct)))
        {
            return content;
        }

        if (!await ZipDirectory.FitsAsync(file, ct))
        {
            return ReadingErrors.Bomb;
        }

        try
        {
            await using var archive = await ZipArchive.CreateAsync(file, ZipArchiveMode.Read, leaveOpen: true, null, ct);
            return IsOfficeDocument(archive) ? content : await OnlyFileAsync(path, archive, file.Length, ct);
        }
        catch (InvalidDataException broken)
        {
            return ReadingErrors.Damaged(broken.Message);
        }
    }

    private static bool IsOfficeDocument(ZipArchive archive) =>
        archive.Entries.Any(part => part.FullName is "[Content_Types].xml" || part.FullName.StartsWith("xl/", StringComparison.OrdinalIgnoreCase));

    private static async Task<Result<FileContent>> OnlyFileAsync(string path, ZipArchive archive, long length, CancellationToken ct)
    {
        if (ZipGuard.Refusal(archive, length) is { } refusal)
        {
            return refusal == ReadingErrors.Encrypted ? ReadingErrors.EncryptedArchive : refusal;
        }

        var files = archive.Entries.Where(IsFile).ToList();
        if (files is not [var only])
        {
            return files.Count == 0 ? ReadingErrors.EmptyArchive : ReadingErrors.SeveralInArchive(files.Count);
        }

        if (await ZipGuard.InflateAsync(only, null, ct) is { } bomb)
        {
            return bomb;
        }

        await using var inner = await only.OpenAsync(ct);
        var head = new byte[4];
        await inner.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, ct);
        var inside = new FileContent(path, only.FullName);
        return FormatDetector.IsZip(head) && !await IsWorkbookAsync(inside, ct) ? ReadingErrors.ArchiveInArchive : inside;
    }

    private static async Task<bool> IsWorkbookAsync(FileContent content, CancellationToken ct)
    {
        await using var file = await content.OpenAsync(ct);
        if (!await ZipDirectory.FitsAsync(file, ct))
        {
            return false;
        }

        await using var archive = await ZipArchive.CreateAsync(file, ZipArchiveMode.Read, leaveOpen: true, null, ct);
        return IsOfficeDocument(archive);
    }

    // What a Mac and a Windows add on their own is no file of anybody.
    private static bool IsFile(ZipArchiveEntry part) =>
        part.Name.Length > 0
        && !part.FullName.StartsWith("__MACOSX/", StringComparison.Ordinal)
        && part.Name is not (".DS_Store" or "Thumbs.db" or "desktop.ini");

    private static async Task<byte[]> HeadAsync(FileStream file, CancellationToken ct)
    {
        var head = new byte[4];
        var read = await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, ct);
        file.Position = 0;
        return head[..read];
    }
}
