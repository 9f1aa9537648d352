using System.Globalization;
using System.Text.Json;
using FluentValidation;
using Npgsql;
using Rcu.Ingestion.Pulling;

namespace Rcu.Ingestion.Connectors.Webhook;

/// <summary>Reads what other programs posted to the hub, in the order it came: a source like any other, whose system is the hub's own letter box.</summary>
public sealed class WebhookConnector(NpgsqlDataSource hub, IValidator<WebhookSourceSettings> validator) : ISourceConnector
{
    // A message may be of a megabyte.
    private const int AtOnce = 100;

    public string Kind => HookInbox.Kind;

    public Type Settings => typeof(WebhookSourceSettings);

    public Error? Refusal(JsonElement settings, bool hasSecret) =>
        WebhookSourceSettings.Read(settings) is not { } read ? SourceErrors.BadSettings("ils sont illisibles.")
        : validator.Validate(read) is { IsValid: false } wrong ? SourceErrors.BadSettings(wrong.Errors[0].ErrorMessage)
        : null;

    public async Task<Result<string>> TestAsync(SourceAccess access, CancellationToken ct)
    {
        if (access.Secret is null)
        {
            return SourceErrors.NotReady("aucun secret n’a été créé : aucun message ne peut être cru.");
        }

        await using var count = hub.CreateCommand("select count(*), max(received_at) from hook_messages where connection_id = $1");
        count.Parameters.Add(new() { Value = access.Connection });
        await using var reader = await count.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return reader.GetInt64(0) == 0
            ? "L’adresse est prête ; aucun message n’est encore arrivé."
            : string.Create(CultureInfo.GetCultureInfo("fr-FR"), $"L’adresse est prête ; {reader.GetInt64(0)} message(s) depuis une semaine, le dernier le {reader.GetFieldValue<DateTimeOffset>(1).UtcDateTime:g} UTC.");
    }

    public async Task<PullAnswer> ReadAsync(SourceAccess access, string? cursor, CancellationToken ct)
    {
        if (Refusal(access.Settings, access.Secret is not null) is { } refusal)
        {
            return new PullAnswer.Refused($"{refusal.Values[0]}");
        }

        var list = WebhookSourceSettings.Read(access.Settings)!.List;
        await using var select = hub.CreateCommand(
            $"select message_id, place, content_type, body, received_at from hook_messages where connection_id = $1 and place > $2 order by place limit {AtOnce}");
        select.Parameters.Add(new() { Value = access.Connection });
        select.Parameters.Add(new() { Value = cursor is null ? 0L : long.Parse(cursor, CultureInfo.InvariantCulture) });
        var messages = new List<HookMessage>();
        await using var reader = await select.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            messages.Add(new HookMessage(
                reader.GetString(0), reader.GetInt64(1), reader.GetString(2), reader.GetFieldValue<byte[]>(3), reader.GetFieldValue<DateTimeOffset>(4)));
        }

        var next = messages.Count == 0 ? cursor : messages[^1].Place.ToString(CultureInfo.InvariantCulture);
        return new PullAnswer.Page([.. messages.SelectMany(message => HookRows.Of(message, list))], next, messages.Count == AtOnce);
    }
}
