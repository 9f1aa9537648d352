using System.Text;
using Rcu.Ingestion.Reading;
using Rcu.Ingestion.Reading.Guesses;

namespace Rcu.Web.Commands.Csv;

/// <summary>Sees how a delimited file is written, so that nobody has to say it, and refuses what is no such file.</summary>
internal static class CsvDetector
{
    private const int HeadLength = 1024 * 1024;
    private const int SampledRows = 200;
    private const int MostColumns = 1000;

    // What French text holds: the encoding that reads the most of it out of the same bytes is the right one.
    private const string Likely = "éèêëàâäçôöîïûùüœæÉÈÊËÀÂÇÔÎÛŒ’‘“”«»°€–…\u00A0";

    private static readonly string[] OneByte = ["windows-1252", "macintosh", "ibm850", "iso-8859-15"];

    public static Result<CsvShape> Detect(string path)
    {
        if (!File.Exists(path))
        {
            return Directory.Exists(path) ? CsvErrors.Folder(path) : CsvErrors.Missing(path);
        }

        try
        {
            using var file = File.OpenRead(path);
            var head = new byte[(int)Math.Min(HeadLength, file.Length)];
            head = head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
            return Detect(path, head);
        }
        catch (Exception refused) when (refused is UnauthorizedAccessException or IOException)
        {
            return CsvErrors.Unreadable(path, refused);
        }
    }

    private static Result<CsvShape> Detect(string path, byte[] head)
    {
        if (head.Length == 0)
        {
            return CsvErrors.Empty(path);
        }

        var (encoding, mark) = EncodingOf(head);
        if (FormatDetector.IsZip(head) || FormatDetector.IsOldOffice(head))
        {
            return CsvErrors.Workbook(path);
        }

        if (!encoding.WebName.StartsWith("utf-16", StringComparison.Ordinal) && head.Count(b => b < 32 && b is not (9 or 10 or 12 or 13)) > head.Length / 100)
        {
            return CsvErrors.Binary(path);
        }

        if (head.AsSpan(mark).TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'<', ..])
        {
            return CsvErrors.NotDelimited(path);
        }

        var start = encoding.GetString(head, mark, Math.Min(16, head.Length - mark));
        var skipped = 0;
        byte separator;
        if (start.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && start.Length > 4)
        {
            (separator, skipped) = ((byte)start[4], 1);
        }
        else
        {
            separator = CsvShape.Separators.MaxBy(candidate => Header(Sample(path, encoding, mark, candidate)).Score);
        }

        var rows = Sample(path, encoding, mark, separator).Skip(skipped).ToList();
        if (rows.Count == 0)
        {
            return CsvErrors.Empty(path);
        }

        if (rows[0].Length > MostColumns)
        {
            return CsvErrors.TooManyColumns(path, rows[0].Length, MostColumns);
        }

        var titles = Header(rows).Row;
        titles = HeaderGuess.IsHeader([.. rows.Skip(titles)]) ? titles : 0;
        rows.RemoveRange(0, titles);
        var hasHeader = titles > 0 || HeaderGuess.IsHeader(rows);
        var columns = hasHeader ? NamesOf(rows[0]) : [.. Enumerable.Range(1, rows.Max(row => row.Length)).Select(n => $"colonne_{n}")];
        var lineEnd = head.AsSpan().IndexOf("\r\n"u8) >= 0 || head.AsSpan().IndexOf("\r\0\n"u8) >= 0 ? "\r\n" : "\n";
        return new CsvShape(path, encoding, mark, separator, lineEnd, skipped + titles + (hasHeader ? 1 : 0), titles, hasHeader, columns);
    }

    private static (Encoding Encoding, int Mark) EncodingOf(byte[] head)
    {
        switch (head)
        {
            case [0xEF, 0xBB, 0xBF, ..]: return (Encoding.UTF8, 3);
            case [0xFF, 0xFE, ..]: return (Encoding.Unicode, 2);
            case [0xFE, 0xFF, ..]: return (Encoding.BigEndianUnicode, 2);
        }

        var zeros = (Even: head.Where((b, i) => b == 0 && i % 2 == 0).Count(), Odd: head.Where((b, i) => b == 0 && i % 2 == 1).Count());
        if (zeros.Even + zeros.Odd > head.Length * 3 / 10 && Math.Min(zeros.Even, zeros.Odd) < head.Length / 50)
        {
            return (zeros.Odd > zeros.Even ? Encoding.Unicode : Encoding.BigEndianUnicode, 0);
        }

        var guess = new EncodingGuess();
        guess.Add(head);
        if (guess.Name() == "utf-8")
        {
            return (Encoding.UTF8, 0);
        }

        return (OneByte.Select(EncodingGuess.Named).MaxBy(encoding => encoding.GetString(head).Count(Likely.Contains))!, 0);
    }

    private static List<string[]> Sample(string path, Encoding encoding, int mark, byte separator)
    {
        using var scanner = new CsvScanner(Utf8Bytes.Open(path, encoding, mark), separator);
        var rows = new List<string[]>();
        while (rows.Count < SampledRows && scanner.Next())
        {
            var cells = new string[scanner.Count];
            for (var i = 0; i < cells.Length; i++)
            {
                cells[i] = Encoding.UTF8.GetString(scanner.Value(i));
            }

            rows.Add(cells);
        }

        return rows;
    }

    // How well the rows are cut, and which of them names the columns.
    private static (double Score, int Row) Header(List<string[]> rows)
    {
        var (score, line) = DelimiterGuess.Best([.. rows.Select((cells, i) => new SampleRow(i + 1, cells))]);
        return (score, line - 1);
    }

    // As the file says them; a nameless one is called by its place, the second of a name gets its number.
    private static List<string> NamesOf(string[] header)
    {
        var names = new List<string>();
        foreach (var cell in header)
        {
            var name = cell.Trim('\uFEFF', ' ', '\u00A0', '\t').ReplaceLineEndings(" ");
            var free = name = name.Length > 0 ? name : $"colonne_{names.Count + 1}";
            for (var n = 2; names.Contains(free, StringComparer.OrdinalIgnoreCase); n++)
            {
                free = $"{name} ({n})";
            }

            names.Add(free);
        }

        return names;
    }
}
