using System.Text.Json;
using FluentValidation;

namespace Rcu.Ingestion.Connectors.HubSpot;

/// <summary>Which HubSpot account is read. The secret is the access token of a private app.</summary>
/// <param name="SiretProperty">The property of companies where the account keeps SIRETs; empty when it keeps none.</param>
/// <param name="SirenProperty">The same for SIRENs.</param>
/// <param name="VatProperty">The same for VAT numbers.</param>
/// <param name="OverlapMinutes">How far back each reading begins again: the search of HubSpot lags behind.</param>
public sealed record HubSpotSettings(
    string BaseUrl = "https://api.hubapi.com", string? SiretProperty = null, string? SirenProperty = null, string? VatProperty = null, int OverlapMinutes = 5)
{
    /// <summary>Null when they cannot be read.</summary>
    public static HubSpotSettings? Read(JsonElement settings)
    {
        try
        {
            return settings.Deserialize<HubSpotSettings>(JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>What is needed to read a HubSpot account, said in French.</summary>
public sealed class HubSpotSettingsValidator : AbstractValidator<HubSpotSettings>
{
    public HubSpotSettingsValidator()
    {
        RuleFor(s => s.BaseUrl).Must(url => Uri.TryCreate(url, UriKind.Absolute, out _)).WithMessage("L’adresse de l’API n’est pas une adresse complète.");
        RuleFor(s => s.SiretProperty).Matches("^[a-z][a-z0-9_]*$").When(s => !string.IsNullOrEmpty(s.SiretProperty)).WithMessage("La propriété du SIRET se nomme comme dans l’API.");
        RuleFor(s => s.SirenProperty).Matches("^[a-z][a-z0-9_]*$").When(s => !string.IsNullOrEmpty(s.SirenProperty)).WithMessage("La propriété du SIREN se nomme comme dans l’API.");
        RuleFor(s => s.VatProperty).Matches("^[a-z][a-z0-9_]*$").When(s => !string.IsNullOrEmpty(s.VatProperty)).WithMessage("La propriété de la TVA se nomme comme dans l’API.");
        RuleFor(s => s.OverlapMinutes).InclusiveBetween(0, 24 * 60).WithMessage("La reprise va de 0 à 24 heures.");
    }
}
