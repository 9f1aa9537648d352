namespace Rcu.Ingestion.Reading;

/// <summary>Why a whole file is refused before any of its rows is read.</summary>
public static class ReadingErrors
{
    public static readonly Error Empty =
        new(ErrorKind.Invalid, "file.empty", "The file is empty.");

    public static readonly Error NoHeader =
        new(ErrorKind.Invalid, "file.no_header", "No line of the file names its columns.");

    public static readonly Error Encrypted =
        new(ErrorKind.Invalid, "file.encrypted", "The workbook is protected by a password: save it without one.");

    public static readonly Error Macros =
        new(ErrorKind.Invalid, "file.macros", "The workbook holds macros: save it as .xlsx.");

    public static readonly Error OldExcel =
        new(ErrorKind.Invalid, "file.old_excel", "Old or binary Excel formats are not read: save it as .xlsx.");

    public static readonly Error NotAWorkbook =
        new(ErrorKind.Invalid, "file.not_a_workbook", "The archive is not an Excel workbook.");

    public static readonly Error Bomb =
        new(ErrorKind.Invalid, "file.bomb", "The workbook inflates beyond what a real one does: it is refused unread.");

    public static readonly Error NoSheet =
        new(ErrorKind.Invalid, "file.no_sheet", "The workbook has no visible sheet with data.");

    public static readonly Error Binary =
        new(ErrorKind.Invalid, "file.binary", "The file is not text: a CSV, an NDJSON, a FEC or an .xlsx workbook is expected.");

    public static Error Damaged(string detail) =>
        new(ErrorKind.Invalid, "file.damaged", $"The file is damaged: {detail}") { Values = [detail] };

    public static Error TooManyColumns(int found, int limit) =>
        new(ErrorKind.Invalid, "file.too_many_columns", $"The file has {found} columns, the hub takes {limit}.") { Values = [found, limit] };

    public static Error TooLarge(long limit) =>
        new(ErrorKind.Invalid, "file.too_large", $"The file is larger than {limit} bytes once opened.") { Values = [limit] };
}
