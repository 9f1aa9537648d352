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
        new(ErrorKind.Invalid, "file.macros", "The workbook holds macros: save it as .xlsx, without them.");

    public static readonly Error NotAWorkbook =
        new(ErrorKind.Invalid, "file.not_a_workbook", "The document is not an Excel workbook.");

    public static readonly Error Bomb =
        new(ErrorKind.Invalid, "file.bomb", "The file inflates beyond what a real one does: it is refused unread.");

    public static readonly Error NoSheet =
        new(ErrorKind.Invalid, "file.no_sheet", "The workbook has no visible sheet with data.");

    public static readonly Error Binary =
        new(ErrorKind.Invalid, "file.binary", "The file is of a kind the hub does not read: save it as CSV or as an Excel workbook.");

    public static readonly Error Entities =
        new(ErrorKind.Invalid, "file.entities", "The file defines entities of its own (DTD), which no honest export does: it is refused unread.");

    public static readonly Error External =
        new(ErrorKind.Invalid, "file.external", "The workbook takes its data from elsewhere: save a copy that holds it.");

    public static readonly Error WebPage =
        new(ErrorKind.Invalid, "file.web_page", "The file is a web page under another name: open it with a spreadsheet and save it as .xlsx or CSV.");

    public static readonly Error UnknownXml =
        new(ErrorKind.Invalid, "file.unknown_xml", "The XML is neither a UBL nor a CII invoice: save a table as .xlsx or CSV.");

    public static readonly Error PathInArchive =
        new(ErrorKind.Invalid, "file.path_in_archive", "The archive holds a path that leads out of it: it is refused unread.");

    public static readonly Error EncryptedArchive =
        new(ErrorKind.Invalid, "file.encrypted_archive", "The archive is protected by a password: send the file without one.");

    public static readonly Error EmptyArchive =
        new(ErrorKind.Invalid, "file.empty_archive", "The archive holds no file.");

    public static readonly Error ArchiveInArchive =
        new(ErrorKind.Invalid, "file.archive_in_archive", "The archive holds another archive: send the file itself.");

    public static Error SeveralInArchive(int found) =>
        new(ErrorKind.Invalid, "file.several_in_archive", $"The archive holds {found} files: send one file at a time.") { Values = [found] };

    public static Error NoParquet(string command) =>
        new(ErrorKind.Unavailable, "file.no_parquet", $"Parquet files are read through DuckDB, which this machine does not have: {command}") { Values = [command] };

    public static Error FarCell(string cell) =>
        new(ErrorKind.Invalid, "file.far_cell", $"Cell {cell} lies far from the table: delete the empty rows and columns after it, then save again.") { Values = [cell] };

    public static Error Damaged(string detail) =>
        new(ErrorKind.Invalid, "file.damaged", $"The file is damaged: {detail}") { Values = [detail] };

    public static Error TooManyColumns(int found, int limit) =>
        new(ErrorKind.Invalid, "file.too_many_columns", $"The file has {found} columns, the hub takes {limit}.") { Values = [found, limit] };

    public static Error TooLarge(long limit) =>
        new(ErrorKind.Invalid, "file.too_large", $"The file is larger than {limit} bytes once opened.") { Values = [limit] };
}
