using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rcu.Data;
using Rcu.Jobs;
using Rcu.Matching;
using Rcu.Resolution;
using Rcu.Web.Tests.Api;

namespace Rcu.Web.Tests.Resolution;

/// <summary>What sources say through the API, resolved there and then.</summary>
internal static class Sayings
{
    /// <summary>Pairs of a source with a key, and of what it says of that account; then resolves.</summary>
    public static async Task SayAsync(this ApiHub api, params object[] said)
    {
        for (var i = 0; i < said.Length; i += 2)
        {
            var (source, key) = ((string, string))said[i];
            var (answer, _) = await api.SendAsync(HttpMethod.Put, $"/accounts/by-key/{source}/{key}", said[i + 1]);
            Assert.True(answer.IsSuccessStatusCode);
        }

        await api.ResolveAsync();
    }

    /// <param name="full">Whether every record is looked at, as each night.</param>
    public static async Task ResolveAsync(this ApiHub api, bool full = false)
    {
        await using var db = api.Open();
        if (full)
        {
            await db.Database.ExecuteSqlAsync($"insert into hub_settings (name, value, updated_at) values ({ResolveStage.FullAsked}, 'true', now())");
        }

        var run = await api.InAsync(services => services.GetRequiredService<PipelineRuns>().RequestAsync("test", default));
        await api.WorkAsync<PipelineJob>(run.Id);
    }

    /// <summary>A person's word that two records are one, whatever the rules would say.</summary>
    public static async Task JoinAsync(this ApiHub api, string left, string right)
    {
        await using var db = api.Open();
        var ids = await db.Records.Where(r => r.ExternalKey == left || r.ExternalKey == right).Select(r => r.Id).ToListAsync();
        ids.Sort();
        db.Decisions.Add(new StewardDecision
        {
            Kind = ClusterKind.Account,
            LeftRecordId = ids[0],
            RightRecordId = ids[1],
            Verdict = Verdict.Same,
            DecidedBy = "test",
            DecidedAt = DateTimeOffset.UtcNow,
        });
        await db.SaveChangesAsync();
    }

    /// <summary>The account of each record, by its key.</summary>
    public static async Task<Dictionary<string, Guid>> ClustersAsync(this ApiHub api)
    {
        await using var db = api.Open();
        return await db.Links.Where(l => l.Kind == ClusterKind.Account)
            .Join(db.Records, l => l.RecordId, r => r.Id, (l, r) => new { r.ExternalKey, l.ClusterId })
            .ToDictionaryAsync(l => l.ExternalKey, l => l.ClusterId);
    }

    /// <summary>The rows of a list of the API.</summary>
    public static async Task<IReadOnlyList<JsonElement>> ListAsync(this ApiHub api, string path) =>
        [.. (await api.GetAsync(path)).Body.GetProperty("data").EnumerateArray()];

    public static RcuDb Open(this ApiHub api) => Support.SampleCustomers.Open(api.Hub.ConnectionString);
}
