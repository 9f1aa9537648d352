using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Jobs;
using Rcu.Security;

namespace Rcu.Insight.Worth;

/// <summary>The model leads are scored by: read it, try another on the real accounts, set it. Every version is kept.</summary>
public sealed class LeadModels(RcuDb db, NpgsqlDataSource database, IValidator<LeadModel> validator, PipelineRuns pipeline, TimeProvider clock)
{
    private const int Samples = 20;

    /// <summary>The versions set so far, the one in force first; none while the model of the start is in force.</summary>
    public async Task<IReadOnlyList<LeadModelVersion>> VersionsAsync(CancellationToken ct) =>
        await db.Set<LeadModelVersion>().AsNoTracking().OrderByDescending(m => m.Version).Take(50).ToListAsync(ct);

    public async Task<Result<LeadModelVersion>> SetAsync(LeadModel model, int? seen, string by, CancellationToken ct)
    {
        if (validator.Refusal(model) is { } malformed)
        {
            return malformed;
        }

        var last = await db.Set<LeadModelVersion>().MaxAsync(m => (int?)m.Version, ct) ?? 0;
        if (seen is not null && seen != last)
        {
            return WorthErrors.ModelChanged;
        }

        var version = new LeadModelVersion { Version = last + 1, Model = model, SetBy = by, SetAt = clock.GetUtcNow() };
        db.Add(version);
        db.Audit.Add(new AuditEntry { At = version.SetAt, Who = by, Action = "lead_model.set", Subject = $"{version.Version}" });

        // Every account is due: the next computation takes the day for a new one.
        await db.Database.ExecuteSqlAsync($"delete from hub_settings where name = 'insight_day'", ct);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return WorthErrors.ModelChanged;
        }

        await pipeline.RequestAsync(by, ct);
        return version;
    }

    /// <summary>What a model would change today: how many accounts from which state to which, and the accounts that move most. Nothing is kept.</summary>
    public async Task<Result<LeadTrial>> TryAsync(LeadModel model, CancellationToken ct)
    {
        if (validator.Refusal(model) is { } malformed)
        {
            return malformed;
        }

        await using var due = InsightDue.Nothing(await database.OpenConnectionAsync(ct), clock.GetUtcNow());
        try
        {
            await due.ExecuteAsync("set local statement_timeout = '20s'", ct);
            await due.ExecuteAsync("create temp table insight_due (account_id uuid primary key) on commit drop", ct);
            await due.ExecuteAsync("insert into insight_due select id from accounts", ct);
            await due.ExecuteAsync("analyze insight_due", ct);
            await new LeadScores(due).ScoreAsync(model, ct);
            return new LeadTrial(await MovesAsync(due, ct), await SamplesAsync(due, ct));
        }
        catch (PostgresException late) when (late.SqlState == PostgresErrorCodes.QueryCanceled && !ct.IsCancellationRequested)
        {
            return WorthErrors.TrialTooSlow;
        }
    }

    /// <summary>How many accounts stand in each state now.</summary>
    public async Task<IReadOnlyDictionary<LeadState, int>> StatesAsync(CancellationToken ct) =>
        await db.Set<AccountWorth>().GroupBy(w => w.State).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);

    private static async Task<IReadOnlyList<LeadShift>> MovesAsync(InsightDue due, CancellationToken ct)
    {
        List<LeadShift> moves = [];
        await using var command = due.Command(
            """
            select w.state, f.state, count(*)::int from lead_fresh f left join account_worths w using (account_id)
            group by 1, 2 order by 3 desc, 1, 2
            """);
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            moves.Add(new LeadShift(row.IsDBNull(0) ? null : Enum.Parse<LeadState>(row.GetString(0)), Enum.Parse<LeadState>(row.GetString(1)), row.GetInt32(2)));
        }

        return moves;
    }

    private static async Task<IReadOnlyList<LeadSample>> SamplesAsync(InsightDue due, CancellationToken ct)
    {
        List<LeadSample> samples = [];
        await using var command = due.Command(
            $"""
            select a.id, a.name, coalesce(w.lead_score, 0), f.score, coalesce(w.state, f.state), f.state, f.reasons::text
            from lead_fresh f join accounts a on a.id = f.account_id left join account_worths w using (account_id)
            where w.lead_score is distinct from f.score or w.state is distinct from f.state
            order by abs(f.score - coalesce(w.lead_score, 0)) desc, a.id limit {Samples}
            """);
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            samples.Add(new LeadSample(
                row.GetGuid(0), row.GetString(1), row.GetInt32(2), row.GetInt32(3), Enum.Parse<LeadState>(row.GetString(4)),
                Enum.Parse<LeadState>(row.GetString(5)), Mapping.Read<List<WorthReason>>(row.GetString(6))));
        }

        return samples;
    }
}

/// <summary>What another model would change.</summary>
public sealed record LeadTrial(IReadOnlyList<LeadShift> Shifts, IReadOnlyList<LeadSample> Samples)
{
    /// <summary>How many accounts would change state.</summary>
    public int Moved => Shifts.Where(s => s.From != s.To).Sum(s => s.Count);
}

/// <summary>How many accounts go from a state to another; the same when they stay.</summary>
public sealed record LeadShift(LeadState? From, LeadState To, int Count);

public sealed record LeadSample(Guid Id, string Name, int Before, int After, LeadState From, LeadState To, IReadOnlyList<WorthReason> Reasons);

/// <summary>Why a model is refused.</summary>
public static class WorthErrors
{
    public static readonly Error ModelChanged =
        new(ErrorKind.Stale, "lead_model.changed", "The model was changed meanwhile: look at the last version, then change it again.");

    public static readonly Error TrialTooSlow = new(ErrorKind.Unavailable, "lead_model.too_slow", "The trial takes more than twenty seconds.");

    public static readonly Error NotComputed = new(ErrorKind.NotFound, "worth.not_computed", "The figures of this account are not computed yet.");
}
