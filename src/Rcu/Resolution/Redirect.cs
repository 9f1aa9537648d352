using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Rcu.Resolution;

/// <summary>A retired golden id and the one that answers for it. Its record ids let an unmerge give the id back.</summary>
public sealed class Redirect
{
    public required Guid RetiredId { get; init; }

    public required ClusterKind Kind { get; init; }

    public required Guid SurvivorId { get; set; }

    public List<Guid> RecordIds { get; init; } = [];

    public required DateTimeOffset RetiredAt { get; init; }
}

internal sealed class RedirectTable : IEntityTypeConfiguration<Redirect>
{
    public void Configure(EntityTypeBuilder<Redirect> redirect)
    {
        redirect.ToTable("redirects");
        redirect.HasKey(r => r.RetiredId);
    }
}
