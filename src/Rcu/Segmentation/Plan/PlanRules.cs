using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Rcu.Data;
using Rcu.Jobs;
using Rcu.Security;

namespace Rcu.Segmentation.Plan;

/// <summary>What people do with the plan: write a rule, play it on the past, switch it, read what it did. Every version is kept.</summary>
public sealed class PlanRules(RcuDb db, NpgsqlDataSource database, IValidator<SavePlanRule> validator, PipelineRuns pipeline, TimeProvider clock)
{
    private const int Weeks = 12;
    private const int History = 100;

    /// <summary>How long one week of a rule that is played on the past may take.</summary>
    internal TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(10);

    public async Task<IReadOnlyList<PlanLine>> ListAsync(CancellationToken ct)
    {
        var looks = await db.Set<PlanLook>().AsNoTracking().ToDictionaryAsync(l => l.Number, ct);
        var fires = await db.Set<PlanFire>().GroupBy(f => new { f.Number, f.Outcome }).Select(g => new { g.Key.Number, g.Key.Outcome, Count = g.Count() }).ToListAsync(ct);
        return
        [
            .. (await InForce(db).OrderBy(r => r.Number).ToListAsync(ct)).Select(r => new PlanLine(
                r, looks.GetValueOrDefault(r.Number), fires.Where(f => f.Number == r.Number).ToDictionary(f => f.Outcome, f => f.Count))),
        ];
    }

    /// <summary>The versions of a rule, the one in force first.</summary>
    public async Task<Result<IReadOnlyList<PlanRule>>> FindAsync(int number, CancellationToken ct)
    {
        var versions = await db.Set<PlanRule>().AsNoTracking().Where(r => r.Number == number).OrderByDescending(r => r.Version).ToListAsync(ct);
        return versions.Count == 0 || versions[0].State is PlanState.Deleted ? PlanErrors.NotFound : (Result<IReadOnlyList<PlanRule>>)versions;
    }

    public async Task<Result<PlanRule>> CreateAsync(SavePlanRule command, string by, CancellationToken ct) =>
        await RefusalAsync(command, ct) is { } refused ? refused
            : await WriteAsync(command, (await db.Set<PlanRule>().MaxAsync(r => (int?)r.Number, ct) ?? 0) + 1, 1, command.State, by, ct);

    public async Task<Result<PlanRule>> ChangeAsync(int number, SavePlanRule command, string by, CancellationToken ct)
    {
        if (await RefusalAsync(command, ct) is { } refused)
        {
            return refused;
        }

        var found = await FindAsync(number, ct);
        return !found.Succeeded ? found.Error
            : command.Version is { } seen && seen != found.Value[0].Version ? PlanErrors.Changed
            : await WriteAsync(command, number, found.Value[0].Version + 1, command.State, by, ct);
    }

    public async Task<Result<PlanRule>> SetStateAsync(int number, PlanState state, string by, CancellationToken ct)
    {
        var found = await FindAsync(number, ct);
        if (!found.Succeeded)
        {
            return found.Error;
        }

        var last = found.Value[0];
        return last.State == state ? last
            : await WriteAsync(new SavePlanRule(last.Name, last.Trigger, last.Act, last.RestDays, last.MostPerRun), number, last.Version + 1, state, by, ct);
    }

    /// <summary>What the rules did last; of one of them, or of all.</summary>
    public async Task<IReadOnlyList<PlanFired>> HistoryAsync(int? number, CancellationToken ct) =>
        await (from fire in db.Set<PlanFire>().AsNoTracking().Where(f => number == null || f.Number == number)
               join account in db.Accounts on fire.AccountId equals account.Id into known
               from account in known.DefaultIfEmpty()
               orderby fire.Id descending
               select new PlanFired(fire, account == null ? null : account.Name)).Take(History).ToListAsync(ct);

    /// <summary>
    /// Plays a rule on the last twelve weeks: how many accounts it would have acted on in each, resting in between as it would. A week holds
    /// many runs, so that the most it may do in one does not hold it back.
    /// </summary>
    public async Task<Result<PlanSimulation>> SimulateAsync(SavePlanRule command, CancellationToken ct)
    {
        if (await RefusalAsync(command, ct) is { } refused)
        {
            return refused;
        }

        var now = clock.GetUtcNow();
        var candidates = new PlanCandidates(database, Patience);
        Dictionary<Guid, DateTimeOffset> last = [];
        List<PlanWeek> weeks = [];
        for (var week = Weeks - 1; week >= 0; week--)
        {
            var at = now.AddDays(-7 * week);
            IReadOnlyList<(Guid Account, DateTimeOffset Since)> found;
            try
            {
                found = await candidates.ReadAsync(command.Trigger, at.AddDays(-7), at, ct);
            }
            catch (Exception slow) when (slow.IsTooLong())
            {
                return PlanErrors.TooSlow;
            }

            var due = found.Where(f => !last.TryGetValue(f.Account, out var before) || before <= at.AddDays(-command.RestDays)).ToList();
            due.ForEach(f => last[f.Account] = at);
            weeks.Add(new PlanWeek(at, found.Count, due.Count));
        }

        var recent = last.OrderByDescending(l => l.Value).ThenBy(l => l.Key).Take(10).Select(l => l.Key).ToList();
        var names = await db.Accounts.Where(a => recent.Contains(a.Id)).Select(a => new PlanSample(a.Id, a.Name)).ToListAsync(ct);
        return new PlanSimulation(weeks, [.. names.OrderBy(n => recent.IndexOf(n.Id))]);
    }

    internal static IQueryable<PlanRule> InForce(RcuDb db) => db.Set<PlanRule>().AsNoTracking().Where(r =>
        r.State != PlanState.Deleted && !db.Set<PlanRule>().Any(later => later.Number == r.Number && later.Version > r.Version));

    private async Task<Error?> RefusalAsync(SavePlanRule command, CancellationToken ct)
    {
        if (validator.Refusal(command) is { } malformed)
        {
            return malformed;
        }

        foreach (var segment in new[] { command.Trigger.Segment, command.Act.Kind is PlanActKind.List ? command.Act.Segment : null }.OfType<Guid>())
        {
            if (!await db.Segments.AnyAsync(s => s.Id == segment && s.ArchivedAt == null, ct))
            {
                return PlanErrors.UnknownSegment;
            }
        }

        return command.Act.Kind is PlanActKind.List && command.Act.Segment == command.Trigger.Segment ? PlanErrors.Circle
            : command.Act.Kind is PlanActKind.State && command.Trigger.Case is PlanCase.InState && command.Act.State == command.Trigger.State ? PlanErrors.SameState
            : null;
    }

    private async Task<Result<PlanRule>> WriteAsync(SavePlanRule command, int number, int version, PlanState state, string by, CancellationToken ct)
    {
        var rule = new PlanRule
        {
            Number = number,
            Version = version,
            Name = command.Name.Trim(),
            Trigger = command.Trigger,
            Act = command.Act,
            RestDays = command.RestDays,
            MostPerRun = command.MostPerRun,
            State = state,
            SetBy = by,
            SetAt = clock.GetUtcNow(),
        };
        db.Add(rule);
        db.Audit.Add(new AuditEntry
        {
            At = rule.SetAt,
            Who = by,
            Action = $"plan.{state.ToString().ToLowerInvariant()}",
            Subject = $"{number} {version}",
            Details = new Dictionary<string, string> { ["name"] = rule.Name },
        });
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return PlanErrors.Changed;
        }

        await pipeline.RequestAsync(by, ct);
        return rule;
    }
}

/// <summary>A rule in a list, with what it did so far.</summary>
public sealed record PlanLine(PlanRule Rule, PlanLook? Look, IReadOnlyDictionary<PlanOutcome, int> Fired);

public sealed record PlanFired(PlanFire Fire, string? Account);

/// <summary>What a rule would have done in the past.</summary>
/// <param name="Samples">Some of the accounts it would have acted on, the last first.</param>
public sealed record PlanSimulation(IReadOnlyList<PlanWeek> Weeks, IReadOnlyList<PlanSample> Samples)
{
    public int Acts => Weeks.Sum(w => w.Acted);
}

/// <summary>One week of the past: of how many accounts the condition was true at its end, and on how many the rule would have acted.</summary>
public sealed record PlanWeek(DateTimeOffset End, int True, int Acted);

public sealed record PlanSample(Guid Id, string Name);
