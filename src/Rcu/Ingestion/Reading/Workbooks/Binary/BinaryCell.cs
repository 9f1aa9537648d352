namespace Rcu.Ingestion.Reading.Workbooks.Binary;

/// <summary>Where a record of a cell says what: one that stands right after another leaves its column out.</summary>
/// <param name="Kind">As if it were written in full.</param>
/// <param name="Column">From 0.</param>
/// <param name="At">Where its value begins.</param>
internal readonly record struct BinaryCell(int Kind, long Column, int Style, int At)
{
    private const int FirstShort = 12;
    private const int LastShort = 18;
    private const int Shorter = 11;

    public static bool Is(int kind) => kind is >= BinaryKind.Blank and <= BinaryKind.FormulaError or >= FirstShort and <= LastShort or BinaryKind.RichText;

    /// <param name="before">The column of the cell before it in its row; -1 at the beginning.</param>
    public static BinaryCell Of(BinaryRecords record, long before)
    {
        var isShort = record.Kind is >= FirstShort and <= LastShort;
        var style = (int)(record.UInt32(isShort ? 0 : 4) & 0xFFFFFF);
        return isShort ? new BinaryCell(record.Kind - Shorter, before + 1, style, 4) : new BinaryCell(record.Kind, record.UInt32(0), style, 8);
    }
}
