namespace Rcu.Unification.People;

/// <summary>What people said of one contact and is in force.</summary>
internal sealed record SaidOfPerson(IReadOnlyList<TypedRole> Roles, IReadOnlyList<TypedStance> Stances)
{
    public static readonly SaidOfPerson Nothing = new([], []);
}
