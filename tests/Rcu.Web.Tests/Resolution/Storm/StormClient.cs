using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;

namespace Rcu.Web.Tests.Resolution.Storm;

/// <summary>One of those who work on the hub at once: steward, seller and program in turn, by a seeded chance, over HTTP.</summary>
internal sealed class StormClient(StormHub hub, int number, int seed, string colleague)
{
    // Below what one key may ask for in a minute.
    private const int ActsPerKey = 250;

    private readonly Random _chance = new(seed * 1_000 + number);
    private HttpClient? _http;
    private int _made;

    public List<StormAct> Acts { get; } = [];

    /// <summary>What no client should ever be told.</summary>
    public List<string> Broken { get; } = [];

    public async Task WorkAsync(int acts)
    {
        for (var i = 0; i < acts; i++)
        {
            if (i % ActsPerKey == 0)
            {
                _http?.Dispose();
                _http = await PatientAsync(() => hub.Api.ClientAsync([.. Rcu.Security.ApiKeys.Scopes]));
            }

            await PatientAsync(async () => { await ActAsync(); return 0; });
        }
    }

    private Task ActAsync() => _chance.Next(100) switch
    {
        < 12 => MergeAsync("accounts"),
        < 16 => MergeAsync("contacts"),
        < 24 => UnmergeAsync("accounts", "Account"),
        < 27 => UnmergeAsync("contacts", "Contact"),
        < 35 => JudgeAsync(),
        < 40 => UndoAsync(),
        < 43 => RevokeAsync(),
        < 46 => MergeManyAsync(),
        < 54 => OnAccountAsync("note", key => (HttpMethod.Post, "notes", new { kind = "note", text = key })),
        < 60 => OnAccountAsync("task", key => (HttpMethod.Post, "tasks", new { title = key, assignee = colleague })),
        < 65 => TagAsync(),
        < 68 => OnAccountAsync("edit", key => (HttpMethod.Put, "values/usual_name", new { value = key })),
        < 74 => SayAsync("document", "/documents", key => new { accountKey = "{0}", number = key, type = "invoice", date = "2026-11-02", net = 100 }),
        < 80 => SayAsync("interaction", "/interactions", key => new { accountKey = "{0}", kind = "call", at = "2026-11-02T09:30:00Z", subject = key }),
        < 90 => PushAsync(),
        < 95 => RoleAsync(),
        _ => OnAccountAsync("follow", _ => (HttpMethod.Put, $"followers/{colleague}", null)),
    };

    private async Task MergeAsync(string path)
    {
        var two = await hub.ListAsync<Guid>($"select id from {path} order by md5(id::text || $1) limit 2", Word());
        await SendAsync("merge", Key(), "", HttpMethod.Post, $"/{path}/{two[0]}:merge", new { with = two[1], reason = "essai" });
    }

    private async Task MergeManyAsync()
    {
        var ids = await hub.ListAsync<Guid>("select id from accounts where siren is null order by md5(id::text || $1) limit 5", Word());
        if (await SendAsync("merge_all", Key(), "", HttpMethod.Post, "/accounts:merge", new { ids, reason = "essai" }) is { } done
            && _chance.Next(2) == 0 && done.TryGetProperty("batch", out var batch))
        {
            await SendAsync("undo_all", Key(), "", HttpMethod.Delete, $"/matches/batches/{batch.GetString()}", null);
        }
    }

    private async Task UnmergeAsync(string path, string kind)
    {
        var parted = await hub.ListAsync<Guid>(
            """
            select l.record_id from links l join records r on r.id = l.record_id and r.kind = l.kind
            where l.kind = $1 and exists (select from links o where o.cluster_id = l.cluster_id and o.kind = l.kind and o.record_id <> l.record_id)
            order by md5(l.record_id::text || $2) limit 1
            """,
            kind, Word());
        foreach (var record in parted)
        {
            var account = (await hub.ListAsync<Guid>("select cluster_id from links where record_id = $1 and kind = $2", record, kind)).FirstOrDefault();
            await SendAsync("unmerge", Key(), "", HttpMethod.Post, $"/{path}/{account}:unmerge", new { recordId = record, reason = "essai" });
        }
    }

    private async Task JudgeAsync()
    {
        var judgement = _chance.Next(2) == 0 ? "same" : "different";
        foreach (var pair in await hub.ListAsync<Guid>(
            "select id from matches where judgement = 'Undecided' and closed_at is null order by md5(id::text || $1) limit 1", Word()))
        {
            await SendAsync("judgement", $"{pair}", judgement, HttpMethod.Put, $"/matches/{pair}/judgement", new { judgement });
        }
    }

    private async Task UndoAsync()
    {
        foreach (var pair in await hub.ListAsync<Guid>("select id from matches where judgement <> 'Undecided' order by md5(id::text || $1) limit 1", Word()))
        {
            await SendAsync("judgement", $"{pair}", "undecided", HttpMethod.Delete, $"/matches/{pair}/judgement", null);
        }
    }

    // Of those that answered no question: the others are taken back with their judgement.
    private async Task RevokeAsync()
    {
        foreach (var decision in await hub.ListAsync<Guid>(
            """
            select d.id from decisions d where d.revoked_at is null and d.reason = 'essai'
              and not exists (select from matches m where m.kind = d.kind and m.left_record_id = d.left_record_id and m.right_record_id = d.right_record_id)
            order by md5(d.id::text || $1) limit 1
            """, Word()))
        {
            await SendAsync("revoke", Key(), "", HttpMethod.Delete, $"/matches/decisions/{decision}", null);
        }
    }

    private async Task OnAccountAsync(string kind, Func<string, (HttpMethod Method, string Path, object? Body)> act)
    {
        var key = Key();
        var (method, path, body) = act(key);
        var account = (await hub.ListAsync<Guid>("select id from accounts order by md5(id::text || $1) limit 1", Word()))[0];
        await SendAsync(kind, key, $"{account}", method, $"/accounts/{account}/{path}", body);
    }

    private async Task TagAsync()
    {
        var key = Key();
        var account = (await hub.ListAsync<Guid>("select id from accounts order by md5(id::text || $1) limit 1", Word()))[0];
        await SendAsync("tag", key, $"{account}", HttpMethod.Post, "/accounts:bulk", new { act = "tag", value = key, ids = new[] { account } });
    }

    private async Task RoleAsync()
    {
        var key = Key();
        var account = (await hub.ListAsync<Guid>("select id from accounts order by md5(id::text || $1) limit 1", Word()))[0];
        var contact = (await hub.ListAsync<Guid>("select id from contacts order by md5(id::text || $1) limit 1", Word()))[0];
        await SendAsync("role", key, "", HttpMethod.Post, $"/contacts/{contact}/roles", new { accountId = account, function = "prescriber", remark = key });
    }

    private async Task SayAsync(string kind, string path, Func<string, object> fields)
    {
        var key = Key();
        var account = await AccountKeyAsync();
        var said = JsonSerializer.Deserialize<JsonElement>(JsonSerializer.Serialize(fields(key)).Replace("{0}", account, StringComparison.Ordinal));
        await SendAsync(kind, key, account, HttpMethod.Post, path, new { source = "erp", key, fields = said });
    }

    // A new account that resembles another, or another word on one that is known.
    private async Task PushAsync()
    {
        var name = (await hub.ListAsync<string>("select name from accounts order by md5(id::text || $1) limit 1", Word()))[0];
        var key = _chance.Next(2) == 0 ? Key() : await AccountKeyAsync();
        await SendAsync(key.StartsWith("storm", StringComparison.Ordinal) ? "record" : "change", key, "", HttpMethod.Put, $"/accounts/by-key/erp/{Uri.EscapeDataString(key)}", new
        {
            name,
            city = (await hub.ListAsync<string>("select coalesce(address_city, 'Metz') from accounts order by md5(id::text || $1) limit 1", Word()))[0],
        });
    }

    private async Task<string> AccountKeyAsync() => (await hub.ListAsync<string>(
        """
        select r.external_key from records r join sources s on s.id = r.source_id
        where r.kind = 'Account' and s.name = 'erp' and r.removed_at is null order by md5(r.id::text || $1) limit 1
        """, Word()))[0];

    private string Word() => $"{_chance.Next()}";

    private string Key() => $"storm-{number}-{++_made}";

    private async Task<JsonElement?> SendAsync(string kind, string key, string value, HttpMethod method, string path, object? body)
    {
        var asked = TimeProvider.System.GetTimestamp();
        var outcome = StormOutcome.Unknown;
        JsonElement? said = null;
        try
        {
            using var request = new HttpRequestMessage(method, $"/api/v1{path}") { Content = body is null ? null : JsonContent.Create(body) };
            using var answer = await _http!.SendAsync(request);
            outcome = answer.IsSuccessStatusCode ? StormOutcome.Done : (int)answer.StatusCode < 500 ? StormOutcome.Refused : StormOutcome.Unknown;
            said = answer.IsSuccessStatusCode ? await Rcu.Web.Tests.Api.ApiHub.BodyAsync(answer) : null;
            if (answer.StatusCode is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError or HttpStatusCode.Unauthorized)
            {
                Broken.Add($"{(int)answer.StatusCode} {method} {path} {await answer.Content.ReadAsStringAsync()}");
            }
        }
        catch (Exception e) when (e is HttpRequestException or NpgsqlException or IOException or OperationCanceledException)
        {
            Broken.Add($"{method} {path} {e.Message}");
        }

        Acts.Add(new StormAct(number, kind, key, value, asked, TimeProvider.System.GetTimestamp(), outcome));
        return said;
    }

    // While the server comes back, what the client itself reads of it waits.
    private static async Task<T> PatientAsync<T>(Func<Task<T>> act)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await act();
            }
            catch (Exception e) when (attempt < 100 && IsOutage(e))
            {
                await Task.Delay(200);
            }
        }
    }

    private static bool IsOutage(Exception? e) =>
        e is not null && (e is NpgsqlException and not PostgresException { SqlState: ['4', '2', ..] } or IOException or HttpRequestException || IsOutage(e.InnerException));
}
