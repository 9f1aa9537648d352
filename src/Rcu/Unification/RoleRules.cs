using Rcu.Customers;

namespace Rcu.Unification;

/// <summary>The parts a person plays at the accounts their records speak of: employment, dated, and the buying role their post suggests.</summary>
internal static class RoleRules
{
    public static IReadOnlyList<Role> Of(Guid contactId, IReadOnlyList<ClusterRecord> records, IReadOnlyDictionary<Guid, Guid> employerOf)
    {
        // The newest word says where they work today; an older employer ends when the newer one begins.
        var employments = records.Where(r => employerOf.ContainsKey(r.Id))
            .GroupBy(r => employerOf[r.Id])
            .Select(g => (AccountId: g.Key, Records: g.OrderByDescending(r => r.SaidAt).ThenBy(r => r.Id).ToList()))
            .OrderByDescending(e => e.Records[0].SaidAt).ThenBy(e => e.AccountId)
            .ToList();
        var roles = new List<Role>();
        for (var i = 0; i < employments.Count; i++)
        {
            var (accountId, said) = employments[i];
            var ended = i == 0 ? (DateOnly?)null : Day(employments[i - 1].Records[^1].SaidAt);
            var newest = said[0];
            var titled = said.Find(r => r["job_title"] is not null) ?? newest;
            roles.Add(Make(contactId, accountId, RoleFunction.Employee, titled, said, ended, $"Fiche de « {newest.Source} »."));
            if (Suggested(titled["job_department"], titled["job_level"]) is { } function)
            {
                roles.Add(Make(contactId, accountId, function, titled, said, ended, $"Déduit de la fonction « {titled["job_title"]} » ({titled.Source})."));
            }
        }

        return roles;
    }

    private static Role Make(
        Guid contactId, Guid accountId, RoleFunction function, ClusterRecord titled, List<ClusterRecord> said, DateOnly? ended, string reason) => new()
        {
            Id = DerivedId.Of(contactId, $"{accountId:N}|{function}"),
            AccountId = accountId,
            ContactId = contactId,
            Function = function,
            JobTitle = titled["job_title"],
            StartedOn = Day(said[^1].SaidAt),
            EndedOn = ended,
            Source = titled.Source,
            RecordId = titled.Id,
            Reason = reason,
        };

    private static RoleFunction? Suggested(string? department, string? level) => (department, level) switch
    {
        ("DIRECTION_GENERALE", _) => RoleFunction.DecisionMaker,
        ("FINANCE", _) => RoleFunction.Payer,
        ("ACHATS", "C_LEVEL" or "MANAGER") => RoleFunction.DecisionMaker,
        ("ACHATS", _) => RoleFunction.Influencer,
        ("IT" or "PRODUCTION" or "RD", "C_LEVEL" or "MANAGER") => RoleFunction.Prescriber,
        ("IT" or "PRODUCTION" or "RD" or "SERVICES_GENERAUX", _) => RoleFunction.User,
        (_, "C_LEVEL") => RoleFunction.Prescriber,
        _ => null,
    };

    private static DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);
}
