using System.Diagnostics;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Rcu.Activation;
using Rcu.Benchmarks.Lookup;
using Rcu.Data;
using Rcu.Ingestion;
using Rcu.Security;
using Rcu.Segmentation;

namespace Rcu.Benchmarks.Activation;

/// <summary>How long a change that a program has just had taken by the API is on its way to a tool, while nothing else happens.</summary>
internal static class IdleBenchmark
{
    private const int Warm = 5;
    private const int Times = 40;

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    public static async IAsyncEnumerable<Figure> RunAsync(BenchData data, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var hub = await data.NewHubAsync(ct);
        await using var tool = await BenchTool.StartAsync(calls: null, ct);
        var key = await PrepareAsync(hub, tool.Url, ct);
        using var node = await WebNode.StartAsync(hub.ConnectionString, data.Folder, key, ct, ("Jobs__Work", "true"), ("Activation__AllowedAddresses__0", "127.0.0.1"));
        var seconds = new List<double>();
        for (var n = -Warm; n < Times; n++)
        {
            var took = await TellAsync(node.Client, tool, n, ct);
            if (n >= 0)
            {
                seconds.Add(took);
            }
        }

        seconds.Sort();
        yield return new Figure("activation.delay.p50", seconds[Times / 2], "s from a change that is committed to its delivery, idle");
        yield return new Figure("activation.delay.p95", seconds[Times * 95 / 100], "s from a change that is committed to its delivery, idle").ValueAtMost(5, hard: false);
    }

    private static async Task<string> PrepareAsync(BenchHub hub, Uri tool, CancellationToken ct)
    {
        await using var scope = hub.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var db = services.GetRequiredService<RcuDb>();
        db.Add(new Source { Name = "crm", Label = "CRM", Priority = 10, CreatedAt = hub.Clock.GetUtcNow() });
        await db.SaveChangesAsync(ct);
        var segment = await services.GetRequiredService<Segments>().CreateAsync(
            new SaveSegment("Tous", null, SegmentTarget.Contacts, new Condition.Compare("sources", Operator.Is, ["crm"])), "bench", ct);
        await services.GetRequiredService<Destinations>().CreateAsync(
            new SaveDestination("Outil", "webhook", JsonSerializer.SerializeToElement(new { url = tool }), null, segment.Value!.Id), "bench", ct);
        return (await services.GetRequiredService<ApiKeys>().CreateAsync(new CreateApiKey("bench", ["contacts:write"], null), "bench", ct)).Value!.Text;
    }

    private static async Task<double> TellAsync(HttpClient client, BenchTool tool, int n, CancellationToken ct)
    {
        var title = $"Acheteuse {Guid.CreateVersion7():n}";
        var found = tool.Sought[title] = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var answer = await client.PutAsJsonAsync(
            new Uri($"/api/v1/contacts/by-key/crm/P{n + Warm}", UriKind.Relative),
            new { givenName = "Camille", familyName = $"Moreau{n + Warm}", email = $"camille.moreau{n + Warm}@societe.example", jobTitle = title }, ct);
        var committed = Stopwatch.GetTimestamp();
        var text = await answer.Content.ReadAsStringAsync(ct);
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException(text);
        }

        var at = await found.Task.WaitAsync(Longest, ct);
        tool.Sought.TryRemove(title, out _);
        return Stopwatch.GetElapsedTime(committed, at).TotalSeconds;
    }
}
