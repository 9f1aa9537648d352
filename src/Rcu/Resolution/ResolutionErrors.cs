namespace Rcu.Resolution;

/// <summary>Why Resolution refuses.</summary>
public static class ResolutionErrors
{
    public static readonly Error MatchNotFound = new(ErrorKind.NotFound, "match.not_found", "This match no longer exists.");

    public static readonly Error NotJudged = new(ErrorKind.Conflict, "match.not_judged", "This match was not judged: there is nothing to undo.");

    public static readonly Error SplitNotFound = new(ErrorKind.NotFound, "split.not_found", "This proposal no longer exists.");

    public static readonly Error SuspectNotFound = new(ErrorKind.NotFound, "suspect.not_found", "This doubt no longer exists.");

    public static readonly Error NothingToPart =
        new(ErrorKind.Invalid, "suspect.nothing_to_part", "Say which records leave: one at least, and not all of them.");

    public static readonly Error CutsChanged =
        new(ErrorKind.Conflict, "cuts.changed", "Someone set the cuts meanwhile. Look at what is in force now.");

    public static readonly Error TwoSirens =
        new(ErrorKind.Conflict, "match.two_sirens", "Two valid SIRENs never merge. Declare one an alias of the other first.");

    public static readonly Error RecordNotLinked = new(ErrorKind.NotFound, "record.not_linked", "This record belongs to no account or contact.");

    public static readonly Error RecordAlone = new(ErrorKind.Conflict, "record.alone", "This record is alone: there is nothing to part it from.");

    public static readonly Error NothingToJoin =
        new(ErrorKind.Conflict, "merge.nothing", "These two cannot be joined: they are one already, or no record says who they are.");

    public static readonly Error DecisionNotFound =
        new(ErrorKind.NotFound, "decision.not_found", "This decision does not exist, or was taken back already.");

    public static readonly Error BulkChanged =
        new(ErrorKind.Conflict, "bulk.changed", "The pairs this filter finds are not those that were looked at any more. Look again before deciding.");

    public static readonly Error BulkEmpty = new(ErrorKind.Conflict, "bulk.empty", "No pair that waits fits this: there is nothing to decide.");

    public static Error TooFewOrMany(int most) =>
        new(ErrorKind.Invalid, "merge.count", $"Choose two accounts at least, and {most} at most.") { Values = [most] };

    public static Error AlreadyJudged(string by) =>
        new(ErrorKind.Conflict, "match.already_judged", $"{by} already judged this match.") { Values = [by] };
}
