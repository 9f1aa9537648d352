using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Rcu.Segmentation;

/// <summary>
/// Where a French postal code or a commune lies. Delivered from GeoNames: 5,950 of the 6,310 postal codes, and the communes where 91 %
/// of people live. La Poste's file, once loaded, wins. A postal code lies at the mean of its known communes, weighted by population.
/// </summary>
public sealed class Place
{
    /// <summary>The postal code, or the Insee code of the commune.</summary>
    public required string Code { get; init; }

    public required bool IsCommune { get; init; }

    /// <summary>In degrees, to the north of the equator.</summary>
    public required double Latitude { get; init; }

    /// <summary>In degrees, to the east of Greenwich.</summary>
    public required double Longitude { get; init; }

    /// <summary><c>geonames</c> or <c>laposte</c>.</summary>
    public required string Source { get; init; }
}

internal sealed class PlaceTable : IEntityTypeConfiguration<Place>
{
    public void Configure(EntityTypeBuilder<Place> place)
    {
        place.ToTable("places");
        place.HasKey(p => new { p.IsCommune, p.Code });
    }
}
