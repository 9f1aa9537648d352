using System.Text;

namespace Rcu.Demo;

/// <summary>A delimited file as one program or another writes it: its separator, its quotes, its ends of line, its encoding.</summary>
internal sealed class DelimitedText(char delimiter, string endOfLine = "\n", bool quoteAll = false)
{
    private readonly StringBuilder text = new();

    public static Encoding Windows1252 => CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    public static Encoding Latin9 => CodePagesEncodingProvider.Instance.GetEncoding(28605)!;

    public static Encoding Utf8 => new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    public static Encoding Utf8WithMark => new UTF8Encoding(encoderShouldEmitUTF8Identifier: true);

    public void Row(params ReadOnlySpan<string> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (i > 0)
            {
                text.Append(delimiter);
            }

            Append(values[i]);
        }

        text.Append(endOfLine);
    }

    public async Task WriteAsync(string path, Encoding encoding, CancellationToken ct) =>
        await File.WriteAllTextAsync(path, text.ToString(), encoding, ct);

    private void Append(string value)
    {
        if (quoteAll || value.AsSpan().IndexOfAny([delimiter, '"', '\r', '\n']) >= 0)
        {
            text.Append('"').Append(value.Replace("\"", "\"\"")).Append('"');
        }
        else
        {
            text.Append(value);
        }
    }
}
