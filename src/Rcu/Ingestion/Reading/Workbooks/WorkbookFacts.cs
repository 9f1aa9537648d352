namespace Rcu.Ingestion.Reading.Workbooks;

/// <summary>What is in a workbook that its table does not show.</summary>
/// <param name="HiddenSheets">Sheets that are not read unless asked for by name.</param>
/// <param name="HiddenRows">Rows that a filter hides; they are read all the same.</param>
/// <param name="Uncomputed">Cells whose formula has no value in the file: they read as empty.</param>
/// <param name="Errors">Cells that hold an error of the spreadsheet, such as #N/A: they read as empty.</param>
internal sealed record WorkbookFacts(
    IReadOnlyList<string> HiddenSheets, IReadOnlyList<long> HiddenRows, IReadOnlyList<string> Uncomputed, IReadOnlyList<string> Errors)
{
    public static readonly WorkbookFacts None = new([], [], [], []);

    /// <summary>The format with what a person should know of its workbook.</summary>
    public FileFormat Tell(FileFormat format)
    {
        var doubts = new List<FormatDoubt>(format.Doubts);
        if (HiddenRows.Count > 0)
        {
            doubts.Add(new FormatDoubt(FormatDoubt.HiddenRows, HiddenRows, ""));
        }

        Add(doubts, FormatDoubt.HiddenSheets, HiddenSheets);
        Add(doubts, FormatDoubt.Uncomputed, Uncomputed);
        Add(doubts, FormatDoubt.CellErrors, Errors);
        return format with { Doubts = doubts };
    }

    private static void Add(List<FormatDoubt> doubts, string code, IReadOnlyList<string> seen)
    {
        if (seen.Count > 0)
        {
            doubts.Add(new FormatDoubt(code, [], string.Join(", ", seen)));
        }
    }
}
