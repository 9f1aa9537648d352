namespace Rcu.Ingestion.Drafts;

/// <summary>Why a step of an import being prepared cannot be taken yet.</summary>
public static class DraftErrors
{
    public static readonly Error NotFound =
        new(ErrorKind.NotFound, "draft.not_found", "This import is no longer being prepared.");

    public static readonly Error Started =
        new(ErrorKind.Conflict, "draft.started", "This import has been started already.");

    public static readonly Error NoSource =
        new(ErrorKind.Invalid, "draft.no_source", "Say which source the file comes from.");

    public static readonly Error NoField =
        new(ErrorKind.Invalid, "draft.no_field", "No column feeds a field: nothing would be imported.");

    public static readonly Error NoKey =
        new(ErrorKind.Invalid, "draft.no_key", "Choose the columns that tell a row from all others.");

    public static readonly Error NoLegalBasis =
        new(ErrorKind.Invalid, "draft.no_legal_basis", "The file holds persons: say what for and on which legal ground it was collected.");

    public static readonly Error NotChecked =
        new(ErrorKind.Conflict, "draft.not_checked", "The whole file has not been checked with this mapping yet.");

    public static readonly Error NothingPasted =
        new(ErrorKind.Invalid, "draft.nothing_pasted", "Paste some cells first.");

    /// <param name="most">In characters.</param>
    public static Error PastedTooMuch(int most) =>
        new(ErrorKind.Invalid, "draft.pasted_too_much", $"More than {most} characters were pasted: send the file.") { Values = [most] };

    public static readonly Error RowNotFound =
        new(ErrorKind.NotFound, "draft.row_not_found", "This row is not one that can be put right here.");

    public static readonly Error AbsentUnconfirmed =
        new(ErrorKind.Conflict, "draft.absent_unconfirmed", "More than a fifth of the records are not in this file: confirm that they are to be withdrawn.");

    public static readonly Error NothingSought =
        new(ErrorKind.Invalid, "draft.nothing_sought", "Say what is to be replaced, in 200 characters at most.");

    public static readonly Error NothingToReplace =
        new(ErrorKind.Conflict, "draft.nothing_to_replace", "No cell of these rows holds this text.");

    public static readonly Error NothingReplaced =
        new(ErrorKind.Conflict, "draft.nothing_replaced", "There is no replacement to take back.");

    public static readonly Error NothingReady =
        new(ErrorKind.Conflict, "draft.nothing_ready", "No row of the file can go in.");
}
