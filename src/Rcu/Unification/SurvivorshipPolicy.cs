using System.Text.Json.Serialization;

namespace Rcu.Unification;

/// <summary>Which claim is believed, field by field. Data: a change recomputes every golden row, without reading a file again.</summary>
/// <param name="Recent">Fields where the newest word wins: what changes with time, such as a post or a phone.</param>
/// <param name="Frequent">Fields where most records decide, so that one typo loses: names.</param>
/// <param name="Groups">Fields that survive together, from one record: half an address from each of two is no address.</param>
public sealed record SurvivorshipPolicy(
    IReadOnlySet<string> Recent, IReadOnlySet<string> Frequent, IReadOnlyList<FieldGroup> Groups)
{
    public static readonly SurvivorshipPolicy Accounts = new(
        new HashSet<string> { "type", "headcount", "headcount_band", "payment_terms", "blocked" },
        new HashSet<string> { "name", "usual_name", "legal_form", "siren", "vat", "naf" },
        [new("address", "street", ["street", "complement", "postal_code", "city", "cedex", "commune_code", "department", "region", "country"])]);

    public static readonly SurvivorshipPolicy Contacts = new(
        new HashSet<string> { "job_title", "job_department", "job_level", "phone", "mobile", "email", "company_name" },
        new HashSet<string> { "given_name", "family_name", "civility" },
        []);

    /// <summary>The group a field survives in; null when it stands alone.</summary>
    public FieldGroup? GroupOf(string field) => Groups.FirstOrDefault(g => g.Fields.Contains(field));

    /// <summary>The same, some fields following another rule; those of a group stay together whatever is said.</summary>
    public SurvivorshipPolicy With(IReadOnlyDictionary<string, Preference> said) => said.Count == 0 ? this : this with
    {
        Recent = Following(Recent, said, Preference.MostRecent),
        Frequent = Following(Frequent, said, Preference.MostFrequent),
    };

    private static HashSet<string> Following(IReadOnlySet<string> shipped, IReadOnlyDictionary<string, Preference> said, Preference rule) =>
        [.. shipped.Where(f => !said.ContainsKey(f)), .. said.Where(s => s.Value == rule).Select(s => s.Key)];

    /// <summary>Any other field follows the order of the sources.</summary>
    public Preference For(string field) =>
        Recent.Contains(field) ? Preference.MostRecent
        : Frequent.Contains(field) ? Preference.MostFrequent
        : Preference.BySource;
}

/// <summary>Fields that stay together; the record chosen is one that fills <paramref name="Anchor"/>, when any does.</summary>
public sealed record FieldGroup(string Name, string Anchor, IReadOnlyList<string> Fields);

/// <summary>How the winner of one field is chosen; the source order breaks ties, then the record id.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Preference>))]
public enum Preference
{
    BySource,
    MostRecent,
    MostFrequent,
}
