namespace Rcu.Unification;

/// <summary>Why a rule of survivorship was not changed, or what a person typed was not kept.</summary>
public static class UnificationErrors
{
    public static readonly Error SourceNotFound = new(ErrorKind.NotFound, "source.not_found", "This source does not exist.");

    public static readonly Error AccountNotFound = new(ErrorKind.NotFound, "account.not_found", "There is no such account.");

    public static readonly Error ContactNotFound = new(ErrorKind.NotFound, "contact.not_found", "There is no such contact.");

    public static readonly Error Stale =
        new(ErrorKind.Stale, "edit.stale", "It has changed since it was read. Look at it again before correcting it.");

    public static readonly Error NoAccount =
        new(ErrorKind.Conflict, "note.no_account", "This contact belongs to no account: the note would be shown nowhere.");

    public static readonly Error BeliefsChanged =
        new(ErrorKind.Conflict, "beliefs.changed", "Someone changed what is believed meanwhile. Look at what is in force now.");

    public static readonly Error BeliefsSame = new(ErrorKind.Conflict, "beliefs.same", "This is what is believed already: nothing would change.");

    /// <param name="names">Those there are.</param>
    public static Error BeliefSources(string names) =>
        new(ErrorKind.Invalid, "beliefs.sources", $"Put each source once, and only these, in order: {names}.") { Values = [names] };

    public static readonly Error NoFix = new(ErrorKind.Conflict, "fix.none", "None of these corrections waits for an answer any more.");

    public static readonly Error NoReturnColumns = new(
        ErrorKind.Invalid, "postal_return.columns", "This file has neither a column of identifiers nor a name and a postal code: nobody can be found.");

    public static readonly Error NoReturnBatch = new(ErrorKind.NotFound, "postal_return.not_found", "This file does not exist or was taken back.");

    public static readonly Error LockOver = new(ErrorKind.Invalid, "lock.over", "Its last day is past already: it would hold nothing.");

    public static Error NothingToLock(string field) =>
        new(ErrorKind.Invalid, "lock.nothing", $"No source says anything of {field} here.") { Values = [field] };

    public static Error NotSaid(string what) =>
        new(ErrorKind.Invalid, "lock.not_said", $"« {what} » is said by no source here: type it as a correction instead.") { Values = [what] };

    public static Error NotLocked(string field) => new(ErrorKind.NotFound, "lock.not_found", $"{field} is not locked here.") { Values = [field] };

    /// <param name="reason">The one given when it was locked.</param>
    public static Error Locked(string by, string reason) =>
        new(ErrorKind.Conflict, "lock.locked", $"{by} locked this value: {reason}. Lift the lock first.") { Values = [by, reason] };

    public static Error TooManyReturns(int most) =>
        new(ErrorKind.Invalid, "postal_return.too_many", $"More than {most} rows: split the file.") { Values = [most] };

    public static Error UnknownField(string field) =>
        new(ErrorKind.Invalid, "edit.unknown_field", $"Nobody may correct {field} by hand.") { Values = [field] };

    /// <param name="value">What it says meanwhile.</param>
    public static Error Overtaken(string value, string by) =>
        new(ErrorKind.Stale, "edit.overtaken", $"Meanwhile {by} wrote « {value} ».") { Values = [value, by] };

    /// <param name="why">What Cleaning says of the value, in French.</param>
    public static Error Unreadable(string why) => new(ErrorKind.Invalid, "edit.unreadable", why) { Values = [why] };
}
