using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Ingestion;
using Rcu.Jobs;
using Rcu.Resolution;

namespace Rcu.Exploration.Desk;

/// <summary>
/// Parts a record from its golden row. What it brought goes along by itself; what people wrote on the row since it held them both
/// is listed, and whoever parts them says what goes along.
/// </summary>
public sealed class Separations(RcuDb db, MatchReview review, PipelineRuns pipeline, TimeProvider clock)
{
    public async Task<Result<Separation>> PreviewAsync(ClusterKind kind, Guid recordId, CancellationToken ct)
    {
        if (await db.Links.AsNoTracking().SingleOrDefaultAsync(l => l.RecordId == recordId && l.Kind == kind, ct) is not { } link)
        {
            return ResolutionErrors.RecordNotLinked;
        }

        var own = kind is ClusterKind.Account ? RecordKind.Account : RecordKind.Contact;
        var others = await db.Links.Where(l => l.ClusterId == link.ClusterId && l.Kind == kind && l.RecordId != recordId)
            .Join(db.Records.Where(r => r.Kind == own && r.RemovedAt == null), l => l.RecordId, r => r.Id, (l, r) => r)
            .Where(r => db.Sources.Any(s => s.Id == r.SourceId && s.Name != Source.Saisie)).Select(r => r.Id).ToListAsync(ct);
        if (others.Count == 0)
        {
            return ResolutionErrors.RecordAlone;
        }

        var retired = await db.Set<Redirect>().AsNoTracking().Where(r => r.Kind == kind && r.SurvivorId == link.ClusterId).OrderBy(r => r.RetiredId).ToListAsync(ct);
        var mine = retired.FirstOrDefault(r => r.RecordIds.Contains(recordId));

        // The id stays with the records that had it first: with this one, when all the others had another.
        var theirs = mine is null && others.TrueForAll(o => retired.Exists(r => r.RecordIds.Contains(o)))
            ? retired.OrderByDescending(r => r.RecordIds.Count(others.Contains)).ThenBy(r => r.RetiredId).First()
            : null;
        var since = mine?.RetiredAt ?? theirs?.RetiredAt ?? DateTimeOffset.UnixEpoch;
        var written = await new WrittenReader(db).ReadAsync(kind, link.ClusterId, recordId, since, ct);
        return new Separation(
            kind, recordId, link.ClusterId, theirs is null ? mine?.RetiredId : link.ClusterId, theirs?.RetiredId ?? link.ClusterId,
            [.. written.Select(w => new WrittenSince(w.Key, w.What, w.Text, w.By, w.At, w.IsSure ? w.Mine : theirs is not null && w.What is not "values", w.IsSure))]);
    }

    /// <param name="leaving">What goes along, by its key; null for what the preview proposes.</param>
    /// <returns>From how many records it was parted.</returns>
    public async Task<Result<int>> PartAsync(
        ClusterKind kind, Guid recordId, string? reason, IReadOnlyCollection<string>? leaving, string by, CancellationToken ct)
    {
        await using var commit = await db.Database.BeginTransactionAsync(ct);
        await new Verdicts(db, clock).LockAsync(ct);
        var found = await PreviewAsync(kind, recordId, ct);
        if (!found.Succeeded)
        {
            return found.Error;
        }

        var parted = await review.PartAsync(kind, recordId, reason, by, ct);
        if (!parted.Succeeded)
        {
            return parted;
        }

        var separation = found.Value;
        var go = separation.Written.Where(w => leaving?.Contains(w.Key) ?? w.Leaves).Select(w => w.Key).ToHashSet();
        var stay = separation.Written.Select(w => w.Key).Where(key => !go.Contains(key)).ToHashSet();
        if (go.Count > 0)
        {
            var to = separation.LeavingId ?? await NameAsync(separation, ct);
            await new WrittenMoves(db, clock).MoveAsync(separation, to, recordId, go, by, ct);
        }

        await new WrittenMoves(db, clock).KeepAsync(separation, stay, by, ct);
        if (separation.StayingId != separation.GoldenId)
        {
            await new WrittenMoves(db, clock).MoveAsync(separation, separation.StayingId, null, stay, by, ct);
        }

        await commit.CommitAsync(ct);
        await pipeline.RequestAsync(by, ct);
        return parted;
    }

    // A record that never had an id of its own is given one, which the next resolution wakes for it.
    private async Task<Guid> NameAsync(Separation separation, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var name = new Redirect
        {
            RetiredId = Guid.CreateVersion7(now),
            Kind = separation.Kind,
            SurvivorId = separation.GoldenId,
            RecordIds = [separation.RecordId],
            RetiredAt = now,
        };
        db.Add(name);
        await db.SaveChangesAsync(ct);
        return name.RetiredId;
    }
}
