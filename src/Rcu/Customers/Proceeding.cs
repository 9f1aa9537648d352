using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rcu.Identifiers;

namespace Rcu.Customers;

/// <summary>
/// Where the insolvency proceeding of a company stands, or that it was struck off, as the last legal notice that says so tells it. Kept by SIREN:
/// the notices of the BODACC know no other key.
/// </summary>
public sealed class Proceeding
{
    public required Siren Siren { get; init; }

    public required ProceedingKind Kind { get; init; }

    /// <summary>The day of the judgement; of the notice, when it gives none.</summary>
    public required DateOnly Since { get; init; }

    public required DateOnly PublishedOn { get; init; }

    public string? Court { get; init; }

    /// <summary>The judgement in the words of the notice.</summary>
    public string? Nature { get; init; }

    /// <summary>The number of the notice: its edition, issue and place.</summary>
    public required string NoticeId { get; init; }

    /// <summary>Whether somebody who sells to the company should know before they call.</summary>
    public bool IsOpen => Kind is not ProceedingKind.Ended;
}

/// <summary>The states of a proceeding (code de commerce, livre VI), in the order of what they mean for who supplies the company.</summary>
public enum ProceedingKind
{
    /// <summary>Closed, or put an end to.</summary>
    Ended,

    /// <summary>Sauvegarde.</summary>
    Safeguard,

    /// <summary>Plan de sauvegarde.</summary>
    SafeguardPlan,

    /// <summary>Redressement judiciaire.</summary>
    Recovery,

    /// <summary>Plan de redressement.</summary>
    RecoveryPlan,

    /// <summary>Liquidation judiciaire.</summary>
    Liquidation,

    /// <summary>Radiation du registre du commerce.</summary>
    StruckOff,
}

internal sealed class ProceedingTable : IEntityTypeConfiguration<Proceeding>
{
    public void Configure(EntityTypeBuilder<Proceeding> proceeding)
    {
        proceeding.ToTable("proceedings");
        proceeding.HasKey(p => p.Siren);
    }
}
