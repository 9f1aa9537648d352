using Rcu.Customers;
using Rcu.Identifiers;

namespace Rcu.Unification;

/// <summary>What a contact's record says of one more account its person is tied to.</summary>
internal sealed record Post(Guid AccountId, IReadOnlyList<string> Labels, DateOnly? From, DateOnly? To, bool Over)
{
    private static readonly (string Word, RoleFunction Function)[] Words =
    [
        ("ECONOMIC BUYER", RoleFunction.Payer), ("BILLING", RoleFunction.Payer), ("FACTURATION", RoleFunction.Payer), ("PAYEUR", RoleFunction.Payer),
        ("PAYEUSE", RoleFunction.Payer), ("COMPTAB", RoleFunction.Payer),
        ("DECISION", RoleFunction.DecisionMaker), ("DECIDEU", RoleFunction.DecisionMaker), ("EXECUTIVE SPONSOR", RoleFunction.DecisionMaker),
        ("TECHNICAL BUYER", RoleFunction.Prescriber), ("EVALUATOR", RoleFunction.Prescriber), ("PRESCRI", RoleFunction.Prescriber),
        ("INFLUENC", RoleFunction.Influencer), ("CONSEIL", RoleFunction.Influencer), ("CONSULTANT", RoleFunction.Influencer), ("ADVISOR", RoleFunction.Influencer),
        ("PARTENAIRE", RoleFunction.Influencer), ("PARTNER", RoleFunction.Influencer), ("AUDIT", RoleFunction.Influencer), ("EXPERT", RoleFunction.Influencer),
        ("USER", RoleFunction.User), ("UTILISAT", RoleFunction.User),
    ];

    private static readonly string[] Past = ["FORMER", "ANCIEN", "EX ", "EX-", "PREVIOUS"];

    /// <summary>The source, by a mark, a date or a label, says that it is a thing of the past.</summary>
    public bool IsPast => Over || To is not null || Labels.Any(label => Past.Any(word => $"{label.Folded()} ".StartsWith(word, StringComparison.OrdinalIgnoreCase)));

    /// <summary>The parts its labels name; none when they name no part we know.</summary>
    public IReadOnlyList<RoleFunction> Functions =>
        [.. Labels.Select(label => Words.FirstOrDefault(each => label.Folded().Contains(each.Word, StringComparison.OrdinalIgnoreCase)))
            .Where(each => each.Word is not null).Select(each => each.Function).Distinct()];
}
