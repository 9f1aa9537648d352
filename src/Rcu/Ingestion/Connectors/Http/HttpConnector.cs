using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FluentValidation;
using Rcu.Ingestion.Connectors.Calls;
using Rcu.Ingestion.Pulling;
using Rcu.Ingestion.Reading;
using Rcu.Ingestion.Reading.Guesses;
using Rcu.Ingestion.Reading.Json;

namespace Rcu.Ingestion.Connectors.Http;

/// <summary>Reads the records of any JSON API, page after page, then only what changed since.</summary>
public sealed class HttpConnector(ApiCaller calls, ApiTokens tokens, IValidator<HttpSourceSettings> validator, TimeProvider clock) : ISourceConnector
{
    public string Kind => "http";

    public Type Settings => typeof(HttpSourceSettings);

    public Error? Refusal(JsonElement settings, bool hasSecret) =>
        HttpSourceSettings.Read(settings) is not { } read ? SourceErrors.BadSettings("l’adresse manque, ou un réglage est illisible.")
        : validator.Validate(read) is { IsValid: false } wrong ? SourceErrors.BadSettings(wrong.Errors[0].ErrorMessage)
        : !calls.Allows(new Uri(read.Url)) || (read.TokenUrl is { Length: > 0 } token && !calls.Allows(new Uri(token)))
            ? SourceErrors.BadSettings("l’adresse doit être publique, et en https.")
        : read.Authentication is not HttpAuthentication.None && !hasSecret ? SourceErrors.BadSettings("le secret manque.")
        : null;

    public bool GivesWhole(JsonElement settings) => HttpSourceSettings.Read(settings) is { } read && string.IsNullOrWhiteSpace(read.SinceParameter);

    public async Task<Result<string>> TestAsync(SourceAccess access, CancellationToken ct)
    {
        if (Refusal(access.Settings, access.Secret is not null) is { } refusal)
        {
            return refusal;
        }

        var settings = HttpSourceSettings.Read(access.Settings)!;
        var answer = await AskAsync(settings, access.Secret, HttpPages.Url(settings, new HttpCursor()), ct);
        if (answer.Refusal is { } failed)
        {
            return failed;
        }

        if (ListOf(answer.Body, settings) is not { } list)
        {
            return SourceErrors.NotReady(NoList(settings));
        }

        var fields = list.GetArrayLength() == 0 ? [] : new RowFields(list[0]).Leaves().Select(leaf => leaf.Path).Take(30).ToList();
        return $"{list.GetArrayLength()} enregistrement(s) sur la première page.{(fields.Count == 0 ? "" : $" Champs : {string.Join(", ", fields)}.")}";
    }

    public async Task<PullAnswer> ReadAsync(SourceAccess access, string? cursor, CancellationToken ct)
    {
        if (Refusal(access.Settings, access.Secret is not null) is { } refusal)
        {
            return new PullAnswer.Refused($"{refusal.Values[0]}");
        }

        var (settings, at) = (HttpSourceSettings.Read(access.Settings)!, HttpCursor.Of(cursor));
        if (at.Next is not null)
        {
            await Task.Delay(TimeSpan.FromMinutes(1.0 / settings.RequestsPerMinute), clock, ct);
        }

        var url = HttpPages.Url(settings, at);
        if (!HttpPages.IsAtHome(settings, url))
        {
            return new PullAnswer.Refused("La page suivante est annoncée chez un autre serveur : elle n’est pas lue.");
        }

        var answer = await AskAsync(settings, access.Secret, url, ct);
        return answer.Failure ?? (ListOf(answer.Body, settings) is { } list ? Page(settings, at, answer, list) : new PullAnswer.Refused(NoList(settings)));
    }

    private static string NoList(HttpSourceSettings settings) => string.IsNullOrWhiteSpace(settings.List)
        ? "La réponse n’est pas une liste : dites où elle se trouve." : $"La liste « {settings.List} » ne se trouve pas dans la réponse.";

    private static JsonElement? ListOf(JsonElement body, HttpSourceSettings settings) =>
        JsonPath.Find(body, settings.List) is { ValueKind: JsonValueKind.Array } list ? list : null;

    private static PullAnswer Page(HttpSourceSettings settings, HttpCursor at, ApiAnswer answer, JsonElement list)
    {
        var accents = new Accents(new FileFormat(FileKind.Ndjson, "utf-8"));
        var rows = list.EnumerateArray().Select((item, i) => NdjsonRows.Row(i + 1, item.GetRawText(), accents)).ToList();
        var print = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(list.GetRawText())));
        var next = HttpPages.Next(settings, at, answer, rows.Count);
        if (next is not null && rows.Count > 0 && print == at.Print)
        {
            return new PullAnswer.Refused("La source rend toujours la même page : le paramètre de page n’est sans doute pas le sien.");
        }

        var latest = string.IsNullOrWhiteSpace(settings.WatermarkPath) ? null
            : list.EnumerateArray().Select(item => JsonPath.Text(item, settings.WatermarkPath)).Aggregate(at.Latest, HttpCursor.Later);
        var read = at with { Next = next, Latest = latest, Began = at.Next is null ? answer.At : at.Began, Print = print };
        var after = next is not null ? read
            : string.IsNullOrWhiteSpace(settings.SinceParameter) ? null
            : read.Ended(TimeSpan.FromMinutes(settings.OverlapMinutes));
        var whole = string.IsNullOrWhiteSpace(settings.SinceParameter);
        return new PullAnswer.Page(rows, after?.ToText(), next is not null) { Begins = whole && at.Next is null, Ends = whole && next is null };
    }

    private async Task<ApiAnswer> AskAsync(HttpSourceSettings settings, string? secret, Uri url, CancellationToken ct)
    {
        if (settings.Authentication is not HttpAuthentication.OAuth2)
        {
            return await calls.SendAsync(HttpMethod.Get, url, request => Dress(request, settings, secret), ct);
        }

        var client = new ApiClient(new Uri(settings.TokenUrl!), settings.ClientId!, secret!, settings.Scope);
        var answer = await WithTokenAsync(client, url, ct);
        if (answer.Status != 401)
        {
            return answer;
        }

        tokens.Forget(client);
        return await WithTokenAsync(client, url, ct);
    }

    private async Task<ApiAnswer> WithTokenAsync(ApiClient client, Uri url, CancellationToken ct)
    {
        var (token, failed) = await tokens.FindAsync(client, ct);
        return failed ?? await calls.SendAsync(
            HttpMethod.Get, url, request => request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token!.Text), ct);
    }

    private static void Dress(HttpRequestMessage request, HttpSourceSettings settings, string? secret)
    {
        switch (settings.Authentication)
        {
            case HttpAuthentication.Bearer:
                request.Headers.TryAddWithoutValidation("authorization", $"Bearer {secret}");
                break;
            case HttpAuthentication.Basic:
                request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{settings.User}:{secret}")));
                break;
            case HttpAuthentication.Header:
                request.Headers.TryAddWithoutValidation(settings.Header!, secret);
                break;
            default:
                break;
        }
    }
}
