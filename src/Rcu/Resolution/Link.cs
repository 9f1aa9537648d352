using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rcu.Matching;

namespace Rcu.Resolution;

/// <summary>
/// Which golden account or contact a record belongs to, by which rule, with its evidence. A contact's record has two links:
/// to its contact (who it is) and to the account it speaks of (where that person works).
/// </summary>
public sealed class Link
{
    public required Guid RecordId { get; init; }

    public required ClusterKind Kind { get; init; }

    /// <summary>The id of the golden account or contact.</summary>
    public required Guid ClusterId { get; set; }

    /// <summary>What found it: <c>siren</c>, <c>name+town</c>, <c>account_key</c>, <c>alone</c>, <c>steward</c>…</summary>
    public required string Rule { get; set; }

    /// <summary>The record it was joined to; null when no comparison joined it.</summary>
    public Guid? OtherRecordId { get; set; }

    public required double Probability { get; set; }

    /// <summary>Why, in one French sentence.</summary>
    public required string Sentence { get; set; }

    public IReadOnlyList<Evidence> Evidence { get; set; } = [];

    public required DateTimeOffset LinkedAt { get; set; }
}

/// <summary>What records are gathered into.</summary>
public enum ClusterKind
{
    Account,
    Contact,
}

internal sealed class LinkTable : IEntityTypeConfiguration<Link>
{
    public void Configure(EntityTypeBuilder<Link> link)
    {
        link.ToTable("links");
        link.HasKey(l => new { l.RecordId, l.Kind });
        link.Property(l => l.Evidence).HasConversion(
            evidence => EvidenceText.LeanText(evidence),
            text => EvidenceText.Read(text),
            new ValueComparer<IReadOnlyList<Evidence>>((left, right) => left!.SequenceEqual(right!), evidence => evidence.Count, evidence => evidence));
    }
}
