using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rcu.Customers;

namespace Rcu.Unification;

/// <summary>
/// A person's word that one account hangs on another: a mother and her subsidiary, a head office and one of its places. It is
/// said of two records, so that it follows them when accounts are joined or come apart.
/// </summary>
public sealed class AccountTie
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required TieNature Nature { get; init; }

    public required Guid ParentRecordId { get; init; }

    public required Guid ChildRecordId { get; init; }

    /// <summary>0 to 100; null when only the link is known.</summary>
    public decimal? Percentage { get; init; }

    public DateOnly? StartedOn { get; init; }

    public DateOnly? EndedOn { get; init; }

    public string? Reason { get; init; }

    /// <summary>The pair it answered, when a steward linked two records instead of joining them.</summary>
    public Guid? MatchId { get; init; }

    public required string DeclaredBy { get; init; }

    public required DateTimeOffset DeclaredAt { get; init; }

    public string? RetiredBy { get; private set; }

    public DateTimeOffset? RetiredAt { get; private set; }

    public void Retire(string by, DateTimeOffset at) => (RetiredBy, RetiredAt) = (by, at);
}

internal sealed class AccountTieTable : IEntityTypeConfiguration<AccountTie>
{
    public void Configure(EntityTypeBuilder<AccountTie> tie) => tie.ToTable("account_ties");
}
