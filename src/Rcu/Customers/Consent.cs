using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Rcu.Customers;

/// <summary>What a person said of one purpose on one channel, with its proof. Of several, the most restrictive holds.</summary>
public sealed class Consent
{
    public required Guid ContactId { get; init; }

    public required Guid Id { get; init; }

    /// <summary><c>prospecting</c>, <c>newsletter</c>…</summary>
    public required string Purpose { get; init; }

    /// <summary><c>email</c>, <c>phone</c>, <c>sms</c>, <c>post</c>.</summary>
    public required string Channel { get; init; }

    public required ConsentState State { get; init; }

    public DateTimeOffset? At { get; init; }

    /// <summary>What shows it: the form, the column, the event, word for word.</summary>
    public string? Proof { get; init; }

    public required string Source { get; init; }

    public required Guid RecordId { get; init; }
}

public enum ConsentState
{
    Given,
    Refused,

    /// <summary>A general opposition: no prospecting at all on this channel.</summary>
    Opposed,
}

internal sealed class ConsentTable : IEntityTypeConfiguration<Consent>
{
    public void Configure(EntityTypeBuilder<Consent> consent)
    {
        consent.ToTable("consents");
        consent.HasKey(c => new { c.ContactId, c.Id });
    }
}
