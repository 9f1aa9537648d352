using System.Text.Json;
using System.Text.Json.Serialization;
using FluentValidation;

namespace Rcu.Ingestion.Connectors.Http;

/// <summary>Which API is read, and how its pages follow one another.</summary>
/// <param name="Url">The address of the first page, with its fixed parameters.</param>
/// <param name="Authentication">What the secret is: a bearer, a password, the value of a header, or an OAuth 2.0 client's secret.</param>
/// <param name="User">Of a basic authentication.</param>
/// <param name="Header">That holds the secret.</param>
/// <param name="TokenUrl">Where an OAuth 2.0 client gets its pass.</param>
/// <param name="ClientId">Its identifier there.</param>
/// <param name="List">Where the list of records stands in an answer; empty when the answer is the list.</param>
/// <param name="PageParameter">The parameter that says the page, the offset or the cursor.</param>
/// <param name="FirstPage">The number of the first page.</param>
/// <param name="SizeParameter">The parameter that says how many records a page holds.</param>
/// <param name="NextPath">Where an answer says the next cursor, or the next address.</param>
/// <param name="SinceParameter">The parameter that asks for what changed since an instant; empty to read the whole each time.</param>
/// <param name="WatermarkPath">Where a record says when it changed.</param>
/// <param name="OverlapMinutes">How far back each reading begins again.</param>
/// <param name="RequestsPerMinute">How often the API may be called.</param>
public sealed record HttpSourceSettings(
    string Url,
    HttpAuthentication Authentication = HttpAuthentication.None,
    string? User = null,
    string? Header = null,
    string? TokenUrl = null,
    string? ClientId = null,
    string? Scope = null,
    string? List = null,
    HttpPaging Paging = HttpPaging.None,
    string? PageParameter = null,
    int FirstPage = 1,
    string? SizeParameter = null,
    int PageSize = 100,
    string? NextPath = null,
    string? SinceParameter = null,
    string? WatermarkPath = null,
    int OverlapMinutes = 5,
    int RequestsPerMinute = 120)
{
    /// <summary>Null when they cannot be read.</summary>
    public static HttpSourceSettings? Read(JsonElement settings)
    {
        try
        {
            return settings.Deserialize<HttpSourceSettings>(JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>How an API is shown who asks.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<HttpAuthentication>))]
public enum HttpAuthentication
{
    None,
    Bearer,
    Basic,
    Header,
    OAuth2,
}

/// <summary>How the pages of an API follow one another.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<HttpPaging>))]
public enum HttpPaging
{
    None,
    Page,
    Offset,
    Cursor,
    LinkHeader,
    NextUrl,
}

/// <summary>What is needed to read an API, said in French.</summary>
public sealed class HttpSourceSettingsValidator : AbstractValidator<HttpSourceSettings>
{
    public HttpSourceSettingsValidator()
    {
        RuleFor(s => s.Url).Must(IsUrl).WithMessage("L’adresse de l’API manque, ou n’est pas une adresse complète.");
        RuleFor(s => s.User).NotEmpty().When(s => s.Authentication is HttpAuthentication.Basic).WithMessage("Le nom d’utilisateur manque.");
        RuleFor(s => s.Header).NotEmpty().Matches("^[A-Za-z0-9-]+$").When(s => s.Authentication is HttpAuthentication.Header).WithMessage("Le nom de l’en-tête manque.");
        RuleFor(s => s.TokenUrl).Must(IsUrl).When(s => s.Authentication is HttpAuthentication.OAuth2).WithMessage("L’adresse du serveur d’accès manque.");
        RuleFor(s => s.ClientId).NotEmpty().When(s => s.Authentication is HttpAuthentication.OAuth2).WithMessage("L’identifiant du client manque.");
        RuleFor(s => s.PageParameter).NotEmpty().When(s => s.Paging is HttpPaging.Page or HttpPaging.Offset or HttpPaging.Cursor)
            .WithMessage("Le paramètre qui dit la page manque.");
        RuleFor(s => s.NextPath).NotEmpty().When(s => s.Paging is HttpPaging.Cursor or HttpPaging.NextUrl).WithMessage("Le chemin de la page suivante manque.");
        RuleFor(s => s.WatermarkPath).NotEmpty().When(s => !string.IsNullOrWhiteSpace(s.SinceParameter))
            .WithMessage("Le chemin de la date de modification manque.");
        RuleFor(s => s.FirstPage).InclusiveBetween(0, 1_000).WithMessage("La première page va de 0 à 1 000.");
        RuleFor(s => s.PageSize).InclusiveBetween(1, 5_000).WithMessage("Une page va de 1 à 5 000 enregistrements.");
        RuleFor(s => s.OverlapMinutes).InclusiveBetween(0, 7 * 24 * 60).WithMessage("La reprise va de 0 à 7 jours.");
        RuleFor(s => s.RequestsPerMinute).InclusiveBetween(1, 6_000).WithMessage("Le rythme va de 1 à 6 000 appels par minute.");
    }

    private static bool IsUrl(string? url) => Uri.TryCreate(url, UriKind.Absolute, out var read) && read.Scheme is "https" or "http";
}
