using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Rcu.Customers;

/// <summary>A place where an account works: one SIRET, or an address no SIRET is known for.</summary>
public sealed class Establishment
{
    public required Guid AccountId { get; init; }

    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Fourteen digits as received: a number that fails the check is warned about, never lost.</summary>
    public string? Siret { get; set; }

    /// <summary>The last five digits of the SIRET.</summary>
    public string? Nic { get; set; }

    public string? Name { get; set; }

    public bool IsHeadOffice { get; set; }

    public string? State { get; set; }

    public DateOnly? ClosedOn { get; set; }

    public Address Address { get; set; } = new();

    public string? Phone { get; set; }

    public List<string> Sources { get; set; } = [];

    public List<Guid> RecordIds { get; set; } = [];
}

internal sealed class EstablishmentTable : IEntityTypeConfiguration<Establishment>
{
    public void Configure(EntityTypeBuilder<Establishment> establishment)
    {
        establishment.ToTable("establishments");
        establishment.HasKey(e => new { e.AccountId, e.Id });
        establishment.ComplexProperty(e => e.Address);
    }
}
