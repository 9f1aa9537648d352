using System.Diagnostics;
using System.Net;

namespace Rcu.Benchmarks.Pages;

/// <summary>A steward's answers to pairs, each until the next pair is shown. They are taken back afterwards: the base stays what it was.</summary>
internal static class Decisions
{
    private const int Times = 100;

    public static async Task<Figure> MeasureAsync(Visitor steward, string name, IReadOnlyList<Guid> pairs, CancellationToken ct)
    {
        var token = await steward.TokenAsync($"/doublons/{pairs[0]}", ct);
        var found = new List<double>();
        foreach (var pair in pairs.Take(Times))
        {
            var start = Stopwatch.GetTimestamp();
            await PostAsync(steward, $"/doublons/{pair}?handler=Judge", token, ct);
            found.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        foreach (var pair in pairs.Take(Times))
        {
            await PostAsync(steward, $"/doublons/{pair}?handler=Undo", token, ct);
        }

        found.Sort();
        return new Figure($"{name}.decision.p95", found[Times * 95 / 100], $"ms from the answer to the next pair, {Times} pairs; median {found[Times / 2]:0.0}")
            .ValueAtMost(150, hard: false);
    }

    private static async Task PostAsync(Visitor steward, string address, string token, CancellationToken ct)
    {
        using var answer = await steward.PostAsync(address, token, isFragment: true, ct, new KeyValuePair<string, string>("judgement", "Different"));
        if (answer.StatusCode is not HttpStatusCode.OK)
        {
            throw new InvalidOperationException($"{address}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(ct)}");
        }
    }
}
