using System.Text.Json;
using FluentValidation;

namespace Rcu.Ingestion.Connectors.Salesforce;

/// <summary>Which Salesforce organisation is read. The secret is that of its connected app.</summary>
/// <param name="LoginUrl">The organisation's own address: <c>https://acme.my.salesforce.com</c>.</param>
/// <param name="ClientId">The key of the connected app.</param>
/// <param name="Version">Of the API.</param>
/// <param name="SiretField">The field of accounts where the organisation keeps SIRETs; empty when it keeps none.</param>
/// <param name="SirenField">The same for SIRENs.</param>
/// <param name="VatField">The same for VAT numbers.</param>
/// <param name="OverlapMinutes">How far back each reading begins again, for what was saved late.</param>
public sealed record SalesforceSettings(
    string LoginUrl, string ClientId, string Version = "v62.0", string? SiretField = null, string? SirenField = null, string? VatField = null, int OverlapMinutes = 5)
{
    /// <summary>Null when they cannot be read.</summary>
    public static SalesforceSettings? Read(JsonElement settings)
    {
        try
        {
            return settings.Deserialize<SalesforceSettings>(JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>What is needed to read a Salesforce organisation, said in French.</summary>
public sealed class SalesforceSettingsValidator : AbstractValidator<SalesforceSettings>
{
    private const string Field = "^[A-Za-z][A-Za-z0-9_]*$";

    public SalesforceSettingsValidator()
    {
        RuleFor(s => s.LoginUrl).Must(url => Uri.TryCreate(url, UriKind.Absolute, out _)).WithMessage("L’adresse de l’organisation manque, ou n’est pas complète.");
        RuleFor(s => s.ClientId).NotEmpty().WithMessage("La clé de l’application connectée manque.");
        RuleFor(s => s.Version).NotEmpty().Matches(@"^v\d{2,3}\.\d$").WithMessage("La version de l’API s’écrit « v62.0 ».");
        RuleFor(s => s.SiretField).Matches(Field).When(s => !string.IsNullOrEmpty(s.SiretField)).WithMessage("Le champ du SIRET se nomme comme dans l’API.");
        RuleFor(s => s.SirenField).Matches(Field).When(s => !string.IsNullOrEmpty(s.SirenField)).WithMessage("Le champ du SIREN se nomme comme dans l’API.");
        RuleFor(s => s.VatField).Matches(Field).When(s => !string.IsNullOrEmpty(s.VatField)).WithMessage("Le champ de la TVA se nomme comme dans l’API.");
        RuleFor(s => s.OverlapMinutes).InclusiveBetween(0, 24 * 60).WithMessage("La reprise va de 0 à 24 heures.");
    }
}
