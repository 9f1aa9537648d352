using System.Text.RegularExpressions;
using Rcu.Ingestion.Reading.Guesses;
using Rcu.Ingestion.Reading.Json;
using Rcu.Ingestion.Reading.Parquet;

namespace Rcu.Ingestion.Reading;

/// <summary>Recognises what a file is from its bytes and its name, so that nobody has to say « point-virgule, Windows-1252 ».</summary>
public static partial class FormatDetector
{
    /// <summary>How much of a file is enough to see its delimiter.</summary>
    public const int HeadLength = 64 * 1024;

    private static readonly char[] Delimiters = [';', ',', '\t', '|'];

    public static FileFormat Detect(ReadOnlySpan<byte> head, string fileName)
    {
        var encoding = new EncodingGuess();
        encoding.Add(head);
        return Detect(head, fileName, encoding.Name(), isWhole: true);
    }

    /// <summary>The same, sure of the character set: an accent may wait until the last line.</summary>
    public static async Task<FileFormat> DetectAsync(Stream file, string fileName, CancellationToken ct)
    {
        var head = new byte[HeadLength];
        var length = await file.ReadAtLeastAsync(head, HeadLength, throwOnEndOfStream: false, ct);
        head = head[..length];
        if (IsZip(head) || IsOldOffice(head) || ParquetRows.IsParquet(head))
        {
            return new FileFormat(IsZip(head) ? FileKind.Xlsx : IsOldOffice(head) ? FileKind.Xls : FileKind.Parquet);
        }

        var encoding = new EncodingGuess();
        encoding.Add(head);
        var rest = new byte[HeadLength];
        while ((length = await file.ReadAsync(rest, ct)) > 0)
        {
            encoding.Add(rest.AsSpan(0, length));
        }

        return encoding.Tell(Detect(head, fileName, encoding.Name(), head.Length < HeadLength));
    }

    public static bool IsZip(ReadOnlySpan<byte> head) => head.StartsWith("PK\x03\x04"u8) || head.StartsWith("PK\x05\x06"u8);

    /// <summary>The old binary Excel, and the envelope that a password puts around a new one.</summary>
    public static bool IsOldOffice(ReadOnlySpan<byte> head) => head.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]);

    /// <summary>An XML file that is no invoice.</summary>
    internal static bool IsOtherXml(ReadOnlySpan<byte> head)
    {
        var encoding = new EncodingGuess();
        encoding.Add(head);
        var text = EncodingGuess.Named(encoding.Name()).GetString(head).TrimStart('\uFEFF');
        return text.AsSpan().TrimStart().StartsWith("<?xml", StringComparison.OrdinalIgnoreCase) && !InvoiceRoot().IsMatch(text);
    }

    /// <summary>The ledger's owner, when the file bears the name the law gives a FEC.</summary>
    public static string? LedgerOwner(string fileName) =>
        FecName().Match(Path.GetFileName(fileName)) is { Success: true } match ? match.Groups[1].Value : null;

    private static FileFormat Detect(ReadOnlySpan<byte> head, string fileName, string encoding, bool isWhole)
    {
        if (IsZip(head))
        {
            return new FileFormat(FileKind.Xlsx);
        }

        var text = EncodingGuess.Named(encoding).GetString(head).TrimStart('\uFEFF');
        var start = text.AsSpan().TrimStart();
        if (start.StartsWith("<") && InvoiceRoot().IsMatch(text))
        {
            return new FileFormat(FileKind.Invoice, encoding);
        }

        if (start.StartsWith("{") || start.StartsWith("["))
        {
            return JsonShape.Of(text, isWhole, encoding);
        }

        if (start.StartsWith("JournalCode", StringComparison.OrdinalIgnoreCase)
            || start.StartsWith("\"JournalCode", StringComparison.OrdinalIgnoreCase)
            || LedgerOwner(fileName) is not null)
        {
            var header = FirstLine(start);
            var quote = header.StartsWith("\"") ? '"' : (char?)null;
            return new FileFormat(FileKind.Fec, encoding, MostFrequent(header), quote, 1);
        }

        return start.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && start.Length > 4 && Separates(start[4])
            ? new FileFormat(FileKind.Csv, encoding, start[4], '"', 2)
            : Table(text, encoding);
    }

    private static FileFormat Table(string text, string encoding)
    {
        var (delimiter, header) = DelimiterGuess.Of(text, Delimiters);
        return new FileFormat(FileKind.Csv, encoding, delimiter, '"', header)
        {
            Doubts = header == 1 ? [] : [new FormatDoubt(FormatDoubt.Titles, [header], "")],
        };
    }

    private static bool Separates(char sign) => sign is '\t' || (sign is not '"' && (char.IsPunctuation(sign) || char.IsSymbol(sign)));

    private static ReadOnlySpan<char> FirstLine(ReadOnlySpan<char> text) =>
        text.IndexOfAny('\r', '\n') is var end and >= 0 ? text[..end] : text;

    private static char MostFrequent(ReadOnlySpan<char> line)
    {
        var best = '\t';
        var most = 0;
        foreach (var delimiter in Delimiters)
        {
            if (line.Count(delimiter) is var count && count > most)
            {
                (best, most) = (delimiter, count);
            }
        }

        return best;
    }

    // Only a declaration and comments may stand before the invoice.
    [GeneratedRegex(@"\A(?>(\s+|<\?[^>]*\?>|<!--.*?-->|<!DOCTYPE[^>]*>)*)<(\w{1,20}:)?(Invoice|CreditNote|CrossIndustryInvoice)\b", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex InvoiceRoot();

    [GeneratedRegex(@"^(\d{9})FEC\d{8}.*\.(txt|csv)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FecName();
}
