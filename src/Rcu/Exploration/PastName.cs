using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Rcu.Exploration;

/// <summary>A name a record bore before its source said another.</summary>
public sealed class PastName
{
    public required Guid RecordId { get; init; }

    public required string Name { get; init; }

    /// <summary>As names are compared.</summary>
    public required string Folded { get; init; }

    public required DateTimeOffset Until { get; init; }
}

internal sealed class PastNameTable : IEntityTypeConfiguration<PastName>
{
    public void Configure(EntityTypeBuilder<PastName> name)
    {
        name.ToView("former_names");
        name.HasNoKey();
    }
}
