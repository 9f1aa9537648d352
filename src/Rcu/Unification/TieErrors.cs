namespace Rcu.Unification;

/// <summary>Why a link between two accounts was not declared or taken back.</summary>
public static class TieErrors
{
    public static readonly Error NotFound = new(ErrorKind.NotFound, "tie.not_found", "This link was not declared here, or was taken back already.");

    public static readonly Error Itself = new(ErrorKind.Invalid, "tie.itself", "An account does not hang on itself: choose another.");

    public static readonly Error Known = new(ErrorKind.Conflict, "tie.known", "This link is declared already. Take it back first to change it.");

    public static readonly Error Reversed =
        new(ErrorKind.Conflict, "tie.reversed", "These two are linked the other way round: take that link back first.");

    public static readonly Error NotTwoAccounts =
        new(ErrorKind.Conflict, "tie.not_two", "These two are one account already, or are no accounts: there is nothing to link.");

    public static readonly Error NoEstablishment =
        new(ErrorKind.Conflict, "tie.no_establishment", "A place bears the SIREN of its head office: two SIRENs are two companies, a mother and her subsidiary at most.");

    /// <param name="others">What is known of its other owners.</param>
    public static Error OverHundred(decimal others) =>
        new(ErrorKind.Conflict, "tie.over_hundred", $"Others own {others} % of it already: that would be more than the whole.") { Values = [others] };
}
