namespace Rcu.Ingestion.Reading;

/// <summary>How the bytes of a file are to be read: what was recognised, or what a person declared instead.</summary>
/// <param name="Encoding">The name of the character set, as .NET knows it: <c>utf-8</c>, <c>windows-1252</c>.</param>
/// <param name="Delimiter">What stands between two cells of a line of text.</param>
/// <param name="Quote">What surrounds a cell that holds the delimiter or a line break. Null: nothing does.</param>
/// <param name="HeaderRow">The line that names the columns, counted from 1. Null: found by looking, or there is none.</param>
/// <param name="Sheet">The sheet of a workbook. Null: the first visible one that is not empty.</param>
public sealed record FileFormat(
    FileKind Kind,
    string Encoding = "utf-8",
    char Delimiter = ',',
    char? Quote = '"',
    int? HeaderRow = null,
    string? Sheet = null)
{
    /// <summary>The property that holds the list of a JSON file. Null: the file is the list.</summary>
    public string? List { get; init; }
}

/// <summary>The families of files the hub reads. A FEC is the accounting export that French law asks of every ledger.</summary>
public enum FileKind
{
    Csv,
    Xlsx,
    Ndjson,
    Fec,
    Json,
    Xls,
}
