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

    /// <summary>Accents encoded twice are restored.</summary>
    public bool Twice { get; init; }

    /// <summary>Signs that tell that a line is in another character set: it is set aside while nobody has declared one.</summary>
    public string Suspects { get; init; } = "";

    /// <summary>The decimal sign of its numbers, <c>,</c> or <c>.</c>; null when it has none.</summary>
    public char? DecimalSign { get; init; }

    /// <summary>The order of the day, the month and the year in its dates; null when it has none written so. Months first are read as such.</summary>
    public DateOrder? Dates { get; init; }

    /// <summary>What its bytes do not settle.</summary>
    public IReadOnlyList<FormatDoubt> Doubts { get; init; } = [];

    /// <summary>What a person declares settles the doubts about it.</summary>
    internal FileFormat Settled(FileFormat seen)
    {
        var titles = HeaderRow == seen.HeaderRow ? Doubts : [.. Doubts.Where(doubt => doubt.Code != FormatDoubt.Titles)];
        return Encoding == seen.Encoding
            ? this with { Doubts = titles }
            : this with
            {
                Doubts = [.. titles.Where(doubt => doubt.Code is not (FormatDoubt.Mixed or FormatDoubt.Twice))],
                Suspects = "",
                Twice = seen.Encoding == "utf-8", // what is UTF-8 all the same is told apart, line by line
            };
    }
}

/// <summary>The order of a date's numbers.</summary>
public enum DateOrder
{
    DayMonthYear,
    MonthDayYear,
    YearMonthDay,
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
    Invoice,
    Parquet,
}
