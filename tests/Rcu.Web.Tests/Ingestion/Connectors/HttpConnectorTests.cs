using System.Globalization;
using Rcu.Ingestion.Connectors.Http;
using Rcu.Ingestion.Pulling;
using Rcu.Jobs;
using Rcu.Web.Tests.Ingestion.Pulling;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Ingestion.Connectors;

/// <summary>Any JSON API is read to its last page, then followed; simulators of the five ways to page, and of the ways to be let in, stand for it.</summary>
public class HttpConnectorTests
{
    private const string Evidence = "select count(*) || '|' || count(distinct external_key) as \"Value\" from source_records";

    private static readonly DateTimeOffset Noon = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(HttpPaging.Page)]
    [InlineData(HttpPaging.Offset)]
    [InlineData(HttpPaging.Cursor)]
    [InlineData(HttpPaging.LinkHeader)]
    [InlineData(HttpPaging.NextUrl)]
    public async Task Every_way_to_page_is_read_to_the_end(HttpPaging paging)
    {
        await using var bench = await PullBench.CreateAsync();
        await using var api = await FakeApi.StartAsync(ask => Page(ask, paging, total: 250));
        var connection = await ConnectAsync(bench, Settings(api, paging));

        var run = await bench.PullAsync(connection.Id);

        Assert.Equal((RunStatus.Succeeded, 250), (run.Status, run.Counters["inserted"]));
        Assert.Equal(["250|250"], await bench.QueryAsync(Evidence));
        Assert.Equal(["Société 249"], await bench.QueryAsync("select payload -> 'legal' ->> 'name' as \"Value\" from source_records where external_key = 'A249'"));
    }

    [Fact]
    public async Task A_reading_cut_between_two_pages_goes_on_from_its_page()
    {
        await using var bench = await PullBench.CreateAsync();
        await using var api = await FakeApi.StartAsync(ask => Page(ask, HttpPaging.Page, total: 250));
        var connection = await ConnectAsync(bench, Settings(api, HttpPaging.Page));

        await Assert.ThrowsAnyAsync<Exception>(() => bench.PullAsync(connection.Id, new CutConnection("second page")));
        var again = await bench.PullAsync(connection.Id);

        Assert.Equal(RunStatus.Succeeded, again.Status);
        Assert.Equal(["250|250"], await bench.QueryAsync(Evidence));
        Assert.Equal("1,2,2,3,4", string.Join(',', api.Asked.Select(a => a.Query["page"])));
    }

    [Fact]
    public async Task Only_what_changed_is_asked_again_and_what_changed_meanwhile_is_not_missed()
    {
        await using var bench = await PullBench.CreateAsync();
        await using var api = await FakeApi.StartAsync(ask => Page(ask, HttpPaging.Page, total: 150));
        var connection = await ConnectAsync(bench, Settings(api, HttpPaging.Page, since: true));

        await bench.PullAsync(connection.Id);
        var second = await bench.PullAsync(connection.Id);

        // The last of the 150 changed 149 s after noon; five minutes before it, all are asked for again, and say nothing new.
        Assert.Equal("2026-11-01T11:57:29.000Z", api.Asked.Last().Query["updated_since"]);
        Assert.DoesNotContain("updated_since", api.Asked.First().Query.Keys);
        Assert.Equal((RunStatus.Succeeded, 0, 150), (second.Status, second.Counters["inserted"], second.Counters["unchanged"]));
    }

    [Theory]
    [InlineData(HttpAuthentication.Bearer, "authorization", "Bearer s3cret")]
    [InlineData(HttpAuthentication.Basic, "authorization", "Basic bMOpYTpzM2NyZXQ=")]
    [InlineData(HttpAuthentication.Header, "x-api-key", "s3cret")]
    [InlineData(HttpAuthentication.OAuth2, "authorization", "Bearer pass-2")]
    public async Task Each_way_to_be_let_in_is_shown_and_a_refusal_stops_the_source(HttpAuthentication authentication, string header, string shown)
    {
        await using var bench = await PullBench.CreateAsync();
        var passes = 0;
        await using var api = await FakeApi.StartAsync(ask => ask.Path switch
        {
            "/token" => Pass(ask, ++passes),
            _ when ask.Header("authorization") == "Bearer pass-1" => new FakeAnswer(401, new { error = "expired" }), // taken back before its hour
            _ => Page(ask, HttpPaging.None, total: 3),
        });
        var connection = await ConnectAsync(bench,
            new
            {
                url = $"{api.Url}/companies",
                list = "data",
                authentication,
                user = "léa",
                header = "x-api-key",
                tokenUrl = authentication is HttpAuthentication.OAuth2 ? $"{api.Url}/token" : null,
                clientId = "hub",
            },
            "s3cret");

        var run = await bench.PullAsync(connection.Id);
        api.Then(401);
        api.Then(401);
        api.Then(401);
        var refused = await bench.PullAsync(connection.Id);

        Assert.Equal((RunStatus.Succeeded, 3), (run.Status, run.Counters["inserted"]));
        Assert.Equal(shown, api.Asked.Last(a => a.Path == "/companies" && a.Header(header) == shown).Header(header));
        Assert.Equal(RunStatus.Failed, refused.Status);
        Assert.Equal(ConnectionState.CredentialsNeeded, (await bench.ConnectionAsync(connection.Id)).State);
    }

    [Theory]
    [InlineData(429, "7200", ConnectionState.Degraded, 7200)]
    [InlineData(503, null, ConnectionState.Degraded, null)]
    [InlineData(404, null, ConnectionState.Broken, null)]
    [InlineData(200, null, ConnectionState.Broken, null)] // no JSON
    public async Task Whatever_goes_wrong_is_told_and_tried_again_only_when_it_may_help(int status, string? retryAfter, ConnectionState state, int? seconds)
    {
        await using var bench = await PullBench.CreateAsync();
        await using var api = await FakeApi.StartAsync(ask => Page(ask, HttpPaging.None, total: 3));
        var connection = await ConnectAsync(bench, Settings(api, HttpPaging.None));
        api.Then(status, "<html>", retryAfter is null ? [] : [("Retry-After", retryAfter)]);

        var run = await bench.PullAsync(connection.Id);
        var after = await bench.ConnectionAsync(connection.Id);

        Assert.Equal((RunStatus.Failed, state), (run.Status, after.State));
        Assert.Equal(seconds is null ? null : PullBench.Morning.AddSeconds(seconds.Value), seconds is null ? null : after.NextRunAt);
    }

    [Fact]
    public async Task A_redirection_is_followed_but_never_to_a_private_address_nor_with_the_secret_to_another_host()
    {
        await using var bench = await PullBench.CreateAsync();
        await using var other = await FakeApi.StartAsync(ask => Page(ask, HttpPaging.None, total: 2));
        await using var api = await FakeApi.StartAsync(ask => Page(ask, HttpPaging.None, total: 3));
        var connection = await ConnectAsync(bench, new { url = $"{api.Url}/companies", list = "data", authentication = "Bearer" }, "s3cret");

        api.Then(302, null, ("Location", $"{other.Url}/companies"));
        var followed = await bench.PullAsync(connection.Id);
        api.Then(302, null, ("Location", "http://169.254.169.254/latest/meta-data"));
        var refused = await bench.PullAsync(connection.Id);

        Assert.Equal(2, followed.Counters["inserted"]);
        Assert.Null(other.Asked.Single().Header("authorization"));
        Assert.Contains("n’est pas publique", refused.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_that_gives_the_same_page_for_ever_or_a_page_elsewhere_is_stopped()
    {
        await using var bench = await PullBench.CreateAsync();
        await using var api = await FakeApi.StartAsync(_ => Page(Ask(("page", "1")), HttpPaging.Page, total: 100));
        await using var sly = await FakeApi.StartAsync(_ => new FakeAnswer(200, new { data = new[] { Company(1) }, next = "http://127.0.0.1:1/next" }));
        var same = await ConnectAsync(bench, Settings(api, HttpPaging.Page));

        var endless = await bench.PullAsync(same.Id);
        await using var bench2 = await PullBench.CreateAsync();
        var elsewhere = await bench2.PullAsync((await ConnectAsync(bench2, Settings(sly, HttpPaging.NextUrl))).Id);

        Assert.Contains("toujours la même page", endless.Failure, StringComparison.Ordinal);
        Assert.Equal(2, api.Asked.Count);
        Assert.Contains("chez un autre serveur", elsewhere.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trial_tells_what_would_be_read()
    {
        await using var bench = await PullBench.CreateAsync();
        await using var api = await FakeApi.StartAsync(ask => Page(ask, HttpPaging.None, total: 3));
        var connection = await ConnectAsync(bench, Settings(api, HttpPaging.None));
        await using var db = bench.Db();

        var told = await bench.Connections(db).TestAsync(connection.Id, default);
        api.Then(500);
        var away = await bench.Connections(db).TestAsync(connection.Id, default);

        Assert.Equal("3 enregistrement(s) sur la première page. Champs : id, legal.name, cities.0, changed.", told.Value);
        Assert.Equal("connection.not_ready", away.Error?.Code);
    }

    private static Task<SourceConnection> ConnectAsync(PullBench bench, object settings, string? secret = null) =>
        bench.ConnectAsync("http", settings, secret, "legal.name", "$.cities[0]");

    private static object Settings(FakeApi api, HttpPaging paging, bool since = false) => new
    {
        url = $"{api.Url}/companies?active=true",
        list = "data",
        paging,
        pageParameter = paging switch { HttpPaging.Offset => "offset", HttpPaging.Cursor => "after", _ => "page" },
        sizeParameter = "limit",
        nextPath = paging is HttpPaging.Cursor ? "paging.after" : "next",
        sinceParameter = since ? "updated_since" : null,
        watermarkPath = since ? "changed" : null,
        requestsPerMinute = 6000,
    };

    private static FakeAsk Ask(params (string Name, string Value)[] query) =>
        new("GET", "/companies", query.ToDictionary(q => q.Name, q => q.Value), new Dictionary<string, string>(), "");

    private static object Company(int i) =>
        new { id = $"A{i}", legal = new { name = $"Société {i}" }, cities = new[] { "Metz" }, changed = Noon.AddSeconds(i).UtcDateTime.ToString("o", CultureInfo.InvariantCulture) };

    // A simulator of an API that gives a hundred companies a page, all of them changed since noon.
    private static FakeAnswer Page(FakeAsk ask, HttpPaging paging, int total)
    {
        int Number(string name, int usual) => ask.Query.TryGetValue(name, out var value) ? int.Parse(value, CultureInfo.InvariantCulture) : usual;
        var from = paging switch
        {
            HttpPaging.Page or HttpPaging.LinkHeader or HttpPaging.NextUrl => (Number("page", 1) - 1) * 100,
            HttpPaging.Offset => Number("offset", 0),
            HttpPaging.Cursor => Number("after", 0),
            _ => 0,
        };
        var to = paging is HttpPaging.None ? total : Math.Min(from + 100, total);
        var (data, more) = (Enumerable.Range(from, Math.Max(0, to - from)).Select(Company), to < total);
        var next = $"/companies?page={(to / 100) + 1}";
        return new FakeAnswer(
            200,
            new { data, paging = new { after = more ? $"{to}" : null }, next = more && paging is HttpPaging.NextUrl ? next : null },
            more && paging is HttpPaging.LinkHeader ? [("Link", $"</companies?page=1>; rel=\"first\", <{next}>; rel=\"next\"")] : []);
    }

    private static FakeAnswer Pass(FakeAsk ask, int number) => ask.Body.Contains("client_secret=s3cret", StringComparison.Ordinal)
        ? new FakeAnswer(200, new { access_token = $"pass-{number}", expires_in = 3600, token_type = "Bearer" })
        : new FakeAnswer(400, new { error = "invalid_client" });
}
