using System.IO.Compression;
using System.Xml;
using Rcu.Ingestion.Reading.Archives;

namespace Rcu.Ingestion.Reading.Workbooks;

/// <summary>Looks into a workbook before any parser opens it: what it may not hold, and what a reader would not tell.</summary>
internal static class WorkbookGuard
{
    private const long MostSharedText = 150_000_000;

    /// <summary>What a person should know of the workbook, or why it must not be opened.</summary>
    public static async Task<Result<WorkbookFacts>> LookAsync(Stream file, CancellationToken ct)
    {
        try
        {
            if (!await ZipDirectory.FitsAsync(file, ct))
            {
                return ReadingErrors.Bomb;
            }

            await using var archive = await ZipArchive.CreateAsync(file, ZipArchiveMode.Read, leaveOpen: true, null, ct);
            if ((ZipGuard.Refusal(archive, file.Length) ?? Holds(archive)) is { } refusal)
            {
                return refusal;
            }

            var scan = new WorkbookScan();
            foreach (var part in archive.Entries)
            {
                ct.ThrowIfCancellationRequested();
                if (part.Name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) || part.Name.EndsWith(".rels", StringComparison.OrdinalIgnoreCase))
                {
                    await using var content = new GuardedPart(await part.OpenAsync(ct), part);
                    scan.Read(content, ct);
                    content.ReadToEnd();
                }
                else if (await ZipGuard.InflateAsync(part, null, ct) is { } bomb)
                {
                    return bomb;
                }
            }

            return scan.Outcome();
        }
        catch (XmlException broken)
        {
            return broken.Message.Contains("DTD", StringComparison.Ordinal) ? ReadingErrors.Entities : ReadingErrors.Damaged(broken.Message);
        }
        catch (InvalidDataException broken)
        {
            return broken.Message == GuardedPart.Endless ? ReadingErrors.Bomb : ReadingErrors.Damaged(broken.Message);
        }
    }

    private static Error? Holds(ZipArchive archive)
    {
        foreach (var part in archive.Entries)
        {
            if (part.FullName.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase)
                || part.FullName.Contains("/macrosheets/", StringComparison.OrdinalIgnoreCase))
            {
                return ReadingErrors.Macros;
            }

            if (part.Length > MostSharedText && part.FullName.Contains("sharedStrings.", StringComparison.OrdinalIgnoreCase))
            {
                return ReadingErrors.Bomb;
            }
        }

        return archive.GetEntry("xl/workbook.xml") is not null ? null
            : archive.GetEntry("xl/workbook.bin") is null ? ReadingErrors.NotAWorkbook
            : ReadingErrors.BinaryWorkbook;
    }
}
