using System.Globalization;

namespace Rcu.Ingestion.Reading;

/// <summary>
/// Something of a file's format that its bytes do not settle: a preview shows it, and a person may decide otherwise.
/// </summary>
/// <param name="Code">Stable, for machines, and the name of its French and English texts.</param>
/// <param name="Lines">The first lines it is seen on; empty when it is about the whole file.</param>
/// <param name="Detail">What was seen, or what was chosen: a value, a character set, the name of a sheet.</param>
public sealed record FormatDoubt(string Code, IReadOnlyList<long> Lines, string Detail)
{
    /// <summary>Some lines are in another character set than the others.</summary>
    public const string Mixed = "doubt.encoding_mixed";

    /// <summary>Accents were encoded twice (« SociÃ©tÃ© »); they are restored.</summary>
    public const string Twice = "doubt.encoding_twice";

    /// <summary>The columns are named below some lines of titles.</summary>
    public const string Titles = "doubt.titles";

    /// <summary>Nothing says whether 03/04 is in March or in April.</summary>
    public const string DateOrder = "doubt.date_order";

    /// <summary>Some dates can only be read day first, others only month first.</summary>
    public const string DateOrders = "doubt.date_orders";

    /// <summary>Nothing says whether 1,234 is a thousand or one and a bit.</summary>
    public const string DecimalSign = "doubt.decimal";

    /// <summary>Some numbers have a decimal comma, others a decimal point.</summary>
    public const string DecimalSigns = "doubt.decimals";

    /// <summary>A workbook has sheets that are not shown, and not read.</summary>
    public const string HiddenSheets = "doubt.hidden_sheets";

    /// <summary>A workbook has rows that are not shown; they are read.</summary>
    public const string HiddenRows = "doubt.hidden_rows";

    /// <summary>Cells whose formula has no value in the file: they read as empty.</summary>
    public const string Uncomputed = "doubt.uncomputed";

    /// <summary>Cells that hold an error of the spreadsheet (#N/A): they read as empty.</summary>
    public const string CellErrors = "doubt.cell_errors";

    /// <summary>A FEC whose name is not the SIREN, « FEC » and the last day of its year.</summary>
    public const string LedgerName = "doubt.ledger_name";

    /// <summary>A FEC without some of the columns that the law asks for.</summary>
    public const string LedgerColumns = "doubt.ledger_columns";

    /// <summary>What its texts say <c>{0}</c> and <c>{1}</c> for.</summary>
    public object[] Values => [string.Join(", ", Lines.Select(line => line.ToString(CultureInfo.CurrentCulture))), Detail];
}
