using System.Text.Json.Serialization;
using Rcu.Customers;

namespace Rcu.Exploration;

/// <summary>All that is known of one account, as its page shows it first.</summary>
public sealed record AccountSheet
{
    public required Account Account { get; init; }

    public required AccountMetrics? Metrics { get; init; }

    public required AccountScore? Score { get; init; }

    /// <summary>The newest published turnover.</summary>
    public required FinancialYear? LastYear { get; init; }

    /// <summary>Those who matter most first.</summary>
    public required IReadOnlyList<AccountContact> Contacts { get; init; }

    /// <summary>The head office first; at most <see cref="AccountSheets.Shown"/>.</summary>
    public required IReadOnlyList<Establishment> Establishments { get; init; }

    public required IReadOnlyList<AccountOpportunity> Opportunities { get; init; }

    public required IReadOnlyList<PossibleDuplicate> Duplicates { get; init; }

    public required TimelinePage Timeline { get; init; }

    /// <summary>All there is to keep in mind, the heaviest first.</summary>
    [JsonIgnore]
    public required IReadOnlyList<Notable> AllNotables { get; init; }

    /// <summary>What is kept in mind first.</summary>
    public IReadOnlyList<Notable> Notables => [.. AllNotables.Take(Notable.Shown)];

    /// <summary>Whom to call first; null when nobody can be.</summary>
    public required CallAdvice? Call { get; init; }

    /// <summary>All of them, shown or not.</summary>
    public required int OpenEstablishments { get; init; }
}

/// <summary>Someone at the account, with the parts they play.</summary>
public sealed record AccountContact(
    Guid Id, string Name, string? Civility, string? JobTitle, string? Department, string? Level, string? Email, string? Phone, string? Mobile,
    Reach EmailReach, string EmailReachReason, Reach PhoneReach, string PhoneReachReason, DateOnly? InPostSince, DateTimeOffset? LastInteractionAt)
{
    public IReadOnlyList<AccountRole> Roles { get; init; } = [];

    /// <summary>The number to dial: the mobile first.</summary>
    public string? Dial => Mobile ?? Phone;

    public bool Plays(RoleFunction function, DateOnly today) =>
        Roles.Any(r => r.Function == function && (r.EndedOn is null || r.EndedOn > today));

    /// <summary>They play no part here any more.</summary>
    public bool HasLeft(DateOnly today) => Roles.Count > 0 && Roles.All(r => r.EndedOn <= today);
}

/// <summary>A part played at the account.</summary>
public sealed record AccountRole(
    Guid ContactId, RoleFunction Function, string? JobTitle, bool IsOutsider, DateOnly? StartedOn, DateOnly? EndedOn, Stance? Stance,
    DateOnly? StanceOn, string Source, string Reason)
{
    /// <summary>The product or the sale it is for; null for the account as a whole.</summary>
    public string? Subject { get; init; }

    /// <summary>How the stance is known.</summary>
    public string? StanceSource { get; init; }
}

/// <summary>A sale in the making.</summary>
public sealed record AccountOpportunity(
    Guid Id, string Name, OpportunityStage Stage, string? StageLabel, decimal? Amount, string Currency, DateOnly? CloseOn, Guid? ContactId, string Source)
{
    public bool IsOpen => Stage is not (OpportunityStage.Won or OpportunityStage.Lost);
}

/// <summary>An account that may be the same one, waiting for a data steward.</summary>
public sealed record PossibleDuplicate(Guid MatchId, Guid AccountId, string Name, string? City, double Probability);
