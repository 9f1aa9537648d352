using System.Text;
using Rcu.Ingestion.Reading;

namespace Rcu.Tests.Ingestion.Reading.Corpus;

/// <summary>A file as French systems send them, and what must be read of it, line by line.</summary>
/// <param name="Expected">
/// The format guessed, its columns, then each line: its number and its cells, or « ! » and the reason why it is set aside.
/// </param>
internal sealed record CorpusFile(string Name, byte[] Bytes, string Expected)
{
    public static CorpusFile Text(string name, string text, string expected, string encoding = "utf-8", bool mark = false)
    {
        var charset = EncodingGuess.Named(encoding);
        return new CorpusFile(name, mark ? [.. charset.GetPreamble(), .. charset.GetBytes(text)] : charset.GetBytes(text), expected);
    }

    /// <summary>Text in UTF-8 in which <c>{E9}</c> is the byte of that name.</summary>
    public static CorpusFile Raw(string name, string text, string expected)
    {
        var bytes = new List<byte>();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '{' && i + 3 < text.Length && text[i + 3] == '}')
            {
                bytes.Add(Convert.ToByte(text.Substring(i + 1, 2), 16));
                i += 3;
            }
            else
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(text[i].ToString()));
            }
        }

        return new CorpusFile(name, [.. bytes], expected);
    }

    /// <summary>What was read, written as the expectation is.</summary>
    public static string Shown(Received received)
    {
        var format = received.File.Format;
        var shown = new StringBuilder($"{format.Kind} {format.Encoding} ");
        shown.Append(format.Kind is FileKind.Csv or FileKind.Fec ? $"{Sign(format.Delimiter)} {format.HeaderRow}" : $"{format.Sheet}{format.List} {format.HeaderRow}");
        shown.Append(format.DecimalSign is { } mark ? $" {mark}" : "").Append(format.Dates is { } dates ? $" {dates}" : "").Append('\n');
        foreach (var doubt in format.Doubts)
        {
            shown.Append($"? {doubt.Code} {string.Join(",", doubt.Lines)} {doubt.Detail}".TrimEnd()).Append('\n');
        }

        if (received.File.Columns.Count > 0)
        {
            shown.Append(string.Join('|', received.File.Columns.Select(Visible))).Append('\n');
        }

        foreach (var row in received.Rows)
        {
            shown.Append(row switch
            {
                ReadRow.Kept kept => $"{row.Line} {string.Join('|', kept.Fields.Leaves().Select(leaf => Visible(leaf.Value)))}",
                ReadRow.Rejected bad => $"{row.Line}! {bad.Reason.Code}",
                _ => "?",
            }).Append('\n');
        }

        return string.Join('\n', shown.ToString().TrimEnd('\n').Split('\n').Select(line => line.TrimEnd()));
    }

    private static string Sign(char delimiter) => delimiter is '\t' ? "tab" : delimiter.ToString();

    private static string Visible(string text) => text
        .Replace("\r\n", "⏎", StringComparison.Ordinal).Replace('\n', '⏎').Replace('\r', '⏎')
        .Replace('\u00A0', '~').Replace('\u202F', '~').Replace('\uFEFF', '^');
}
