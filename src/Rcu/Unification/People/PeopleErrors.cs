namespace Rcu.Unification.People;

/// <summary>Why what someone said of people was not kept.</summary>
public static class PeopleErrors
{
    public static readonly Error RoleNotFound = new(ErrorKind.NotFound, "role.not_found", "There is no such role.");

    public static readonly Error RoleDeduced = new(
        ErrorKind.Conflict, "role.deduced", "This role comes from the sources: say what it is instead, and what was deduced gives way.");

    public static readonly Error RoleKnown = new(ErrorKind.Conflict, "role.known", "This part was said already: change it.");

    public static readonly Error SubjectNotFound = new(ErrorKind.NotFound, "role.subject", "There is no such product, or no such sale at this account.");

    public static readonly Error StanceNotFound = new(ErrorKind.NotFound, "stance.not_found", "There is no such stance.");

    public static readonly Error NoPart = new(
        ErrorKind.Conflict, "stance.no_role", "This person plays no part at this account: say which first.");

    public static readonly Error RelationNotFound = new(ErrorKind.NotFound, "relation.not_found", "There is no such relation.");

    public static readonly Error RelationKnown = new(ErrorKind.Conflict, "relation.known", "This relation was said already.");

    public static readonly Error WithOneself = new(ErrorKind.Invalid, "relation.oneself", "Both are the same person.");

    public static readonly Error Circle = new(
        ErrorKind.Conflict, "relation.circle", "The other person reports to this one already, directly or not.");

    public static readonly Error Later = new(ErrorKind.Invalid, "people.later", "This day is still to come.");
}
