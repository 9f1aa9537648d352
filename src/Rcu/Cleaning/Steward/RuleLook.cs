using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Rcu.Cleaning.Steward;

/// <summary>Up to which version of a rule the records that were there already have been looked at.</summary>
public sealed class RuleLook
{
    public required int Number { get; init; }

    public required int Version { get; set; }

    public required DateTimeOffset LookedAt { get; set; }
}

internal sealed class RuleLookTable : IEntityTypeConfiguration<RuleLook>
{
    public void Configure(EntityTypeBuilder<RuleLook> look)
    {
        look.ToTable("steward_rule_looks");
        look.HasKey(l => l.Number);
        look.Property(l => l.Number).ValueGeneratedNever();
    }
}
