using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Rcu.Web.Commands.Csv;

namespace Rcu.Web.Tests.Commands;

/// <summary>The reader of delimited text, against CsvHelper where the format is plain, and by example where it is broken.</summary>
public sealed class CsvScannerTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData(';', "\n")]
    [InlineData(',', "\r\n")]
    [InlineData('\t', "\r")]
    [InlineData('|', "\r\n")]
    public void Reads_what_CsvHelper_reads(char separator, string lineEnd)
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var text = Nasty(new Random(seed), separator, lineEnd);
            File.WriteAllText(_path, text, new UTF8Encoding(false));

            Assert.Equal(ByCsvHelper(text, separator), Rows(separator, Encoding.UTF8));
        }
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("windows-1252")]
    [InlineData("iso-8859-15")]
    [InlineData("macintosh")]
    public void Reads_the_same_whatever_the_encoding(string name)
    {
        var encoding = Rcu.Ingestion.Reading.EncodingGuess.Named(name);
        var text = string.Concat(Enumerable.Range(0, 40_000).Select(i => $"{i};Société générale n° {i};\"Évry, « été »\nà côté\"\r\n"));
        File.WriteAllBytes(_path, encoding.GetBytes(text));

        var rows = Rows(';', encoding);

        Assert.Equal(40_000, rows.Count);
        Assert.All(rows.Index(), row => Assert.Equal([$"{row.Index}", $"Société générale n° {row.Index}", "Évry, « été »\nà côté"], row.Item));
    }

    [Fact]
    public void A_byte_that_is_not_utf8_is_what_Windows_means_by_it()
    {
        var start = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("é;a\n", 60_000)));
        File.WriteAllBytes(_path, [.. start, .. "caf\xE9;b\n".Select(c => (byte)c)]);

        Assert.Equal(["café", "b"], Rows(';', Encoding.UTF8)[^1]);
    }

    [Fact]
    public void A_cell_may_be_longer_than_what_is_read_at_once()
    {
        var longCell = new string('x', 700_000);
        File.WriteAllText(_path, $"a;\"{longCell}\"\"\n;\";c\nd;e;f");

        Assert.Equal([["a", $"{longCell}\"\n;", "c"], ["d", "e", "f"]], Rows(';', Encoding.UTF8));
    }

    [Theory]
    [InlineData("a;\"b;c\nd;e;f\n", new[] { "a|\"b|c", "d|e|f" })]
    [InlineData("a;\"b;c\n\"d\";e;f\ng;h;i", new[] { "a|\"b|c", "d|e|f", "g|h|i" })]
    [InlineData("a;\"b\" c;d\ne;f;g", new[] { "a|b c|d", "e|f|g" })]
    [InlineData("a;b \"c\" d;e", new[] { "a|b \"c\" d|e" })]
    [InlineData("a;\"\";c\n\"\"\"\"\n", new[] { "a||c", "\"" })]
    [InlineData("a;b;\nc;d;", new[] { "a|b|", "c|d|" })]
    [InlineData("a\n\n\r\n\nb", new[] { "a", "b" })]
    [InlineData("a;=\"007\";\"=\"\"08\"\"\"", new[] { "a|007|08" })]
    [InlineData("a;\"b\r\nc\"\rd;e\r", new[] { "a|b\r\nc", "d|e" })]
    [InlineData(";\n;", new[] { "|", "|" })]
    [InlineData("", new string[0])]
    public void A_broken_cell_spoils_no_other_row(string text, string[] expected)
    {
        File.WriteAllText(_path, text);

        Assert.Equal(expected, Rows(';', Encoding.UTF8).Select(row => string.Join('|', row)));
    }

    [Fact]
    public void A_quote_that_is_never_closed_is_said_with_its_line()
    {
        File.WriteAllText(_path, "a;b\n\"x\ny\";z\n1;\"2\n3;4\n");

        using var scanner = new CsvScanner(Utf8Bytes.Open(_path, Encoding.UTF8, 0), (byte)';');
        var said = new List<(long, bool)>();
        while (scanner.Next())
        {
            said.Add((scanner.Line, scanner.HasBrokenQuote));
        }

        Assert.Equal([(1, false), (2, false), (4, true), (5, false)], said);
    }

    [Fact]
    public void The_start_of_a_row_is_given_as_written()
    {
        File.WriteAllText(_path, "a;\"b \"\"c\"\"\";\"d\";e;f\n");

        using var scanner = new CsvScanner(Utf8Bytes.Open(_path, Encoding.UTF8, 0), (byte)';');
        scanner.Next();

        Assert.Equal("a;\"b \"\"c\"\"\"", Encoding.UTF8.GetString(scanner.RawFirst(2)));
        Assert.Equal("a;\"b \"\"c\"\"\";\"d\";e;f", Encoding.UTF8.GetString(scanner.Raw));
    }

    [Fact]
    public void Whatever_the_text_no_byte_of_it_is_lost()
    {
        string[] pieces = ["\"", "\"", ";", "\n", "\r\n", "\r", "a", "é", "\0", " ", "=\"", "\"\""];
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            File.WriteAllText(_path, string.Concat(Enumerable.Range(0, random.Next(1, 400)).Select(_ => pieces[random.Next(pieces.Length)])));

            var read = new List<byte>();
            using var scanner = new CsvScanner(Utf8Bytes.Open(_path, Encoding.UTF8, 0), (byte)';');
            while (scanner.Next())
            {
                read.AddRange(scanner.Raw);
                Assert.Equal(scanner.Raw.ToArray(), scanner.RawFirst(scanner.Count).ToArray());
            }

            byte[] lineEnds = [(byte)'\n', (byte)'\r'];
            Assert.Equal(File.ReadAllBytes(_path).Where(b => !lineEnds.Contains(b)), read.Where(b => !lineEnds.Contains(b)));
        }
    }

    private List<string[]> Rows(char separator, Encoding encoding)
    {
        using var scanner = new CsvScanner(Utf8Bytes.Open(_path, encoding, 0), (byte)separator);
        var rows = new List<string[]>();
        while (scanner.Next())
        {
            rows.Add([.. Enumerable.Range(0, scanner.Count).Select(i => Encoding.UTF8.GetString(scanner.Value(i)))]);
        }

        return rows;
    }

    // Well-formed, but for its widths: quotes doubled, line ends inside, blank lines, accents, cells of every length.
    private static string Nasty(Random random, char separator, string lineEnd)
    {
        string[] pieces = ["é", "œuvre", "\"", "\"\"", separator.ToString(), "\n", "\r\n", "\r", " ", "", "x", "12,5", "=1", "🙂", new string('z', random.Next(300))];
        var text = new StringBuilder();
        for (var row = random.Next(1, 2000); row >= 0; row--)
        {
            for (var cell = random.Next(0, 8); cell >= 0; cell--)
            {
                var value = string.Concat(Enumerable.Range(0, random.Next(0, 4)).Select(_ => pieces[random.Next(pieces.Length)]));
                var needsQuotes = value.AsSpan().IndexOfAny(['"', '\n', '\r', separator]) >= 0;
                text.Append(needsQuotes || random.Next(4) == 0 ? $"\"{value.Replace("\"", "\"\"")}\"" : value);
                text.Append(cell > 0 ? separator.ToString() : "");
            }

            text.Append(string.Concat(Enumerable.Repeat(lineEnd, random.Next(10) == 0 ? 3 : 1)));
        }

        return text.ToString();
    }

    private static List<string[]> ByCsvHelper(string text, char separator)
    {
        using var parser = new CsvParser(new StringReader(text), new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = separator.ToString(),
            BadDataFound = null,
        });
        var rows = new List<string[]>();
        while (parser.Read())
        {
            rows.Add(parser.Record!);
        }

        return rows;
    }
}
