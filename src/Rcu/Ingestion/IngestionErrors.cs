using Rcu.Ingestion.Reading;

namespace Rcu.Ingestion;

/// <summary>Why an import is refused, or cannot be cancelled or undone.</summary>
public static class IngestionErrors
{
    public static readonly Error NotFound =
        new(ErrorKind.NotFound, "import.not_found", "This import does not exist.");

    public static readonly Error UnknownFile =
        new(ErrorKind.Invalid, "import.unknown_file", "No declared mapping knows this file, neither by its name nor by its columns.");

    public static readonly Error AlreadyEnded =
        new(ErrorKind.Conflict, "import.already_ended", "This import has already ended.");

    public static readonly Error NotAtWork =
        new(ErrorKind.Conflict, "import.not_at_work", "Only an import that waits or is at work can be paused.");

    public static readonly Error NotPaused =
        new(ErrorKind.Conflict, "import.not_paused", "This import is not paused.");

    public static readonly Error NothingAbsent =
        new(ErrorKind.Conflict, "import.nothing_absent", "No record waits to be withdrawn because this file does not hold it.");

    public static readonly Error AbsentAgreed =
        new(ErrorKind.Conflict, "import.absent_agreed", "Somebody already agreed: the file is read again, or was.");

    public static readonly Error NewerCame =
        new(ErrorKind.Conflict, "import.newer_came", "Another file of this source came since: it says what there is now.");

    public static readonly Error FileForgotten =
        new(ErrorKind.Conflict, "import.file_forgotten", "The file is no longer kept: hand it over again.");

    public static Error AbsentUnread(long rows) =>
        new(ErrorKind.Conflict, "import.absent_unreadable", $"{rows} rows set aside may speak of any record: put them right and hand the file over again.") { Values = [rows] };

    public static readonly Error NotEnded =
        new(ErrorKind.Conflict, "import.not_ended", "Only an import that has succeeded can be undone.");

    public static Error RowRefused(RejectReason reason) =>
        new(ErrorKind.Invalid, "import.row_refused", $"Refused ({reason.Code}): {reason.Message}") { Values = [reason.Message] };

    public static Error UnknownSource(string name) =>
        new(ErrorKind.Invalid, "import.unknown_source", $"There is no source named {name}.") { Values = [name] };

    public static Error AlreadyUndone(string by) =>
        new(ErrorKind.Conflict, "import.already_undone", $"{by} already undid this import.") { Values = [by] };

    public static Error TooLarge(long limit) =>
        new(ErrorKind.Invalid, "import.too_large", $"The file is larger than {limit} bytes.") { Values = [limit] };
}
