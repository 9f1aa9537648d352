using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rcu.Cleaning;
using Rcu.Data;
using Rcu.Jobs;

namespace Rcu.Web.Tests.Api;

public class FactsApiTests
{
    [Fact]
    public async Task What_happened_reaches_the_account_it_happened_with()
    {
        await using var api = await ApiHub.StartAsync();
        await api.DeclareSourcesAsync();
        await api.SendAsync(HttpMethod.Put, "/accounts/by-key/crm/A1", new { name = "Menuiserie Vasseur", city = "Metz" });
        await api.SendAsync(HttpMethod.Post, "/documents", new { source = "crm", key = "F1", fields = new { accountKey = "A1", number = "F1", type = "invoice", date = "2026-11-02", net = 1250.5, paid = false } });

        var (answer, said) = await api.SendAsync(HttpMethod.Post, "/interactions", Call("A1"));
        await api.WorkAsync<PipelineJob>(said.GetProperty("runId").GetGuid());
        var (_, account) = await api.GetAsync("/accounts/by-key/crm/A1");
        var (_, happened) = await api.GetAsync($"/interactions?accountId={account.GetProperty("id").GetString()}");
        var (_, papers) = await api.GetAsync($"/documents?accountId={account.GetProperty("id").GetString()}");

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var call = happened.GetProperty("data").EnumerateArray().Single();
        Assert.Equal(("call", "Relance"), (call.GetProperty("kind").GetString(), call.GetProperty("subject").GetString()));
        Assert.Equal(1250.5m, papers.GetProperty("data").EnumerateArray().Single().GetProperty("net").GetDecimal());
    }

    [Fact]
    public async Task A_line_names_its_product_and_the_product_keeps_its_last_name()
    {
        await using var api = await ApiHub.StartAsync();
        await api.DeclareSourcesAsync();
        await api.SendAsync(HttpMethod.Put, "/accounts/by-key/crm/A1", new { name = "Menuiserie Vasseur", city = "Metz" });
        await LineAsync(api, "L1", "Vernis mat");
        await LineAsync(api, "L2", null);
        await api.SendAsync(HttpMethod.Post, "/documents", new { source = "crm", key = "F1", fields = new { accountKey = "A1", number = "F1", type = "invoice", date = "2026-11-02", net = 1250.5 } });
        var (_, said) = await api.SendAsync(HttpMethod.Post, "/interactions", Call("A1"));
        await api.WorkAsync<PipelineJob>(said.GetProperty("runId").GetGuid());

        var (_, account) = await api.GetAsync("/accounts/by-key/crm/A1");
        var id = account.GetProperty("id").GetString();
        var (_, papers) = await api.GetAsync($"/documents?accountId={id}");
        var (_, lines) = await api.GetAsync($"/documents/{id}/{papers.GetProperty("data")[0].GetProperty("id").GetString()}/lines");

        Assert.Equal(["VM-25", "VM-25"], lines.EnumerateArray().Select(l => l.GetProperty("product").GetString()));
        Assert.Equal("Vernis mat", await api.InAsync(s => s.GetRequiredService<RcuDb>().Products.Select(p => p.Label).SingleAsync()));
    }

    private static Task<int> LineAsync(ApiHub api, string key, string? label) => api.InAsync(s => s.GetRequiredService<RcuDb>().Database.ExecuteSqlAsync(
        $"""
        insert into records (id, source_id, kind, external_key, source_record_id, content_hash, run_id, fields, cleaned_at, changed_at, rules_version)
        select gen_random_uuid(), id, 'DocumentLine', {key}, gen_random_uuid(), '\\x01', gen_random_uuid(),
          jsonb_strip_nulls(jsonb_build_object('number', 'F1', 'product_code', 'VM-25', 'label', {label}::text, 'quantity', '2', 'net', '100')), now(), now(), {RecordCleaner.RulesVersion}
        from sources where name = 'crm'
        """));

    [Fact]
    public async Task A_list_says_whose_or_is_refused()
    {
        await using var api = await ApiHub.StartAsync();
        var sample = await api.AddSampleAsync();
        var id = sample.First.Account.Id;

        var (interactions, problem) = await api.GetAsync("/interactions");
        var (_, roles) = await api.GetAsync($"/roles?accountId={id}&limit=1");
        var (_, documents) = await api.GetAsync($"/accounts/{id}/documents");
        var paper = documents.GetProperty("data").EnumerateArray().First().GetProperty("id").GetString();
        var (_, lines) = await api.GetAsync($"/documents/{id}/{paper}/lines");
        var (nowhere, _) = await api.GetAsync($"/documents/{id}/{Guid.CreateVersion7()}/lines");

        Assert.Equal((HttpStatusCode.BadRequest, "request.whose"), (interactions.StatusCode, problem.GetProperty("code").GetString()));
        Assert.True(roles.GetProperty("hasMore").GetBoolean());
        Assert.Equal(2, lines.GetArrayLength());
        Assert.Equal(HttpStatusCode.NotFound, nowhere.StatusCode);
    }

    [Fact]
    public async Task An_interaction_without_a_date_is_refused()
    {
        await using var api = await ApiHub.StartAsync();
        await api.DeclareSourcesAsync();

        var (answer, problem) = await api.SendAsync(HttpMethod.Post, "/interactions", new { source = "crm", key = "I1", fields = new { kind = "call" } });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.True(problem.GetProperty("errors").TryGetProperty("at", out _));
    }

    [Fact]
    public async Task The_same_request_under_the_same_key_gets_the_same_answer()
    {
        await using var api = await ApiHub.StartAsync();
        await api.DeclareSourcesAsync();

        var (first, body) = await api.SendAsync(HttpMethod.Post, "/interactions", Call("A1"), "k-1");
        var (second, again) = await api.SendAsync(HttpMethod.Post, "/interactions", Call("A1"), "k-1");
        var (other, problem) = await api.SendAsync(HttpMethod.Post, "/interactions", Call("A2"), "k-1");
        var (longer, _) = await api.SendAsync(HttpMethod.Post, "/interactions", Call("A1"), new string('k', 256));

        Assert.False(first.Headers.Contains("Idempotent-Replayed"));
        Assert.Equal(["true"], second.Headers.GetValues("Idempotent-Replayed"));
        Assert.Equal((first.StatusCode, body.GetRawText()), (second.StatusCode, again.GetRawText()));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "idempotency.mismatch"), (other.StatusCode, problem.GetProperty("code").GetString()));
        Assert.Equal(HttpStatusCode.BadRequest, longer.StatusCode);
    }

    [Fact]
    public async Task Of_the_same_request_sent_many_times_at_once_one_is_done()
    {
        await using var api = await ApiHub.StartAsync();
        await api.DeclareSourcesAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => api.SendAsync(HttpMethod.Post, "/interactions", Call("A1"), "k-1")));

        Assert.Single(answers, a => a.Answer.StatusCode is HttpStatusCode.Accepted && !a.Answer.Headers.Contains("Idempotent-Replayed"));
        Assert.All(answers, a => Assert.Contains(a.Answer.StatusCode, new[] { HttpStatusCode.Accepted, HttpStatusCode.Conflict }));
    }

    private static object Call(string account) =>
        new { source = "crm", key = "I1", fields = new { accountKey = account, kind = "call", at = "2026-11-02T09:30:00Z", subject = "Relance" } };
}
