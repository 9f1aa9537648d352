namespace Rcu.Web.Commands.Csv;

/// <summary>Why a file cannot be read as a delimited one, before any of its rows is.</summary>
internal static class CsvErrors
{
    public static Error Missing(string path) =>
        new(ErrorKind.NotFound, "csv.missing", $"The file {path} does not exist.") { Values = [path] };

    public static Error Folder(string path) =>
        new(ErrorKind.Invalid, "csv.folder", $"{path} is a folder.") { Values = [path] };

    public static Error Unreadable(string path, Exception why) => why is UnauthorizedAccessException
        ? new(ErrorKind.Forbidden, "csv.read_denied", $"{path} may not be read.") { Values = [path] }
        : new(ErrorKind.Invalid, "csv.unreadable", $"{path} cannot be read: {why.Message}") { Values = [path, why.Message] };

    public static Error Unwritable(string path, Exception why) => why switch
    {
        UnauthorizedAccessException => new(ErrorKind.Forbidden, "csv.write_denied", $"{path} may not be written.") { Values = [path] },
        DirectoryNotFoundException => new(ErrorKind.NotFound, "csv.no_folder", $"The folder of {path} does not exist.") { Values = [path] },
        _ => new(ErrorKind.Invalid, "csv.unwritable", $"{path} cannot be written: {why.Message}") { Values = [path, why.Message] },
    };

    public static Error Empty(string path) =>
        new(ErrorKind.Invalid, "csv.empty", $"{path} is empty.") { Values = [path] };

    public static Error NoRow(string path) =>
        new(ErrorKind.Invalid, "csv.no_row", $"{path} has a header and no row.") { Values = [path] };

    public static Error Workbook(string path) =>
        new(ErrorKind.Invalid, "csv.workbook", $"{path} is a workbook or an archive.") { Values = [path] };

    public static Error Binary(string path) =>
        new(ErrorKind.Invalid, "csv.binary", $"{path} is not text.") { Values = [path] };

    public static Error NotDelimited(string path) =>
        new(ErrorKind.Invalid, "csv.not_delimited", $"{path} is JSON or XML.") { Values = [path] };

    public static Error TooManyColumns(string path, int found, int limit) =>
        new(ErrorKind.Invalid, "csv.too_many_columns", $"{path} has {found} columns, more than {limit}.") { Values = [path, found, limit] };

    public static Error UnknownColumn(string column, string path, IEnumerable<string> columns) =>
        new(ErrorKind.Invalid, "csv.unknown_column", $"{path} has no column {column}.") { Values = [column, path, string.Join(", ", columns)] };
}
