namespace Rcu.Unification;

/// <summary>Why a rule of survivorship was not changed.</summary>
public static class UnificationErrors
{
    public static readonly Error SourceNotFound = new(ErrorKind.NotFound, "source.not_found", "This source does not exist.");
}
