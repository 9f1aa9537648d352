namespace Rcu.Exploration;

/// <summary>Why Exploration refuses.</summary>
public static class ExplorationErrors
{
    public static readonly Error AccountNotFound = new(ErrorKind.NotFound, "account.not_found", "There is no such account.");

    public static readonly Error ContactNotFound = new(ErrorKind.NotFound, "contact.not_found", "There is no such contact.");

    public static readonly Error DocumentNotFound = new(ErrorKind.NotFound, "document.not_found", "There is no such document.");

    public static readonly Error NotYet =
        new(ErrorKind.Invalid, "past.not_yet", "The two days are not in order, or one of them is to come.");

    public static readonly Error SourceKeyNotFound =
        new(ErrorKind.NotFound, "source_key.not_found", "This source has no record under this key.");

    public static readonly Error NoNotable = new(ErrorKind.NotFound, "notable.not_found", "Nothing of the kind is said of this account.");
}
