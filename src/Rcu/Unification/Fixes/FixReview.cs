using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Jobs;
using Rcu.Resolution;
using Rcu.Security;

namespace Rcu.Unification.Fixes;

/// <summary>
/// What a steward does with the corrections the hub proposes: look at them by problem, accept or reject a whole group or some of
/// its rows. What is accepted is typed evidence like any correction, written as one run that undoes it.
/// </summary>
public sealed class FixReview(RcuDb db, FixSearch search, PipelineRuns pipeline, TimeProvider clock)
{
    /// <summary>How many are shown of a group, and how many are answered at once.</summary>
    public const int Shown = 20;
    public const int MostAtOnce = 2_000;

    /// <summary>Looks for proposals now.</summary>
    public Task<long> SearchAsync(CancellationToken ct) => search.RunAsync(ct);

    /// <summary>The groups that wait for an answer, each with its first rows.</summary>
    public async Task<IReadOnlyList<FixGroup>> ListAsync(CancellationToken ct)
    {
        var counts = await db.Set<FixProposal>().Where(f => f.State == FixState.Open).GroupBy(f => new { f.Kind, f.Code })
            .Select(g => new { g.Key.Kind, g.Key.Code, Count = g.Count() }).ToListAsync(ct);
        var groups = new List<FixGroup>();
        foreach (var count in counts.OrderBy(c => FixFinder.Codes.ToList().IndexOf(c.Code)).ThenBy(c => c.Kind))
        {
            groups.Add(new FixGroup(count.Kind, count.Code, count.Count, await PageAsync(count.Kind, count.Code, null, ct)));
        }

        return groups;
    }

    /// <summary>Some rows of a group, after a given one.</summary>
    public async Task<IReadOnlyList<FixProposal>> PageAsync(ClusterKind kind, string code, Guid? after, CancellationToken ct) =>
        await Open(kind, code).AsNoTracking().Where(f => after == null || f.Id > after).OrderBy(f => f.Id).Take(Shown).ToListAsync(ct);

    /// <summary>What was answered lately, the last answer first.</summary>
    public async Task<IReadOnlyList<FixAnswer>> AnswersAsync(CancellationToken ct) =>
        await db.Set<FixProposal>().Where(f => f.State != FixState.Open)
            .GroupBy(f => new { f.Kind, f.Code, f.State, f.DecidedBy, f.DecidedAt, f.RunId })
            .OrderByDescending(g => g.Key.DecidedAt)
            .Take(Shown)
            .Select(g => new FixAnswer(g.Key.Kind, g.Key.Code, g.Key.State, g.Count(), g.Key.DecidedBy!, g.Key.DecidedAt!.Value, g.Key.RunId, db.Runs.Any(r => r.Id == g.Key.RunId && r.UndoneAt != null)))
            .ToListAsync(ct);

    /// <summary>Writes the corrections of a group, or of some of its rows, as typed by the person who accepts them.</summary>
    public async Task<Result<FixDone>> AcceptAsync(AnswerFixes command, string by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var commit = await db.Database.BeginTransactionAsync(ct);
        var chosen = await ChosenAsync(command, ct);
        if (chosen.Count == 0)
        {
            return UnificationErrors.NoFix;
        }

        var written = await new CorrectionWriter(db, clock).WriteAsync(
            command.Kind,
            [.. chosen.GroupBy(f => f.GoldenId).Select(g => new Correction(g.Key, g.First().Name, g.SelectMany(f => f.After).DistinctBy(v => v.Key).ToDictionary(v => v.Key, v => v.Value)))],
            $"Corrections proposées : {command.Code}",
            by,
            ct);
        await DecideAsync(chosen, FixState.Accepted, by, now, written, ct);
        await commit.CommitAsync(ct);
        await pipeline.RequestAsync(by, ct);
        return new FixDone(chosen.Count, written);
    }

    /// <summary>Says no: they are not proposed again.</summary>
    public async Task<Result<FixDone>> RejectAsync(AnswerFixes command, string by, CancellationToken ct)
    {
        await using var commit = await db.Database.BeginTransactionAsync(ct);
        var chosen = await ChosenAsync(command, ct);
        if (chosen.Count == 0)
        {
            return UnificationErrors.NoFix;
        }

        await DecideAsync(chosen, FixState.Rejected, by, clock.GetUtcNow(), null, ct);
        await commit.CommitAsync(ct);
        return new FixDone(chosen.Count, null);
    }

    private IQueryable<FixProposal> Open(ClusterKind kind, string code) =>
        db.Set<FixProposal>().Where(f => f.State == FixState.Open && f.Kind == kind && f.Code == code);

    private async Task<List<FixProposal>> ChosenAsync(AnswerFixes command, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtext('rcu.fix_search'))", ct);
        var ids = command.Ids?.ToList();
        return await Open(command.Kind, command.Code).AsNoTracking().Where(f => ids == null || ids.Contains(f.Id)).OrderBy(f => f.Id).Take(MostAtOnce).ToListAsync(ct);
    }

    private async Task DecideAsync(List<FixProposal> chosen, FixState state, string by, DateTimeOffset at, Guid? run, CancellationToken ct)
    {
        var ids = chosen.Select(f => f.Id).ToList();
        await db.Set<FixProposal>().Where(f => ids.Contains(f.Id)).ExecuteUpdateAsync(
            set => set.SetProperty(f => f.State, state).SetProperty(f => f.DecidedBy, by).SetProperty(f => f.DecidedAt, at).SetProperty(f => f.RunId, run), ct);
        db.Audit.Add(new AuditEntry
        {
            At = at,
            Who = by,
            Action = state is FixState.Accepted ? "fixes.accepted" : "fixes.rejected",
            Subject = $"{chosen[0].Kind} {chosen[0].Code}",
            Details = new Dictionary<string, string> { ["rows"] = FormattableString.Invariant($"{chosen.Count}") },
        });
        await db.SaveChangesAsync(ct);
    }
}

/// <summary>Which proposals are answered.</summary>
/// <param name="Ids">Some rows of the group; null for all of it, two thousand at a time.</param>
public sealed record AnswerFixes(ClusterKind Kind, string Code, IReadOnlyCollection<Guid>? Ids = null);

/// <summary>The proposals of one problem and one fix.</summary>
public sealed record FixGroup(ClusterKind Kind, string Code, int Count, IReadOnlyList<FixProposal> Samples);

/// <summary>What was done.</summary>
/// <param name="RunId">The run to undo, should it be a mistake.</param>
public sealed record FixDone(int Count, Guid? RunId);

/// <summary>What a person answered to a group.</summary>
public sealed record FixAnswer(ClusterKind Kind, string Code, FixState State, int Count, string By, DateTimeOffset At, Guid? RunId, bool Undone);
