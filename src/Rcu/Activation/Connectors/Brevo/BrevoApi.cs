using Rcu.Activation.Connectors.Calls;

namespace Rcu.Activation.Connectors.Brevo;

/// <summary>The calls made to one Brevo account.</summary>
internal sealed class BrevoApi(ToolCalls calls, BrevoSettings settings, string? secret)
{
    public BrevoSettings Settings => settings;

    public Task<ToolAnswer> GetAsync(string path, CancellationToken ct) => SendAsync(HttpMethod.Get, path, null, ct);

    public Task<ToolAnswer> PostAsync(string path, object body, CancellationToken ct) => SendAsync(HttpMethod.Post, path, body, ct);

    public Task<ToolAnswer> PutAsync(string path, object body, CancellationToken ct) => SendAsync(HttpMethod.Put, path, body, ct);

    public Task<ToolAnswer> PatchAsync(string path, object body, CancellationToken ct) => SendAsync(HttpMethod.Patch, path, body, ct);

    /// <summary>What Brevo says of a refusal, for a person.</summary>
    public static Outcome.Rejected Refused(ToolAnswer answer) => new(
        answer.At("code") is "duplicate_parameter" ? "Brevo : un autre contact a déjà cette adresse. Réunissez-les dans Brevo, puis renvoyez."
            : $"Brevo refuse cette fiche : {answer.At("message") ?? $"({answer.Status})"}.",
        answer.Text);

    private Task<ToolAnswer> SendAsync(HttpMethod method, string path, object? body, CancellationToken ct) => calls.SendAsync(
        "Brevo", method, $"{settings.BaseUrl.TrimEnd('/')}/{path}", body, request => request.Headers.TryAddWithoutValidation("api-key", secret), ct);
}
