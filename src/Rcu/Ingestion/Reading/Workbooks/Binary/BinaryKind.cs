namespace Rcu.Ingestion.Reading.Workbooks.Binary;

/// <summary>The records of a binary workbook that say something of its table, by their numbers in the specification.</summary>
internal static class BinaryKind
{
    public const int Row = 0;
    public const int Blank = 1;
    public const int Packed = 2;
    public const int Error = 3;
    public const int Truth = 4;
    public const int Number = 5;
    public const int Text = 6;
    public const int Shared = 7;
    public const int FormulaText = 8;
    public const int FormulaNumber = 9;
    public const int FormulaTruth = 10;
    public const int FormulaError = 11;
    public const int SharedItem = 19;
    public const int Format = 44;
    public const int Style = 47;
    public const int RichText = 62;
    public const int BookProperties = 153;
    public const int Sheet = 156;
    public const int Merge = 176;
    public const int CellStyles = 617;
    public const int CellStylesEnd = 618;
}
