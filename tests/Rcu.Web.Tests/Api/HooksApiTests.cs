using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Ingestion.Connectors.Webhook;
using Rcu.Ingestion.Pulling;
using Rcu.Jobs;
using Rcu.Security;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Api;

/// <summary>What other programs post is believed only when it is signed, kept before it is answered, and counts once.</summary>
public class HooksApiTests
{
    private const string Ordinary = """{"lead":{"id":"L1","email":"lea@vasseur-bat.fr"},"phones":[{"number":"0102030405"}],"name":"Moreau"}""";

    [Fact]
    public async Task A_signed_message_is_kept_answered_202_and_becomes_a_record_by_its_mapping()
    {
        await using var box = await LetterBox.OpenAsync();

        using var answer = await box.PostAsync(Ordinary, id: "m1");
        var before = await box.RecordsAsync();
        var run = await box.WorkAsync();
        var fields = await box.QueryAsync("select payload -> 'lead' ->> 'email' as \"Value\" from source_records");

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Empty(before);
        Assert.Equal((RunStatus.Succeeded, 1), (run.Status, run.Counters["inserted"]));
        Assert.Equal(["Contact L1"], await box.RecordsAsync());
        Assert.Equal(["lea@vasseur-bat.fr"], fields);
        await box.CleanAsync();
        Assert.Equal(["+33102030405"], await box.QueryAsync("select fields ->> 'phone' as \"Value\" from records"));
    }

    [Fact]
    public async Task A_message_sent_again_counts_once_and_another_under_its_name_is_refused()
    {
        await using var box = await LetterBox.OpenAsync();

        using var first = await box.PostAsync(Ordinary, id: "m1");
        using var again = await box.PostAsync(Ordinary, id: "m1");
        using var other = await box.PostAsync("""{"lead":{"id":"L2"}}""", id: "m1");
        using var plain = await box.PostPlainlyAsync("""{"lead":{"id":"L3"}}""");
        using var plainAgain = await box.PostPlainlyAsync("""{"lead":{"id":"L3"}}""");

        Assert.Equal(
            [HttpStatusCode.Accepted, HttpStatusCode.Accepted, HttpStatusCode.Conflict, HttpStatusCode.Accepted, HttpStatusCode.Accepted],
            new[] { first, again, other, plain, plainAgain }.Select(a => a.StatusCode));
        Assert.Equal(["2"], await box.QueryAsync("select count(*)::text as \"Value\" from hook_messages"));
    }

    [Theory]
    [InlineData(-301)]
    [InlineData(310)]
    public async Task A_message_signed_too_long_ago_or_too_far_ahead_leaves_nothing(int seconds)
    {
        await using var box = await LetterBox.OpenAsync();

        using var answer = await box.PostAsync(Ordinary, id: "m1", at: DateTimeOffset.UtcNow.AddSeconds(seconds));
        using var plain = await box.PostPlainlyAsync(Ordinary, at: DateTimeOffset.UtcNow.AddSeconds(seconds));

        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized], new[] { answer.StatusCode, plain.StatusCode });
        Assert.Equal(["0"], await box.QueryAsync("select count(*)::text as \"Value\" from hook_messages"));
    }

    [Fact]
    public async Task A_wrong_secret_a_changed_body_or_no_signature_leave_nothing()
    {
        await using var box = await LetterBox.OpenAsync();
        var (now, stranger) = (DateTimeOffset.UtcNow, WebhookSignature.NewSecret());
        var body = Encoding.UTF8.GetBytes(Ordinary);

        using var wrong = await box.PostAsync(Ordinary, "m1", secret: stranger);
        using var changed = await box.SendAsync(
            Ordinary + " ", [("webhook-id", "m1"), ("webhook-timestamp", $"{now.ToUnixTimeSeconds()}"), ("webhook-signature", WebhookSignature.Sign(box.Secret, "m1", now, body))]);
        using var renamed = await box.SendAsync(
            Ordinary, [("webhook-id", "m2"), ("webhook-timestamp", $"{now.ToUnixTimeSeconds()}"), ("webhook-signature", WebhookSignature.Sign(box.Secret, "m1", now, body))]);
        using var none = await box.SendAsync(Ordinary, []);
        using var nobody = await box.SendAsync(Ordinary, [("x-rcu-signature", WebhookSignature.SignPlainly(box.Secret, now, body))], Guid.CreateVersion7());

        Assert.All(new[] { wrong, changed, renamed, none, nobody }, answer => Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode));
        Assert.Equal(["0"], await box.QueryAsync("select count(*)::text as \"Value\" from hook_messages"));
    }

    [Fact]
    public async Task A_new_secret_and_the_former_one_both_open_until_the_former_is_retired()
    {
        await using var box = await LetterBox.OpenAsync();
        var former = box.Secret;
        await box.InAsync(async services =>
        {
            box.Secret = (await services.GetRequiredService<HookSecrets>().RenewAsync(box.Id, "test", default)).Value!;
            return 0;
        });

        using var withFormer = await box.PostAsync(Ordinary, "m1", secret: former);
        using var withNew = await box.PostAsync(Ordinary, "m2");
        await box.InAsync(services => services.GetRequiredService<HookSecrets>().EndRotationAsync(box.Id, "test", default));
        using var tooLate = await box.PostAsync(Ordinary, "m3", secret: former);
        using var still = await box.PostAsync(Ordinary, "m4");

        Assert.Equal(
            [HttpStatusCode.Accepted, HttpStatusCode.Accepted, HttpStatusCode.Unauthorized, HttpStatusCode.Accepted],
            new[] { withFormer, withNew, tooLate, still }.Select(a => a.StatusCode));
    }

    [Fact]
    public async Task What_cannot_be_mapped_is_a_row_with_its_reason_and_forms_and_lists_are_read()
    {
        await using var box = await LetterBox.OpenAsync();
        using var broken = await box.PostAsync("{ not json", "m1");
        using var keyless = await box.PostAsync("""{"name":"Sans clé"}""", "m2");
        using var list = await box.PostAsync("""[{"lead":{"id":"L1"}},{"lead":{"id":"L2"}},7]""", "m3");
        using var form = await box.PostAsync("lead.id=F1&name=L%C3%A9a+Moreau", "m4", "application/x-www-form-urlencoded");
        using var xml = await box.PostAsync("<a/>", "m5", "text/xml");
        using var huge = await box.PostAsync($$$"""{"lead":{"id":"{{{new string('x', 1_000_001)}}}"}}""", "m6");
        var run = await box.WorkAsync();

        Assert.All(new[] { broken, keyless, list, form }, answer => Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode));
        Assert.Equal((HttpStatusCode.UnsupportedMediaType, HttpStatusCode.RequestEntityTooLarge), (xml.StatusCode, huge.StatusCode));
        Assert.Equal((RunStatus.Succeeded, 3, 3), (run.Status, run.Counters["inserted"], run.Counters["rejected"]));
        Assert.Equal(["Contact F1", "Contact L1", "Contact L2"], await box.RecordsAsync());
        Assert.Equal(["row.json", "row.no_key", "row.not_an_object"], await box.QueryAsync("select code as \"Value\" from rejects order by 1"));
        Assert.Equal(["Léa Moreau"], await box.QueryAsync("select payload ->> 'name' as \"Value\" from source_records where external_key = 'F1'"));
    }

    [Fact]
    public async Task Messages_come_in_from_everywhere_at_once_and_none_is_lost_or_doubled()
    {
        await using var box = await LetterBox.OpenAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => box.PostAsync($$$"""{"lead":{"id":"L{{{i % 40}}}"}}""", $"m{i % 40}")));
        await box.WorkAsync();
        using var late = await box.PostAsync("""{"lead":{"id":"Z"}}""", "z");
        var unread = await box.InAsync(services => services.GetRequiredService<DueSources>().WakeAsync(default));
        await box.WorkAsync();

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode));
        Assert.Equal(41, (await box.RecordsAsync()).Count);
        Assert.Equal(["41"], await box.QueryAsync("select count(*)::text as \"Value\" from source_records"));
        Assert.Equal(0, unread); // its run already waits
    }

    /// <summary>A hub that listens on a port, with one letter box for contacts.</summary>
    private sealed class LetterBox : IAsyncDisposable
    {
        private readonly TestHub _hub;
        private readonly HttpClient _client;

        private LetterBox(TestHub hub) => (_hub, _client) = (hub, hub.CreateClient());

        public Guid Id { get; private set; }

        public string Secret { get; set; } = WebhookSignature.NewSecret();

        public static async Task<LetterBox> OpenAsync()
        {
            var box = new LetterBox(await TestHub.ListenAsync());
            await box.InAsync(async services =>
            {
                var mapping = new SourceMapping(
                    RecordKind.Contact, ["lead.id"],
                    new Dictionary<string, string> { ["email"] = "lead.email", ["phone"] = "$.phones[0].number", ["family_name"] = "name" });
                var made = await services.GetRequiredService<SourceConnections>().CreateAsync(
                    new SaveSourceConnection("Formulaires", "webhook", "formulaires", JsonSerializer.SerializeToElement(new { }), Mapping: mapping, Secret: box.Secret), "test", default);
                Assert.True(made.Succeeded, made.Error?.Message);
                box.Id = made.Value.Id;
                return 0;
            });
            return box;
        }

        public Task<HttpResponseMessage> PostAsync(
            string body, string id, string type = "application/json", DateTimeOffset? at = null, string? secret = null)
        {
            var now = at ?? DateTimeOffset.UtcNow;
            return SendAsync(
                body,
                [
                    ("webhook-id", id), ("webhook-timestamp", $"{now.ToUnixTimeSeconds()}"),
                    ("webhook-signature", WebhookSignature.Sign(secret ?? Secret, id, now, Encoding.UTF8.GetBytes(body))),
                ],
                type: type);
        }

        public Task<HttpResponseMessage> PostPlainlyAsync(string body, DateTimeOffset? at = null) =>
            SendAsync(body, [("x-rcu-signature", WebhookSignature.SignPlainly(Secret, at ?? DateTimeOffset.UtcNow, Encoding.UTF8.GetBytes(body)))]);

        public async Task<HttpResponseMessage> SendAsync(string body, (string Name, string Value)[] headers, Guid? id = null, string type = "application/json")
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/hooks/{id ?? Id}") { Content = new StringContent(body, Encoding.UTF8, type) };
            foreach (var (name, value) in headers)
            {
                request.Headers.Add(name, value);
            }

            return await _client.SendAsync(request);
        }

        /// <summary>Runs the pulls that wait, as a worker would.</summary>
        public Task<Run> WorkAsync() => InAsync(async services =>
        {
            var db = services.GetRequiredService<RcuDb>();
            var waiting = await db.Runs.AsNoTracking().Where(r => r.Stage == PullJob.Stage && r.Status == RunStatus.Queued).Select(r => r.Id).ToListAsync();
            var last = Guid.Empty;
            foreach (var run in waiting)
            {
                await services.GetRequiredKeyedService<IJob>(nameof(PullJob)).RunAsync(last = run, default);
            }

            return await db.Runs.AsNoTracking().SingleAsync(r => r.Id == last);
        });

        public Task<int> CleanAsync() => InAsync(async services =>
        {
            var db = services.GetRequiredService<RcuDb>();
            var run = await db.Runs.SingleAsync(r => r.Stage == PipelineRuns.Stage && r.Status == RunStatus.Queued);
            await services.GetRequiredKeyedService<IJob>(nameof(PipelineJob)).RunAsync(run.Id, default);
            return 0;
        });

        public Task<List<string>> RecordsAsync() => QueryAsync("select kind || ' ' || external_key as \"Value\" from records order by 1");

        public Task<List<string>> QueryAsync(string sql) => InAsync(services => services.GetRequiredService<RcuDb>().Database.SqlQueryRaw<string>(sql).ToListAsync());

        public async Task<T> InAsync<T>(Func<IServiceProvider, Task<T>> act)
        {
            await using var scope = _hub.Services.CreateAsyncScope();
            return await act(scope.ServiceProvider);
        }

        public async ValueTask DisposeAsync()
        {
            _client.Dispose();
            await _hub.DisposeAsync();
        }
    }
}
