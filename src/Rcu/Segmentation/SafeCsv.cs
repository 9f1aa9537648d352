using System.Buffers;
using System.Globalization;
using System.Text;

namespace Rcu.Segmentation;

/// <summary>
/// Writes files a French Excel opens as they are: semicolons, a byte order mark, decimal commas. What came from outside never
/// becomes a formula: a cell that begins like one is quoted and begins with an apostrophe.
/// </summary>
public static class SafeCsv
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create(";\"\r\n\t,");
    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr-FR");

    /// <summary>A writer that has already written the byte order mark.</summary>
    public static StreamWriter Open(Stream output) => new(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), 64 * 1024, leaveOpen: true)
    {
        NewLine = "\r\n",
    };

    public static string Line(params IEnumerable<object?> cells) => string.Join(';', cells.Select(Cell));

    public static string Cell(object? value) => value switch
    {
        null => "",
        decimal number => number.ToString("0.##", French),
        int number => number.ToString(CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture),
        DateTimeOffset at => at.ToString("dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture),
        IEnumerable<string> list => Text(string.Join(", ", list)),
        _ => Text(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""),
    };

    private static string Text(string text)
    {
        var guarded = BeginsLikeAFormula(text) ? $"'{text}" : text;
        return guarded != text || guarded.AsSpan().IndexOfAny(Quoted) >= 0 || guarded.Trim() != guarded
            ? $"\"{guarded.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : guarded;
    }

    // Spreadsheets skip leading blanks, and read the full-width signs as the plain ones.
    private static bool BeginsLikeAFormula(string text) =>
        text.Length > 0 && (text[0] is '\t' or '\r' or '\n' || text.TrimStart() is [var first, ..] && "=+-@＝＋－＠|%".Contains(first, StringComparison.Ordinal));
}
