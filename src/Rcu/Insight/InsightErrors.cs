namespace Rcu.Insight;

/// <summary>Why the register's desk refuses an answer.</summary>
public static class InsightErrors
{
    public static readonly Error NotSearched =
        new(ErrorKind.NotFound, "desk.not_searched", "This account waits for no number of the register.");

    public static readonly Error NotACandidate =
        new(ErrorKind.Conflict, "desk.not_a_candidate", "This unit is not among those the register proposes for the account.");

    public static readonly Error Partial =
        new(ErrorKind.Conflict, "desk.partial", "The unit asked Insee for partial diffusion: a name must not lead to it.");

    public static readonly Error ProposalNotFound =
        new(ErrorKind.NotFound, "proposal.not_found", "The register proposes this no more.");

    public static readonly Error NothingToTake =
        new(ErrorKind.Conflict, "proposal.nothing", "The register shows nothing the account could take.");

    public static readonly Error JudgementNotFound =
        new(ErrorKind.NotFound, "desk.judgement_not_found", "There is no such answer, or it was taken back already.");

    public static readonly Error ScoreTooLow =
        new(ErrorKind.Invalid, "desk.score_too_low", "Many accounts at once need a score of 80 at least.");
}
