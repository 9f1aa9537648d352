using System.Text.RegularExpressions;

namespace Rcu.Ingestion.Reading.Workbooks.Binary;

/// <summary>How the cells of a binary workbook show their numbers: which are dates, which keep their zeros.</summary>
internal sealed partial class BinaryStyles
{
    private readonly Dictionary<int, string> _formats = new() { [1] = "0" };
    private readonly List<int> _styles = [];

    private BinaryStyles()
    {
    }

    public static BinaryStyles Read(Stream? part)
    {
        var styles = new BinaryStyles();
        if (part is null)
        {
            return styles;
        }

        using var records = new BinaryRecords(part);
        var ofCells = false;
        while (records.Read())
        {
            switch (records.Kind)
            {
                case BinaryKind.Format:
                    styles._formats[records.UInt16(0)] = records.Text(2);
                    break;
                case BinaryKind.CellStyles or BinaryKind.CellStylesEnd:
                    ofCells = records.Kind is BinaryKind.CellStyles;
                    break;
                case BinaryKind.Style when ofCells:
                    styles._styles.Add(records.UInt16(2));
                    break;
                default:
                    break;
            }
        }

        return styles;
    }

    /// <summary>The format of a style's numbers; null for the general one.</summary>
    public string? FormatOf(int style) => style < _styles.Count ? _formats.GetValueOrDefault(_styles[style]) : null;

    /// <summary>Whether the numbers of a style are days since the epoch of the workbook.</summary>
    public bool IsDate(int style) => style < _styles.Count
        && (_formats.TryGetValue(_styles[style], out var format) ? SaysDate().IsMatch(Besides().Replace(format, "")) : _styles[style] is (>= 14 and <= 22) or (>= 27 and <= 36) or 45 or 47 or (>= 50 and <= 58));

    /// <summary>Whether they are durations, which may be longer than a day.</summary>
    public bool IsDuration(int style) => style < _styles.Count
        && (_formats.TryGetValue(_styles[style], out var format) ? Duration().IsMatch(format) : _styles[style] == 46);

    // Quoted words, escaped signs, colours and conditions are no part of a date; « [h] » is a duration.
    [GeneratedRegex("""\"[^\"]*\"|\\.|_.|\*.|\[[^\]]*\]|General|Standard""", RegexOptions.IgnoreCase)]
    private static partial Regex Besides();

    [GeneratedRegex(@"\[(h+|m+|s+)\]", RegexOptions.IgnoreCase)]
    private static partial Regex Duration();

    [GeneratedRegex("[dmyhsjaDMYHSJA]")]
    private static partial Regex SaysDate();
}
