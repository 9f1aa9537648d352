using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Jobs;
using Rcu.Matching;
using Rcu.Security;

namespace Rcu.Resolution;

/// <summary>The golden rows whose records do not all fit each other: a steward says that all is well, or parts them.</summary>
public sealed class SuspectReview(RcuDb db, IValidator<JudgeSuspect> validator, PipelineRuns pipeline, TimeProvider clock)
{
    /// <summary>How many records of one golden row a person is shown.</summary>
    public const int MostShown = 60;

    /// <param name="after">The last one of the page before; null for the first page.</param>
    public async Task<IReadOnlyList<SuspectRow>> ListAsync(ClusterKind kind, Guid? after, int count, CancellationToken ct)
    {
        var waiting = db.Set<Suspect>().AsNoTracking().Where(s => s.Kind == kind && s.ClosedAt == null);
        if (after is { } id && await db.Set<Suspect>().Where(s => s.Id == id).Select(s => (double?)s.Fit).SingleOrDefaultAsync(ct) is { } fit)
        {
            waiting = waiting.Where(s => s.Fit > fit || (s.Fit == fit && s.Id > id));
        }

        var suspects = await waiting.OrderBy(s => s.Fit).ThenBy(s => s.Id).Take(Math.Clamp(count, 1, 100)).ToListAsync(ct);
        var names = await NamesAsync(kind, [.. suspects.Select(s => s.ClusterId)], ct);
        var sides = await SidesAsync(kind, suspects.SelectMany(Bridge), ct);
        return
        [
            .. suspects.Select(s => new SuspectRow(s, names.GetValueOrDefault(s.ClusterId), SideOf(s.LeftRecordId), SideOf(s.RightRecordId))),
        ];

        MatchSide? SideOf(Guid? record) => record is { } known ? sides.GetValueOrDefault((known, kind)) : null;
    }

    public Task<int> CountAsync(ClusterKind kind, CancellationToken ct) =>
        db.Set<Suspect>().CountAsync(s => s.Kind == kind && s.ClosedAt == null, ct);

    /// <summary>One of them with its records, the part that would leave first.</summary>
    public async Task<Result<SuspectGroup>> FindAsync(Guid id, CancellationToken ct)
    {
        if (await db.Set<Suspect>().AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, ct) is not { } suspect)
        {
            return ResolutionErrors.SuspectNotFound;
        }

        var leaving = suspect.PartedRecordIds.ToHashSet();
        List<Guid> shown = [.. Bridge(suspect).Concat(suspect.RecordIds.OrderByDescending(leaving.Contains)).Distinct().Take(MostShown)];
        var sides = await SidesAsync(suspect.Kind, shown, ct);
        var links = await db.Links.AsNoTracking().Where(l => l.Kind == suspect.Kind && shown.Contains(l.RecordId))
            .Select(l => new { l.RecordId, l.Sentence, l.Probability }).ToDictionaryAsync(l => l.RecordId, ct);
        var edges = await EdgesAsync(suspect, shown, ct);
        return new SuspectGroup(
            suspect,
            (await NamesAsync(suspect.Kind, [suspect.ClusterId], ct)).GetValueOrDefault(suspect.ClusterId),
            [
                .. shown.OrderByDescending(leaving.Contains)
                    .Select(record => (Side: sides.GetValueOrDefault((record, suspect.Kind)), Link: links.GetValueOrDefault(record)))
                    .Where(one => one.Side is not null)
                    .Select(one => new SuspectRecord(
                        one.Side!, leaving.Contains(one.Side!.RecordId), one.Link?.Sentence,
                        one.Side.RecordId == suspect.LeftRecordId || one.Side.RecordId == suspect.RightRecordId)),
            ],
            edges);
    }

    // What joined each record to another, what a person is or was asked about them, and the pair that holds the two parts together.
    private async Task<IReadOnlyList<SuspectEdge>> EdgesAsync(Suspect suspect, List<Guid> shown, CancellationToken ct)
    {
        var links = await db.Links.AsNoTracking()
            .Where(l => l.Kind == suspect.Kind && shown.Contains(l.RecordId) && l.OtherRecordId != null && shown.Contains(l.OtherRecordId.Value))
            .Select(l => new { l.RecordId, Other = l.OtherRecordId!.Value, l.Probability, l.Sentence }).ToListAsync(ct);
        var pairs = await db.Matches.AsNoTracking()
            .Where(m => m.Kind == suspect.Kind && shown.Contains(m.LeftRecordId) && shown.Contains(m.RightRecordId))
            .Select(m => new { m.LeftRecordId, m.RightRecordId, m.Probability, m.Sentence }).ToListAsync(ct);
        var edges = links.Select(l => SuspectEdge.Of(l.RecordId, l.Other, l.Probability, l.Sentence))
            .Concat(pairs.Select(p => SuspectEdge.Of(p.LeftRecordId, p.RightRecordId, p.Probability, p.Sentence)))
            .DistinctBy(e => (e.Left, e.Right)).ToList();
        if (suspect.LeftRecordId is not { } left || suspect.RightRecordId is not { } right)
        {
            return edges;
        }

        var bridge = SuspectEdge.Of(left, right, 0, suspect.Sentence ?? "");
        var known = edges.Find(e => (e.Left, e.Right) == (bridge.Left, bridge.Right));
        return [.. edges.Where(e => e != known), (known ?? bridge with { Probability = suspect.Fit }) with { IsBridge = true }];
    }

    /// <summary>Closes the doubt: all is well, or the records that were named leave for a golden row of their own.</summary>
    public async Task<Result<Suspect>> JudgeAsync(Guid id, JudgeSuspect command, string by, CancellationToken ct)
    {
        if (validator.Refusal(command) is { } malformed)
        {
            return malformed;
        }

        await using var commit = await db.Database.BeginTransactionAsync(ct);
        await new Verdicts(db, clock).LockAsync(ct);
        if (await db.Set<Suspect>().FromSql($"select * from suspects where id = {id} for update").SingleOrDefaultAsync(ct) is not { } suspect)
        {
            return ResolutionErrors.SuspectNotFound;
        }

        var named = (command.Leaving ?? suspect.PartedRecordIds).ToHashSet();
        var (leaving, staying) = (suspect.RecordIds.Where(named.Contains).ToList(), suspect.RecordIds.Where(record => !named.Contains(record)).ToList());
        var parts = command.Judgement is Judgement.Different;
        if (parts && (leaving.Count == 0 || staying.Count == 0))
        {
            return ResolutionErrors.NothingToPart;
        }

        var judged = suspect.Judge(command.Judgement, command.Reason?.Trim(), by, clock.GetUtcNow());
        if (!judged.Succeeded)
        {
            return judged;
        }

        if (parts)
        {
            await new Partings(db, clock).DecideAsync(suspect.Kind, staying, leaving, Verdict.Different, command.Reason?.Trim(), by, ct);
        }

        db.Audit.Add(new AuditEntry
        {
            At = clock.GetUtcNow(),
            Who = by,
            Action = parts ? "suspect.parted" : "suspect.checked",
            Subject = suspect.ClusterId.ToString(),
            Details = command.Reason is { Length: > 0 } reason ? new Dictionary<string, string> { ["reason"] = reason } : new Dictionary<string, string>(),
        });
        await db.SaveChangesAsync(ct);
        await commit.CommitAsync(ct);
        if (parts)
        {
            await pipeline.RequestAsync(by, ct);
        }

        return judged;
    }

    private static IEnumerable<Guid> Bridge(Suspect suspect) => new[] { suspect.LeftRecordId, suspect.RightRecordId }.OfType<Guid>();

    private Task<Dictionary<(Guid Record, ClusterKind Kind), MatchSide>> SidesAsync(ClusterKind kind, IEnumerable<Guid> records, CancellationToken ct) =>
        new MatchSides(db).LoadAsync([.. records.Select(record => (record, kind))], ct);

    private Task<Dictionary<Guid, string>> NamesAsync(ClusterKind kind, List<Guid> clusters, CancellationToken ct) => kind is ClusterKind.Account
        ? db.Accounts.Where(a => clusters.Contains(a.Id)).Select(a => new { a.Id, a.Name }).ToDictionaryAsync(a => a.Id, a => a.Name, ct)
        : db.Contacts.Where(c => clusters.Contains(c.Id)).Select(c => new { c.Id, c.Name }).ToDictionaryAsync(c => c.Id, c => c.Name, ct);
}

/// <summary>A doubtful golden row, its name, and the pair that holds its two parts together.</summary>
public sealed record SuspectRow(Suspect Suspect, string? Name, MatchSide? Left, MatchSide? Right);

/// <summary>A doubtful golden row with its records, as many as a person can look at.</summary>
public sealed record SuspectGroup(Suspect Suspect, string? Name, IReadOnlyList<SuspectRecord> Records, IReadOnlyList<SuspectEdge> Edges);

/// <summary>Two records of a doubtful golden row that were compared.</summary>
/// <param name="IsBridge">Whether it is what holds the two parts together.</param>
public sealed record SuspectEdge(Guid Left, Guid Right, double Probability, string Sentence, bool IsBridge)
{
    internal static SuspectEdge Of(Guid one, Guid other, double probability, string sentence) =>
        one.CompareTo(other) < 0 ? new(one, other, probability, sentence, false) : new(other, one, probability, sentence, false);
}

/// <param name="Leaves">Whether it is in the part that would leave.</param>
/// <param name="Sentence">Why it was joined.</param>
/// <param name="IsBridge">Whether it is one of the pair that holds the two parts together.</param>
public sealed record SuspectRecord(MatchSide Side, bool Leaves, string? Sentence, bool IsBridge);

/// <summary>What a steward says of a doubtful golden row.</summary>
/// <param name="Judgement">That all is well (the same), or that some records leave (different).</param>
/// <param name="Reason">Asked for when all is well.</param>
/// <param name="Leaving">The records that leave; by default, the part that has the least in common with the rest.</param>
public sealed record JudgeSuspect(Judgement Judgement, string? Reason = null, IReadOnlyList<Guid>? Leaving = null);

internal sealed class JudgeSuspectValidator : AbstractValidator<JudgeSuspect>
{
    public JudgeSuspectValidator()
    {
        RuleFor(s => s.Judgement).Must(judgement => judgement is Judgement.Same or Judgement.Different);
        RuleFor(s => s.Reason).MaximumLength(1000);
        RuleFor(s => s.Reason).NotEmpty().When(s => s.Judgement is Judgement.Same);
    }
}
