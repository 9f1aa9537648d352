using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Rcu.Data;

namespace Rcu.Cleaning.Steward;

/// <summary>What a rule would catch among the records of today, before it is saved. One pass over them, which stops after a while and says so.</summary>
public sealed class RulePreviews(NpgsqlDataSource database, RcuDb db, StewardRules rules, TimeProvider clock)
{
    private const int Shown = 20;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(8);

    public async Task<Result<RulePreview>> TryAsync(SaveRule command, CancellationToken ct)
    {
        if (rules.Refusal(command) is { } refusal)
        {
            return refusal;
        }

        var watch = Stopwatch.StartNew();
        var exempt = (await RuleSet.ExemptAsync(db, ct)).ToArray();
        var set = RuleSet.Of([rules.Version(command, 0, 0, RuleState.On, "")], DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), exempt.ToHashSet());
        await using var connection = await database.OpenConnectionAsync(ct);
        var (looked, caught, samples, whole) = (0L, 0L, new List<RulePass.Seen>(), true);
        for (var last = Guid.Empty; await RulePass.ReadAsync(connection, command.Kind, exempt, last, ct) is { Count: > 0 } batch; last = batch[^1].Id)
        {
            var found = batch.AsParallel().AsOrdered().WithCancellation(ct).Where(record => set.Find(command.Kind, record.Fields).Count > 0).ToList();
            looked += batch.Count;
            caught += found.Count;
            samples.AddRange(found.Take(Shown - samples.Count));
            if (watch.Elapsed > Longest)
            {
                whole = false;
                break;
            }
        }

        return new RulePreview(looked, caught, whole, watch.Elapsed.TotalSeconds, await SamplesAsync(command, samples, ct));
    }

    private async Task<IReadOnlyList<RuleSample>> SamplesAsync(SaveRule command, List<RulePass.Seen> samples, CancellationToken ct)
    {
        var ids = samples.Select(s => s.Id).ToList();
        var records = await db.Records.AsNoTracking().Where(r => ids.Contains(r.Id))
            .Join(db.Sources, r => r.SourceId, s => s.Id, (r, s) => new { r.Id, r.ExternalKey, s.Label })
            .ToDictionaryAsync(r => r.Id, ct);
        string?[] fields = [command.Claim.Field, command.Claim.Other, command.Condition?.Field, command.Condition?.Other];
        var told = fields.Where(f => !string.IsNullOrEmpty(f)).Select(f => f!).Distinct().ToList();
        return
        [
            .. samples.Where(s => records.ContainsKey(s.Id)).Select(s => new RuleSample(
                s.Id,
                records[s.Id].Label,
                records[s.Id].ExternalKey,
                Named(s.Fields),
                told.ToDictionary(f => f, f => s.Fields.GetValueOrDefault(f)))),
        ];
    }

    private static string Named(IReadOnlyDictionary<string, string> fields) =>
        fields.GetValueOrDefault("name") ?? fields.GetValueOrDefault("usual_name")
        ?? ($"{fields.GetValueOrDefault("given_name")} {fields.GetValueOrDefault("family_name")}".Trim() is { Length: > 0 } person ? person
            : fields.GetValueOrDefault("number") ?? "");
}

/// <summary>What a rule would catch today.</summary>
/// <param name="IsWhole">False when the pass was stopped before the last record.</param>
public sealed record RulePreview(long Looked, long Caught, bool IsWhole, double Seconds, IReadOnlyList<RuleSample> Samples)
{
    public double Share => Looked == 0 ? 0 : (double)Caught / Looked;
}

/// <summary>A record that would be caught, with the fields the rule speaks of.</summary>
public sealed record RuleSample(Guid RecordId, string Source, string Key, string Name, IReadOnlyDictionary<string, string?> Fields);
