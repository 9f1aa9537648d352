namespace Rcu.Unification.Echoes;

/// <summary>What cleaning deduced from a word that is only an echo is one too.</summary>
internal static class EchoedFields
{
    private static readonly Dictionary<string, string[]> Deduced = new()
    {
        ["name"] = ["usual_name", "legal_form"],
        ["website"] = ["domain"],
        ["email"] = ["email_kind", "company_domain"],
        ["headcount"] = ["headcount_band"],
        ["job_title"] = ["job_department", "job_level"],
        ["postal_code"] = ["cedex", "commune_code", "department", "region", "country"],
    };

    public static IReadOnlySet<string> With(IEnumerable<string> echoes)
    {
        var fields = echoes.ToHashSet();
        foreach (var field in fields.ToList())
        {
            fields.UnionWith(Deduced.GetValueOrDefault(field) ?? []);
        }

        return fields;
    }
}
