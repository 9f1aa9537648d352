using FluentValidation;

namespace Rcu.Ingestion.Sirene;

/// <summary>Where the API Sirene is, and how it may be asked.</summary>
/// <param name="RequestsPerMinute">What Insee allows a key.</param>
/// <param name="PageSize">Units a call; Insee gives a thousand at most.</param>
/// <param name="OverlapHours">How far back each reading begins again: what Insee treats late is not missed.</param>
public sealed record SireneSettings(
    string BaseUrl = "https://api.insee.fr/api-sirene/3.11", int RequestsPerMinute = 30, int PageSize = 1_000, int OverlapHours = 6);

/// <summary>What a person says of the daily follow-up of the register.</summary>
/// <param name="Secret">A new key; null keeps the one there is.</param>
/// <param name="DailyAt">In Paris time.</param>
public sealed record SaveSireneFollow(SireneSettings Settings, TimeOnly DailyAt, string? Secret = null);

/// <summary>What is needed to ask the API Sirene, said in French.</summary>
public sealed class SaveSireneFollowValidator : AbstractValidator<SaveSireneFollow>
{
    public SaveSireneFollowValidator()
    {
        RuleFor(c => c.Settings.BaseUrl).Must(url => Uri.TryCreate(url, UriKind.Absolute, out _)).WithMessage("L’adresse de l’API n’est pas une adresse complète.");
        RuleFor(c => c.Settings.RequestsPerMinute).InclusiveBetween(1, 600).WithMessage("Le rythme va de 1 à 600 appels par minute ; l’Insee en accorde 30.");
        RuleFor(c => c.Settings.PageSize).InclusiveBetween(1, 1_000).WithMessage("Une page va de 1 à 1 000 unités.");
        RuleFor(c => c.Settings.OverlapHours).InclusiveBetween(0, 72).WithMessage("La reprise va de 0 à 72 heures.");
        RuleFor(c => c.Secret).MaximumLength(1_000);
    }
}
