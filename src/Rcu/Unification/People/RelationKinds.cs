namespace Rcu.Unification.People;

/// <summary>What may bind two people, from the first to the second.</summary>
public static class RelationKinds
{
    public const string ReportsTo = "reports_to";

    public static readonly IReadOnlyList<string> All = [ReportsTo, "knows", "advises", "recommended", "related"];
}
