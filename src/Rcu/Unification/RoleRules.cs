using System.Globalization;
using Rcu.Customers;
using Rcu.Ingestion;
using Rcu.Unification.People;

namespace Rcu.Unification;

/// <summary>
/// The parts a person plays: at the accounts their records speak of, employment, dated, and the buying role their post suggests;
/// then what people typed, which wins, there and at accounts they do not work for.
/// </summary>
internal static class RoleRules
{
    public static IReadOnlyList<Role> Of(
        Guid contactId, IReadOnlyList<ClusterRecord> records, IReadOnlyDictionary<Guid, Guid> employerOf, SaidOfPerson said)
    {
        var roles = Deduced(contactId, records, employerOf);
        AddPosts(roles, contactId, records);
        foreach (var typed in said.Roles.OrderBy(r => r.SetAt).ThenBy(r => r.FactId))
        {
            if (typed.IsGeneral)
            {
                roles.RemoveAll(r => r.AccountId == typed.AccountId && r.Function == typed.Function && r is { ProductId: null, OpportunityId: null } && r.Source != Source.Saisie);
            }

            // Who has left plays no part that was deduced from the post they held.
            if (typed is { IsGeneral: true, Function: RoleFunction.Employee, EndedOn: { } left })
            {
                roles.Where(r => r.AccountId == typed.AccountId && r.EndedOn is null && r.Source != Source.Saisie).ToList().ForEach(r => r.EndedOn = left);
            }

            // Where a person says they work goes before where sources do.
            roles.Insert(0, Typed(contactId, typed));
        }

        var employers = roles.Where(r => r.Function is RoleFunction.Employee && r.EndedOn is null).Select(r => r.AccountId).ToHashSet();
        foreach (var role in roles)
        {
            role.IsOutsider = role.Function is not RoleFunction.Employee && employers.Count > 0 && !employers.Contains(role.AccountId)
                && !roles.Exists(r => r.Function is RoleFunction.Employee && r.AccountId == role.AccountId);
            if (said.Stances.Where(s => s.AccountId == role.AccountId && (s.ProductId is null || s.ProductId == role.ProductId))
                .OrderBy(s => s.ProductId is null ? 1 : 0).ThenByDescending(s => s.SeenOn).ThenByDescending(s => s.SetAt).FirstOrDefault() is { } stance)
            {
                (role.Stance, role.StanceOn, role.StanceSource) = (stance.Stance, stance.SeenOn, stance.ToldBy);
            }
        }

        return roles;
    }

    private static List<Role> Deduced(Guid contactId, IReadOnlyList<ClusterRecord> records, IReadOnlyDictionary<Guid, Guid> employerOf)
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
            var titled = said.Find(r => r["job_title"] is not null && !r.Echoes.Contains("job_title")) ?? said.Find(r => r["job_title"] is not null) ?? newest;
            roles.Add(Make(contactId, accountId, RoleFunction.Employee, titled, said, ended, $"Fiche de « {newest.Source} »."));
            if (Suggested(titled["job_department"], titled["job_level"]) is { } function)
            {
                roles.Add(Make(contactId, accountId, function, titled, said, ended, $"Déduit de la fonction « {titled["job_title"]} » ({titled.Source})."));
            }
        }

        return roles;
    }

    // What a source ties to several accounts at once is no succession of posts: each holds until the source says otherwise.
    private static void AddPosts(List<Role> roles, Guid contactId, IReadOnlyList<ClusterRecord> records)
    {
        foreach (var (record, post) in records.OrderByDescending(r => r.SaidAt).ThenBy(r => r.Id).SelectMany(r => r.Posts.Select(post => (r, post))))
        {
            var ended = post.IsPast ? post.To ?? Day(record.SaidAt) : (DateOnly?)null;
            var known = roles.Where(r => r.AccountId == post.AccountId && r.Function is RoleFunction.Employee).ToList();
            known.Where(r => ended is null ? r.EndedOn <= Day(record.SaidAt) : r.EndedOn is null && r.RecordId == record.Id).ToList().ForEach(r => r.EndedOn = ended);
            IEnumerable<RoleFunction> functions = post.Functions.Count > 0 ? post.Functions : known.Count > 0 ? [] : [RoleFunction.Employee];
            foreach (var function in functions.Where(f => !roles.Exists(r => r.AccountId == post.AccountId && r.Function == f)))
            {
                roles.Add(OfPost(contactId, function, record, post, ended));
            }
        }
    }

    private static Role OfPost(Guid contactId, RoleFunction function, ClusterRecord record, Post post, DateOnly? ended) => new()
    {
        Id = DerivedId.Of(contactId, $"{post.AccountId:N}|{function}"),
        AccountId = post.AccountId,
        ContactId = contactId,
        Function = function,
        JobTitle = function is RoleFunction.Employee && post.Labels.Count > 0 ? string.Join(", ", post.Labels) : null,
        StartedOn = post.From,
        EndedOn = ended,
        Source = record.Source,
        RecordId = record.Id,
        Reason = post.Labels.Count == 0
            ? $"Associé à ce compte par « {record.Source} »." : $"Associé à ce compte par « {record.Source} » : {string.Join(", ", post.Labels)}.",
    };

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

    private static Role Typed(Guid contactId, TypedRole typed) => new()
    {
        Id = typed.FactId,
        AccountId = typed.AccountId,
        ContactId = contactId,
        Function = typed.Function,
        JobTitle = typed.JobTitle,
        ProductId = typed.ProductId,
        OpportunityId = typed.OpportunityId,
        StartedOn = typed.StartedOn,
        EndedOn = typed.EndedOn,
        Source = Source.Saisie,
        RecordId = typed.ContactRecordId,
        Reason = string.Create(
            CultureInfo.InvariantCulture, $"Saisi par {typed.SetBy} le {typed.SetAt:dd/MM/yyyy}{(typed.Remark is { } remark ? $" : « {remark} »" : "")}."),
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
