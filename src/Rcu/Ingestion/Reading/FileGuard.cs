using System.Text;
using Rcu.Ingestion.Reading.Parquet;
using Rcu.Ingestion.Reading.Workbooks;

namespace Rcu.Ingestion.Reading;

/// <summary>What no reader should be given: programs, pictures and pages under another name, and workbooks that are traps.</summary>
internal static class FileGuard
{
    private const int HeadLength = 16 * 1024;

    /// <summary>What a person should know of a workbook, or why the file is refused.</summary>
    public static async Task<Result<WorkbookFacts>> LookAsync(Stream file, CancellationToken ct)
    {
        var head = new byte[HeadLength];
        var length = await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, ct);
        head = head[..length];
        file.Position = 0;
        if (FormatDetector.IsZip(head))
        {
            return await WorkbookGuard.LookAsync(file, ct);
        }

        var refusal = ParquetRows.IsParquet(head) ? await ParquetRows.RefusalAsync(file, ct)
            : FormatDetector.IsOldOffice(head) ? await CompoundGuard.RefusalAsync(file, ct)
            : IsBinary(head) ? ReadingErrors.Binary
            : IsWebPage(head) ? ReadingErrors.WebPage
            : DefinesEntities(head) ? ReadingErrors.Entities
            : FormatDetector.IsOtherXml(head) ? ReadingErrors.UnknownXml
            : null;
        return refusal is null ? WorkbookFacts.None : refusal;
    }

    // Text has no more NUL than an accident leaves, except two-byte text, where every other byte is one.
    private static bool IsBinary(byte[] head)
    {
        if (head.AsSpan().StartsWith("%PDF"u8) || head.AsSpan().StartsWith("MZ"u8) && head.AsSpan().IndexOf("\0\0"u8) >= 0)
        {
            return true;
        }

        var twoBytes = new EncodingGuess();
        twoBytes.Add(head);
        return head.Count(b => b == 0) > head.Length / 10 && !twoBytes.Name().StartsWith("utf-16", StringComparison.Ordinal);
    }

    private static string Start(byte[] head) => Encoding.Latin1.GetString(head).TrimStart('ï', '»', '¿', ' ', '\t', '\r', '\n');

    private static bool DefinesEntities(byte[] head)
    {
        var start = Start(head);
        return start.StartsWith("<!DOCTYPE", StringComparison.OrdinalIgnoreCase)
            || (start.StartsWith("<?xml", StringComparison.OrdinalIgnoreCase) && start.Contains("<!DOCTYPE", StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsWebPage(byte[] head)
    {
        var start = Start(head);
        return start.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase)
            || start.StartsWith("<html", StringComparison.OrdinalIgnoreCase)
            || start.StartsWith("<svg", StringComparison.OrdinalIgnoreCase)
            || start.StartsWith("<script", StringComparison.OrdinalIgnoreCase)
            || start.StartsWith("<table", StringComparison.OrdinalIgnoreCase)
            || (start.StartsWith("<?xml", StringComparison.OrdinalIgnoreCase) && (start.Contains("<svg", StringComparison.OrdinalIgnoreCase) || start.Contains("<html", StringComparison.OrdinalIgnoreCase)));
    }
}
