using System.IO.Compression;
using System.Xml;
using Rcu.Ingestion.Reading.Archives;
using Rcu.Ingestion.Reading.Workbooks.Binary;

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

            var (scan, binary) = (new WorkbookScan(), archive.GetEntry(BinaryBook.BookPart) is null ? null : new BinaryScan());
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
                else if (binary is not null && BinaryScan.Reads(part))
                {
                    binary.Read(await part.OpenAsync(ct), ct);
                }
            }

            return scan.Outcome().Error is { } astray ? astray : binary?.Outcome() ?? scan.Outcome();
        }
        catch (XmlException broken)
        {
            return broken.Message.Contains("DTD", StringComparison.Ordinal) ? ReadingErrors.Entities : ReadingErrors.Damaged(broken.Message);
        }
        catch (Exception broken) when (broken is InvalidDataException or EndOfStreamException)
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

        // Two books in one envelope: nobody can tell which of them the sender sees.
        return archive.GetEntry("xl/workbook.xml") is null == archive.GetEntry(BinaryBook.BookPart) is null ? ReadingErrors.NotAWorkbook : null;
    }
}
