using System.Text.Json;
using FluentValidation;

namespace Rcu.Ingestion.Connectors.Webhook;

/// <summary>How the messages of another program are read.</summary>
/// <param name="List">Where the list of records stands in a message; empty when the message is one record, or a list of them.</param>
public sealed record WebhookSourceSettings(string? List = null)
{
    /// <summary>Null when they cannot be read.</summary>
    public static WebhookSourceSettings? Read(JsonElement settings)
    {
        try
        {
            return settings.Deserialize<WebhookSourceSettings>(JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>What is asked of them, said in French.</summary>
public sealed class WebhookSourceSettingsValidator : AbstractValidator<WebhookSourceSettings>
{
    public WebhookSourceSettingsValidator() => RuleFor(s => s.List).MaximumLength(200).WithMessage("Le chemin de la liste est trop long.");
}
