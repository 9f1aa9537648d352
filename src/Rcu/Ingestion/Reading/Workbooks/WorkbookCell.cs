using System.Globalization;

namespace Rcu.Ingestion.Reading.Workbooks;

/// <summary>A cell of a workbook as text, nothing lost: no exponent, no missing zero, no serial number for a date.</summary>
/// <param name="IsText">Whether the cell holds words, as the name of a column does.</param>
internal readonly record struct WorkbookCell(string Text, bool IsText)
{
    /// <param name="format">How the workbook shows the number; null when it says nothing.</param>
    public static WorkbookCell Of(object? value, string? format) =>
        value switch
        {
            null => new WorkbookCell("", false),
            string text => new WorkbookCell(text, text.Trim().Length > 0),
            double number => new WorkbookCell(Number(number, format), false),
            DateTime date => new WorkbookCell(Date(date), false),
            TimeSpan time => new WorkbookCell(time.ToString("c", CultureInfo.InvariantCulture), false),
            bool truth => new WorkbookCell(truth ? "true" : "false", false),
            var other => new WorkbookCell(Convert.ToString(other, CultureInfo.InvariantCulture) ?? "", false),
        };

    // A postal code typed as a number shows its zeros through a format of zeros.
    private static string Number(double value, string? format)
    {
        var text = value == Math.Floor(value) && Math.Abs(value) < 1e18
            ? ((long)value).ToString(CultureInfo.InvariantCulture)
            : value.ToString("0.###############", CultureInfo.InvariantCulture);
        return format is { Length: > 0 } && format.All(c => c == '0') && value >= 0 ? text.PadLeft(format.Length, '0') : text;
    }

    private static string Date(DateTime date) =>
        date.ToString(date.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
}
