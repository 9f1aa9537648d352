namespace Rcu.Ingestion.Reading.Workbooks;

/// <summary>What is in a workbook that its table does not show.</summary>
/// <param name="HiddenSheets">Sheets that are not read unless asked for by name.</param>
/// <param name="HiddenRows">Rows that a filter hides; they are read all the same.</param>
/// <param name="Uncomputed">Cells whose formula has no value in the file: they read as empty.</param>
internal sealed record WorkbookFacts(
    IReadOnlyList<string> HiddenSheets, IReadOnlyList<long> HiddenRows, IReadOnlyList<string> Uncomputed)
{
    public static readonly WorkbookFacts None = new([], [], []);
}
