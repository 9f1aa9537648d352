using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Matching;

namespace Rcu.Resolution;

/// <summary>The pairs that wait for a data steward, in the order asked for, and how the work goes.</summary>
#pragma warning disable CA1711 // a queue is what it is to the steward, not a collection
public sealed class MatchQueue(RcuDb db, TimeProvider clock)
#pragma warning restore CA1711
{
    public const int PerPage = 50;

    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    /// <param name="after">The last pair of the page before; null for the first page.</param>
    public async Task<IReadOnlyList<MatchRow>> ListAsync(MatchFilter filter, Guid? after, int count, CancellationToken ct)
    {
        var waiting = Waiting(filter);
        if (after is { } id && await PlaceOfAsync(id, ct) is { } place)
        {
            waiting = waiting.After(place, filter.Sort);
        }

        var matches = await waiting.Sorted(filter.Sort).Take(Math.Clamp(count, 1, 100)).ToListAsync(ct);
        return await new MatchSides(db).JoinAsync(matches, ct);
    }

    /// <summary>The pair that comes after one, in the order of the queue; the first when it was the last; null when none is left.</summary>
    public async Task<Guid?> NextAsync(MatchFilter filter, Guid current, CancellationToken ct)
    {
        var waiting = Free(filter).Where(m => m.Id != current);
        return await PlaceOfAsync(current, ct) is { } place
            && await waiting.After(place, filter.Sort).Sorted(filter.Sort).Select(m => (Guid?)m.Id).FirstOrDefaultAsync(ct) is { } next
            ? next
            : await waiting.Sorted(filter.Sort).Select(m => (Guid?)m.Id).FirstOrDefaultAsync(ct);
    }

    public async Task<Guid?> PreviousAsync(MatchFilter filter, Guid current, CancellationToken ct) => await PlaceOfAsync(current, ct) is { } place
        ? await Free(filter).Before(place, filter.Sort).Backwards(filter.Sort).Select(m => (Guid?)m.Id).FirstOrDefaultAsync(ct)
        : null;

    /// <summary>Those that wait and fit, the weightiest first.</summary>
    internal async Task<Guid[]> WaitingIdsAsync(MatchFilter filter, double? atLeast, int most, CancellationToken ct) =>
        await Waiting(filter).Where(m => atLeast == null || m.Probability >= atLeast)
            .OrderByDescending(m => m.Weight).ThenBy(m => m.Id).Take(most).Select(m => m.Id).ToArrayAsync(ct);

    internal Task<int> WaitingCountAsync(MatchFilter filter, double? atLeast, CancellationToken ct) =>
        Waiting(filter).CountAsync(m => atLeast == null || m.Probability >= atLeast, ct);

    /// <summary>How the work goes, for one kind of pair.</summary>
    /// <param name="startOfDay">When today began where the steward works.</param>
    public async Task<MatchCounts> CountAsync(ClusterKind kind, DateTimeOffset startOfDay, CancellationToken ct)
    {
        var since = clock.GetUtcNow() - Week;
        var record = kind is ClusterKind.Account ? Customers.RecordKind.Account : Customers.RecordKind.Contact;
        return new MatchCounts(
            await db.Matches.CountAsync(m => m.Kind == kind && m.Judgement == Judgement.Undecided && m.ClosedAt == null && m.Band == Band.Review, ct),
            await db.Matches.CountAsync(m => m.Kind == kind && m.Judgement == Judgement.Unsure && m.ClosedAt == null, ct),
            await db.Matches.CountAsync(m => m.Kind == kind && m.JudgedAt >= startOfDay, ct),
            await db.Links.CountAsync(
                l => l.Kind == kind && l.LinkedAt >= since && l.Rule != "alone" && l.Rule != "decision"
                    && db.Records.Any(r => r.Id == l.RecordId && r.Kind == record),
                ct),
            await db.Matches.CountAsync(m => m.Kind == kind && m.Judgement == Judgement.Undecided && m.ClosedAt == null && m.Band == Band.Automatic, ct),
            await Waiting(new MatchFilter(kind, Disputed: true)).CountAsync(ct));
    }

    /// <summary>How much of each sort waits for a steward.</summary>
    public async Task<WaitingCounts> WaitingAsync(ClusterKind kind, CancellationToken ct) => new(
        await db.Matches.CountAsync(m => m.Kind == kind && m.Judgement == Judgement.Undecided && m.ClosedAt == null && m.Band == Band.Review, ct),
        await db.Set<Suspect>().CountAsync(s => s.Kind == kind && s.ClosedAt == null, ct),
        await db.Set<Split>().CountAsync(s => s.Kind == kind && s.ClosedAt == null, ct));

    // Two stewards at work do not come to the same pair.
    private IQueryable<Match> Free(MatchFilter filter)
    {
        var now = clock.GetUtcNow();
        return filter.Reader is { } reader
            ? Waiting(filter).Where(m => !db.Set<MatchLock>().Any(l => l.MatchId == m.Id && l.Who != reader && l.Until > now))
            : Waiting(filter);
    }

    // Judgements are constants in each branch, so that the index of what waits is used.
    internal IQueryable<Match> Waiting(MatchFilter filter)
    {
        var matches = db.Matches.FromSql(
            $"""
            select * from matches
            where ({filter.Reason}::text is null
                or jsonb_path_exists(evidence, '$[*] ? (@.field == $f && @.weight > 0)', jsonb_build_object('f', {filter.Reason}::text)))
              and ({filter.Blocker}::text is null or veto = {filter.Blocker}::text
                or jsonb_path_exists(evidence, '$[*] ? (@.field == $f && @.weight < 0)', jsonb_build_object('f', {filter.Blocker}::text)))
            """).AsNoTracking();
        matches = filter.Disputed
            ? matches.Where(m => m.Kind == filter.Kind
                && db.Set<MatchOpinion>().Any(o => o.MatchId == m.Id && o.WithdrawnAt == null && o.Judgement == Judgement.Same)
                && db.Set<MatchOpinion>().Any(o => o.MatchId == m.Id && o.WithdrawnAt == null && o.Judgement == Judgement.Different))
            : filter.Unsure
            ? matches.Where(m => m.Kind == filter.Kind && m.Judgement == Judgement.Unsure && m.ClosedAt == null)
            : filter.Drawn
            ? matches.Where(m => m.Kind == filter.Kind && m.Judgement == Judgement.Undecided && m.ClosedAt == null && m.Band == Band.Automatic)
            : matches.Where(m => m.Kind == filter.Kind && m.Judgement == Judgement.Undecided && m.ClosedAt == null && m.Band == Band.Review);
        matches = filter.Band switch
        {
            MatchBand.Certain => matches.Where(m => m.Probability >= MatchBands.Certain),
            MatchBand.Probable => matches.Where(m => m.Probability >= MatchBands.Probable && m.Probability < MatchBands.Certain),
            MatchBand.Doubtful => matches.Where(m => m.Probability < MatchBands.Probable),
            _ => matches,
        };
        if (filter.Owners is { } owners)
        {
            matches = matches.Where(m => db.Links.Any(l => l.Kind == ClusterKind.Account && (l.RecordId == m.LeftRecordId || l.RecordId == m.RightRecordId)
                && db.Contributions.Any(c => c.Kind == Customers.RecordKind.Account && c.SubjectId == l.ClusterId && c.IsOwner && owners.Contains(c.Contributor))));
        }

        if (filter.Segment is { } segment)
        {
            matches = matches.Where(m => db.Links.Any(l => (l.RecordId == m.LeftRecordId || l.RecordId == m.RightRecordId)
                && db.Set<Segmentation.SegmentMember>().Any(s => s.SegmentId == segment && s.MemberId == l.ClusterId && s.ExitedAt == null)));
        }

        return filter.Source is null && filter.OtherSource is null ? matches : OfSources(matches, filter.Source, filter.OtherSource);
    }

    private IQueryable<Match> OfSources(IQueryable<Match> matches, string? one, string? other) =>
        from match in matches
        join left in db.Records on match.LeftRecordId equals left.Id
        join leftSource in db.Sources on left.SourceId equals leftSource.Id
        join right in db.Records on match.RightRecordId equals right.Id
        join rightSource in db.Sources on right.SourceId equals rightSource.Id
        where ((one == null || leftSource.Name == one) && (other == null || rightSource.Name == other))
            || ((one == null || rightSource.Name == one) && (other == null || leftSource.Name == other))
        select match;

    internal Task<MatchPlace?> PlaceOfAsync(Guid id, CancellationToken ct) =>
        db.Matches.Where(m => m.Id == id).Select(m => new MatchPlace(m.Id, m.Urgency, m.Weight, m.FoundAt)).SingleOrDefaultAsync(ct);

    internal static MatchPlace PlaceOf(Match match) => new(match.Id, match.Urgency, match.Weight, match.FoundAt);
}

/// <summary>How the judging of one kind of pair goes.</summary>
/// <param name="Joined">Records the hub joined by itself in the last seven days.</param>
/// <param name="Drawn">Pairs it joined by itself, drawn for a person to check.</param>
/// <param name="Disputed">Pairs of which two stewards say opposite things.</param>
public sealed record MatchCounts(int ToJudge, int Unsure, int JudgedToday, int Joined, int Drawn, int Disputed);

/// <summary>What waits for a steward: pairs to judge, golden rows to look at, golden rows that would part.</summary>
public sealed record WaitingCounts(int Pairs, int Suspects, int Splits);
