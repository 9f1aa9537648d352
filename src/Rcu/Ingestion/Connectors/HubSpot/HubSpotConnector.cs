using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using FluentValidation;
using Rcu.Ingestion.Connectors.Calls;
using Rcu.Ingestion.Pulling;
using Rcu.Ingestion.Reading.Json;

namespace Rcu.Ingestion.Connectors.HubSpot;

/// <summary>
/// Reads the companies, contacts, their associations and the deals of a HubSpot account: all of them once, then what changed since.
/// The search is followed by identifier and not by page, so that neither its bound of ten thousand results nor thousands of
/// records changed in one instant can hide one.
/// </summary>
public sealed class HubSpotConnector(ApiCaller calls, IValidator<HubSpotSettings> validator, TimeProvider clock) : ISourceConnector, IKnownSource
{
    private const int PageSize = 100;

    private static readonly TimeSpan SchemaLife = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<Guid, (DateTimeOffset Until, IReadOnlyList<string> Columns)> _schemas = new();

    public string Kind => "hubspot";

    public Type Settings => typeof(HubSpotSettings);

    public Error? Refusal(JsonElement settings, bool hasSecret) =>
        HubSpotSettings.Read(settings) is not { } read ? SourceErrors.BadSettings("un réglage est illisible.")
        : validator.Validate(read) is { IsValid: false } wrong ? SourceErrors.BadSettings(wrong.Errors[0].ErrorMessage)
        : !calls.Allows(new Uri(read.BaseUrl)) ? SourceErrors.BadSettings("l’adresse doit être publique, et en https.")
        : !hasSecret ? SourceErrors.BadSettings("le jeton d’accès de l’application privée manque.")
        : null;

    IReadOnlyList<KnownFeed> IKnownSource.Feeds(string source, JsonElement settings) =>
        [.. HubSpotObject.All.Select(each => each.Feed(source, HubSpotSettings.Read(settings)!))];

    public async Task<Result<string>> TestAsync(SourceAccess access, CancellationToken ct)
    {
        if (Refusal(access.Settings, access.Secret is not null) is { } refusal)
        {
            return refusal;
        }

        var (columns, failed) = await ColumnsAsync(access, afresh: true, ct);
        if (failed is not null)
        {
            return failed.Refusal!;
        }

        foreach (var each in HubSpotObject.All)
        {
            if ((await Door(access).GetAsync($"/crm/v3/objects/{each.Path}?limit=1", ct)).Refusal is { } closed)
            {
                return closed;
            }
        }

        var lacking = access.Feeds.SelectMany(feed => feed.Columns.SelectMany(c => c.Columns)).Except(columns!).ToList();
        return $"Entreprises, contacts et affaires sont lisibles ; {columns!.Count} propriétés."
            + (lacking.Count == 0 ? "" : $" Attention, la correspondance attend ce qui n’existe pas : {string.Join(", ", lacking)}.");
    }

    public async Task<PullAnswer> ReadAsync(SourceAccess access, string? cursor, CancellationToken ct)
    {
        if (Refusal(access.Settings, access.Secret is not null) is { } refusal)
        {
            return new PullAnswer.Refused($"{refusal.Values[0]}");
        }

        var at = HubSpotCursor.Of(cursor);
        var (columns, unknown) = await ColumnsAsync(access, at.IsStart, ct);
        if (unknown is not null)
        {
            return unknown.Failure!;
        }

        var current = HubSpotObject.All[at.Object];
        var answer = at.Archived || !at.Since.ContainsKey(current.Path) ? await ListAsync(access, current, at, ct) : await SearchAsync(access, current, at, ct);
        if (answer.Failure is not null)
        {
            return answer.Failure;
        }

        var results = JsonPath.Find(answer.Body, "results") is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray().ToList() : [];
        var (companies, failed) = current.PrimaryCompany is null || at.Archived || results.Count == 0
            ? ([], null) : await Door(access).CompaniesAsync(current.Path, results.Select(result => JsonPath.Text(result, "id")).OfType<string>(), ct);
        if (failed is not null)
        {
            return failed.Failure!;
        }

        at = at with { Began = at.Began ?? answer.At ?? clock.GetUtcNow() };
        var next = Next(at, current, answer.Body, results) is { } after
            ? at with { After = after } : at.Step(current, TimeSpan.FromMinutes(HubSpotSettings.Read(access.Settings)!.OverlapMinutes));
        var rows = HubSpotRows.Of(current, results, companies, at.Archived, at.Since.TryGetValue(current.Path, out var since) ? since : null);
        return new PullAnswer.Page([.. rows], next.ToText(), !next.IsStart, columns);
    }

    // A list says its next page; a search goes on after the last identifier it gave.
    private static string? Next(HubSpotCursor at, HubSpotObject current, JsonElement body, List<JsonElement> results) =>
        JsonPath.Text(body, "paging.next.after") is not { } after || results.Count == 0 ? null
        : at.Archived || !at.Since.ContainsKey(current.Path) ? after
        : JsonPath.Text(results[^1], "id");

    private Task<ApiAnswer> ListAsync(SourceAccess access, HubSpotObject current, HubSpotCursor at, CancellationToken ct) => Door(access).GetAsync(
        $"/crm/v3/objects/{current.Path}?limit={PageSize}&archived={(at.Archived ? "true" : "false")}"
            + $"&properties={Uri.EscapeDataString(string.Join(',', current.Wanted(access.Feeds)))}"
            + (at.After is null ? "" : $"&after={Uri.EscapeDataString(at.After)}"),
        ct);

    private Task<ApiAnswer> SearchAsync(SourceAccess access, HubSpotObject current, HubSpotCursor at, CancellationToken ct)
    {
        var since = at.Since[current.Path].ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        object[] filters =
        [
            new { propertyName = current.Modified, @operator = "GTE", value = since },
            new { propertyName = "hs_object_id", @operator = "GT", value = at.After ?? "0" },
        ];
        return Door(access).PostAsync(
            $"/crm/v3/objects/{current.Path}/search",
            new
            {
                filterGroups = new[] { new { filters } },
                sorts = new[] { new { propertyName = "hs_object_id", direction = "ASCENDING" } },
                properties = current.Wanted(access.Feeds),
                limit = PageSize,
            },
            ct);
    }

    // What each object may say, for alerts on what came and went.
    private async Task<(IReadOnlyList<string>? Columns, ApiAnswer? Failed)> ColumnsAsync(SourceAccess access, bool afresh, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (!afresh && _schemas.TryGetValue(access.Connection, out var known) && known.Until > now)
        {
            return (known.Columns, null);
        }

        var columns = new List<string> { "record", "id", "createdAt", "updatedAt" };
        foreach (var each in HubSpotObject.All)
        {
            var answer = await Door(access).GetAsync($"/crm/v3/properties/{each.Path}", ct);
            if (answer.Failure is not null)
            {
                return (null, answer);
            }

            columns.AddRange(answer.Body.GetProperty("results").EnumerateArray().Select(property => $"{each.Record}.{JsonPath.Text(property, "name")}"));
            columns.AddRange(each.Besides.Select(own => $"{each.Record}.{own}"));
        }

        _schemas[access.Connection] = (now + SchemaLife, columns);
        return (columns, null);
    }

    private HubSpotDoor Door(SourceAccess access) => new(calls, HubSpotSettings.Read(access.Settings)!.BaseUrl, access.Secret);
}
