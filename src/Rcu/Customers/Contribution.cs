using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Rcu.Customers;

/// <summary>That an account or a contact is somebody's: who is in charge of it, or who typed something of it.</summary>
public sealed class Contribution
{
    /// <summary>As the source or the hub names the person, in small letters.</summary>
    public required string Contributor { get; init; }

    public RecordKind Kind { get; init; }

    public Guid SubjectId { get; init; }

    /// <summary>Whether a source says that this person is in charge.</summary>
    public bool IsOwner { get; init; }
}

internal sealed class ContributionTable : IEntityTypeConfiguration<Contribution>
{
    public void Configure(EntityTypeBuilder<Contribution> contribution)
    {
        contribution.ToTable("contributions");
        contribution.HasKey(c => new { c.Contributor, c.Kind, c.SubjectId });
    }
}
