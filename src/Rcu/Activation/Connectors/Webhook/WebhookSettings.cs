using System.Text.Json;

namespace Rcu.Activation.Connectors.Webhook;

/// <summary>Where a webhook is posted.</summary>
public sealed record WebhookSettings(Uri? Url)
{
    public static WebhookSettings Read(JsonElement settings)
    {
        try
        {
            return settings.Deserialize<WebhookSettings>(JsonSerializerOptions.Web) ?? new WebhookSettings(Url: null);
        }
        catch (JsonException)
        {
            return new WebhookSettings(Url: null);
        }
    }
}
