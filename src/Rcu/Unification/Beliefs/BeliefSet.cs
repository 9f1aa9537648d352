using Rcu.Resolution;

namespace Rcu.Unification.Beliefs;

/// <summary>What the hub believes when sources disagree: their order, and the fields that follow another rule than the one shipped.</summary>
/// <param name="Sources">Their short names, the most believed first; what people type in the hub comes before all and is not listed.</param>
/// <param name="Accounts">By field of an account, when a steward chose.</param>
/// <param name="Contacts">By field of a contact, when a steward chose.</param>
public sealed record BeliefSet(
    IReadOnlyList<string> Sources, IReadOnlyDictionary<string, Preference> Accounts, IReadOnlyDictionary<string, Preference> Contacts)
{
    private static readonly Dictionary<string, Preference> None = [];

    /// <summary>As long as nobody chose.</summary>
    public static readonly BeliefSet Shipped = new([], None, None);

    public SurvivorshipPolicy PolicyFor(ClusterKind kind) =>
        kind is ClusterKind.Account ? SurvivorshipPolicy.Accounts.With(Accounts) : SurvivorshipPolicy.Contacts.With(Contacts);

    /// <summary>The fields whose rule may be chosen. An address stays whole, and identifiers are what joins the records.</summary>
    public static IReadOnlyList<string> FieldsOf(ClusterKind kind) => kind is ClusterKind.Account
        ? ["name", "usual_name", "legal_name", "legal_form", "naf", "type", "headcount", "headcount_band", "phone", "email", "website", "payment_terms"]
        : ["civility", "given_name", "family_name", "job_title", "job_department", "job_level", "phone", "mobile", "email", "company_name", "linkedin"];

    public bool IsSameAs(BeliefSet other) =>
        Sources.SequenceEqual(other.Sources) && Same(Accounts, other.Accounts, ClusterKind.Account) && Same(Contacts, other.Contacts, ClusterKind.Contact);

    /// <summary>The same, without what says no more than the rules shipped.</summary>
    public BeliefSet Trimmed() => this with
    {
        Accounts = Accounts.Where(a => a.Value != SurvivorshipPolicy.Accounts.For(a.Key)).ToDictionary(),
        Contacts = Contacts.Where(c => c.Value != SurvivorshipPolicy.Contacts.For(c.Key)).ToDictionary(),
    };

    private static bool Same(IReadOnlyDictionary<string, Preference> one, IReadOnlyDictionary<string, Preference> other, ClusterKind kind)
    {
        var shipped = Shipped.PolicyFor(kind);
        return one.Keys.Union(other.Keys).All(f => one.GetValueOrDefault(f, shipped.For(f)) == other.GetValueOrDefault(f, shipped.For(f)));
    }
}
