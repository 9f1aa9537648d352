namespace Rcu.Segmentation;

/// <summary>Why a rule or an act on a segment is refused. Those of a rule say where in it.</summary>
public static class SegmentationErrors
{
    public static readonly Error NotFound = new(ErrorKind.NotFound, "segment.not_found", "This segment does not exist.");

    public static readonly Error Stale =
        new(ErrorKind.Stale, "segment.stale", "Someone changed this segment meanwhile: look at their version before saving yours.");

    public static readonly Error Frozen = new(ErrorKind.Conflict, "segment.frozen", "A frozen segment keeps its members.");

    public static readonly Error TooSlow =
        new(ErrorKind.Unavailable, "segment.too_slow", "This rule takes too long to count. Narrow it down.");

    public static readonly Error MemberNotFound =
        new(ErrorKind.NotFound, "segment.member_not_found", "There is no such account or contact.");

    public static readonly Error NoFilter = new(ErrorKind.Conflict, "segment.no_filter", "Filter the list first: nothing says who belongs.");

    public static readonly Error NotPicked =
        new(ErrorKind.Conflict, "segment.not_picked", "This segment has a rule: nobody is put in or taken out by hand.");

    public static readonly Error LastPicked = new(ErrorKind.Conflict, "segment.last_picked", "A segment keeps one member at least: archive it instead.");

    public static readonly Error TooManyPicked = new(
        ErrorKind.Conflict, "segment.too_many_picked", $"At most {ConditionCompiler.MaxValues} are picked by hand: save the filters as a segment instead.")
    {
        Values = [ConditionCompiler.MaxValues],
    };

    public static Error UnsaidFilters(IReadOnlyList<string> filters) =>
        new(ErrorKind.Conflict, "segment.unsaid_filters", $"No rule says: {string.Join(", ", filters)}. Take these filters off, or tick the rows.")
        {
            Values = [string.Join(", ", filters)],
        };

    public static readonly Error ReasonMissing =
        new(ErrorKind.Invalid, "segment.reason_missing", "Say why, in 10 to 500 characters: the reason is kept.");

    public static readonly Error VersionNotFound = new(ErrorKind.NotFound, "segment.version_not_found", "This segment never had that version.");

    public static readonly Error NotOfAccounts =
        new(ErrorKind.Conflict, "segment.not_of_accounts", "This segment gathers people: there is no account to pick one for.");

    public static readonly Error NotExcluded =
        new(ErrorKind.Conflict, "segment.not_excluded", "Nothing is left out of this segment for that reason.");

    public static Error ComputedUsed(string attribute, string segments) =>
        new(ErrorKind.Conflict, "computed.used", $"'{attribute}' is asked by {segments}: take it out of these rules first.") { Values = [attribute, segments] };

    public static Error UsedBy(string destination) =>
        new(ErrorKind.Conflict, "segment.used", $"{destination} receives this segment.") { Values = [destination] };

    public static Error UnknownField(string path, string field) => At(path, "segment.unknown_field", $"There is no field '{field}' here.", field);

    public static Error UnknownRelation(string path, string relation) =>
        At(path, "segment.unknown_relation", $"There is no relation '{relation}' here.", relation);

    public static Error UnknownOperator(string path, string field, string how) =>
        At(path, "segment.unknown_operator", $"'{field}' is not compared by '{how}'.", field, how);

    public static Error BadValue(string path, string field, string value) =>
        At(path, "segment.bad_value", $"'{field}' cannot be compared with '{value}'.", field, value);

    public static Error ValueCount(string path, string field) =>
        At(path, "segment.value_count", $"'{field}' does not have the values its comparison needs.", field);

    public static Error Cycle(string path, string segment) =>
        At(path, "segment.cycle", $"The segment '{segment}' looks at this one: a segment cannot depend on itself.", segment);

    public static Error UnknownSegment(string path, string segment) => At(path, "segment.unknown_segment", $"There is no segment '{segment}'.", segment);

    public static Error BadRadius(string path, string value, int most) =>
        At(path, "segment.bad_radius", $"'{value}' is no radius: give a whole number of kilometres, 1 to {most}.", value, most);

    public static Error UnknownPlace(string path, string code) =>
        At(path, "segment.unknown_place", $"Nothing says where the postal code '{code}' lies: give a neighbouring one, or load La Poste's file.", code);

    public static Error UnknownMeasure(string path, string measure, string field) =>
        At(path, "segment.unknown_measure", $"'{measure}' cannot be made of '{field}'.", measure, field);

    public static Error TooDeep(string path) => At(path, "segment.too_deep", $"Groups go no deeper than {ConditionCompiler.MaxDepth}.", ConditionCompiler.MaxDepth);

    public static Error TooManyConditions(string path) =>
        At(path, "segment.too_many_conditions", $"A rule has {ConditionCompiler.MaxConditions} conditions at most.", ConditionCompiler.MaxConditions);

    public static Error TooManyValues(string path) =>
        At(path, "segment.too_many_values", $"A condition has {ConditionCompiler.MaxValues} values at most.", ConditionCompiler.MaxValues);

    private static Error At(string path, string code, string message, params object[] values) =>
        new(ErrorKind.Invalid, code, $"{path}: {message}", new Dictionary<string, string[]> { [path] = [message] }) { Values = [path, .. values] };
}
