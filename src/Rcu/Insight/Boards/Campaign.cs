using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Rcu.Insight.Boards;

/// <summary>What marketing did and what it cost, in euros. Interactions belong to it by its name, whatever the case.</summary>
public sealed class Campaign
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>As the interactions name it.</summary>
    public required string Name { get; set; }

    public required string Channel { get; set; }

    public required DateOnly StartsOn { get; set; }

    /// <summary>Null while it goes on.</summary>
    public DateOnly? EndsOn { get; set; }

    public required decimal Cost { get; set; }

    public string? Goal { get; set; }

    public int Version { get; set; } = 1;

    public required string SetBy { get; set; }

    public required DateTimeOffset SetAt { get; set; }
}

/// <summary>A campaign as a person fills it in.</summary>
/// <param name="Version">The version that was looked at; null not to mind.</param>
public sealed record SaveCampaign(
    string Name, string Channel, DateOnly StartsOn, DateOnly? EndsOn, decimal Cost, string? Goal = null, int? Version = null);

/// <summary>A campaign and what came of it.</summary>
/// <param name="Touched">Accounts that reacted to it since it began.</param>
/// <param name="Opened">Those with an opportunity that was not closed before; and the amount of these opportunities.</param>
/// <param name="Won">Those of which an opportunity was won since; and the amount won.</param>
public sealed record CampaignResult(Campaign Campaign, FigureAsked Asked, FigureTotal Touched, FigureTotal Opened, FigureTotal Won)
{
    /// <summary>What each euro brought beyond itself: 1 is twice the cost. Null without a cost.</summary>
    public double? Roi => Campaign.Cost > 0 ? (double)(((Won.Amount ?? 0) - Campaign.Cost) / Campaign.Cost) : null;

    /// <summary>Euros for each account that reacted.</summary>
    public decimal? CostPerAccount => Touched.Count > 0 ? Math.Round(Campaign.Cost / Touched.Count, 2) : null;
}

/// <summary>A name of a campaign that interactions bear and nobody declared.</summary>
public sealed record UndeclaredCampaign(string Name, string Channel, DateOnly From, DateOnly To, long Signals);

/// <summary>Why a campaign is refused.</summary>
public static class CampaignErrors
{
    public static readonly Error NotFound = new(ErrorKind.NotFound, "campaign.not_found", "There is no such campaign.");

    public static readonly Error Changed =
        new(ErrorKind.Stale, "campaign.version_changed", "The campaign was changed meanwhile: open it again, then make your change.");

    public static Error NameTaken(string name) =>
        new(ErrorKind.Conflict, "campaign.name_taken", $"There is a campaign called '{name}' already.") { Values = [name] };
}

/// <summary>Why a number of the boards is refused.</summary>
public static class BoardErrors
{
    public static Error UnknownFigure(string name) => new(ErrorKind.NotFound, "figure.unknown", $"There is no figure '{name}'.") { Values = [name] };
}

internal sealed class CampaignTable : IEntityTypeConfiguration<Campaign>
{
    public void Configure(EntityTypeBuilder<Campaign> campaign)
    {
        campaign.ToTable("campaigns");
        campaign.Property(c => c.Version).IsConcurrencyToken();
    }
}

internal sealed class SaveCampaignValidator : AbstractValidator<SaveCampaign>
{
    public SaveCampaignValidator()
    {
        RuleFor(c => c.Name).NotEmpty().MaximumLength(150);
        RuleFor(c => c.Channel).NotEmpty().MaximumLength(30);
        RuleFor(c => c.StartsOn).Cascade(CascadeMode.Stop).NotEmpty().InclusiveBetween(new DateOnly(2000, 1, 1), new DateOnly(2100, 1, 1));
        RuleFor(c => c.EndsOn).GreaterThanOrEqualTo(c => c.StartsOn).When(c => c.EndsOn is not null);
        RuleFor(c => c.Cost).InclusiveBetween(0, 1_000_000_000);
        RuleFor(c => c.Goal).MaximumLength(500);
    }
}
