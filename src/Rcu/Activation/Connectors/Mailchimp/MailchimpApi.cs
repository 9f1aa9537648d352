using Rcu.Activation.Connectors.Calls;

namespace Rcu.Activation.Connectors.Mailchimp;

/// <summary>The calls made to one audience of Mailchimp.</summary>
internal sealed class MailchimpApi(ToolCalls calls, MailchimpSettings settings, string? secret)
{
    public MailchimpSettings Settings => settings;

    /// <param name="path">Below the audience; empty for itself.</param>
    public async Task<ToolAnswer> SendAsync(HttpMethod method, string path, object? body, CancellationToken ct)
    {
        var url = $"{settings.UrlFor(secret)}/lists/{Uri.EscapeDataString(settings.ListId)}{(path.Length == 0 ? "" : "/" + path)}";
        var answer = await calls.SendAsync("Mailchimp", method, url, body, request => request.Headers.TryAddWithoutValidation("authorization", $"Bearer {secret}"), ct);

        // Under heavy load it also says 403, without a word.
        return answer is { Status: 403, Body.ValueKind: System.Text.Json.JsonValueKind.Undefined }
            ? answer with { Failure = new Outcome.RetryAfter("Mailchimp est trop sollicité (403).", Answer: answer.Text) }
            : answer;
    }
}
