namespace Rcu.Ingestion.Reading.Workbooks;

/// <summary>A workbook, sheet by sheet and row by row, in whichever of Excel's formats it was saved.</summary>
internal interface ISheetReader : IDisposable
{
    /// <summary>The sheet that is being read.</summary>
    string Name { get; }

    bool IsVisible { get; }

    /// <summary>The row that was read last, from 0.</summary>
    int Row { get; }

    /// <summary>How many columns its rows have.</summary>
    int Width { get; }

    IReadOnlyList<MergedRange> Merges { get; }

    bool NextSheet();

    bool NextRow();

    WorkbookCell Cell(int column);
}

/// <summary>Cells that are shown as one, from 0.</summary>
internal readonly record struct MergedRange(int FromRow, int ToRow, int FromColumn);
