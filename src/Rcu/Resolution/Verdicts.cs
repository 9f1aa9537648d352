using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Matching;

namespace Rcu.Resolution;

/// <summary>
/// Writes what people decide of records. On a pair one decision is in force; of two contrary words the newer wins, and the older
/// holds again when the newer is taken back. The caller holds the transaction.
/// </summary>
internal sealed class Verdicts(RcuDb db, TimeProvider clock)
{
    // Two people who decide of the same records at once do so one after the other.
    private const int Lock = 20260106;

    /// <summary>Taken before anything else that the same act locks: a question, a decision.</summary>
    public Task LockAsync(CancellationToken ct) => db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({Lock})", ct);

    /// <summary>Says of two groups of records that they are the same, or that they are not, by so many of each.</summary>
    /// <param name="batch">The act it is made in with others; null when it is made alone.</param>
    /// <returns>The decision on the first of each: a new one, or the one that said so already.</returns>
    public async Task<StewardDecision> SayAsync(
        ClusterKind kind, Verdict verdict, IReadOnlyList<Guid> ones, IReadOnlyList<Guid> others, int speaking, string? reason, Guid? batch, string by, CancellationToken ct)
    {
        var (now, name, word) = (clock.GetUtcNow(), kind.ToString(), verdict.ToString());
        var (left, right) = Ordered(ones[0], others[0]);
        await LockAsync(ct);
        var id = Guid.CreateVersion7(now);
        var act = batch ?? id;
        var (all, rest) = (ones.ToArray(), others.ToArray());
        var pairs = ones.Take(speaking).SelectMany(one => others.Take(speaking).Select(other => Ordered(one, other))).Distinct().ToList();
        var (ids, lefts, rights) = (pairs.Select((_, at) => at == 0 ? id : Guid.CreateVersion7(now)).ToArray(), pairs.Select(p => p.Left).ToArray(), pairs.Select(p => p.Right).ToArray());
        await db.Database.ExecuteSqlAsync(
            $"""
            update decisions set revoked_by = {by}, revoked_at = {now}, replaced_by = {act}
            where kind = {name} and revoked_at is null and verdict <> {word}
              and ((left_record_id = any({all}) and right_record_id = any({rest})) or (left_record_id = any({rest}) and right_record_id = any({all})))
            """,
            ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into decisions (id, kind, left_record_id, right_record_id, verdict, reason, decided_by, decided_at, batch_id)
            select p.id, {name}, p.one, p.other, {word}, {reason}, {by}, {now}, {batch} from unnest({ids}, {lefts}, {rights}) p (id, one, other)
            on conflict (kind, left_record_id, right_record_id) where revoked_at is null do nothing
            """,
            ct);
        return await db.Decisions.AsNoTracking()
            .SingleAsync(d => d.Kind == kind && d.LeftRecordId == left && d.RightRecordId == right && d.RevokedAt == null, ct);
    }

    /// <summary>Takes what says the contrary of these pairs out of force, before they are decided in one act.</summary>
    internal async Task ReplaceAsync(Guid[] matches, string verdict, Guid batch, string by, DateTimeOffset now, CancellationToken ct)
    {
        await LockAsync(ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            update decisions d set revoked_by = {by}, revoked_at = {now}, replaced_by = {batch}
            from matches m
            where m.id = any({matches}) and d.kind = m.kind and d.left_record_id = m.left_record_id and d.right_record_id = m.right_record_id
              and d.revoked_at is null and d.verdict <> {verdict}
            """,
            ct);
    }

    /// <summary>What these decisions took out of force holds again, unless something newer is said of the same records.</summary>
    public async Task RestoreAsync(IReadOnlyCollection<Guid> acts, CancellationToken ct)
    {
        var ids = acts.ToArray();
        await LockAsync(ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            update decisions d set revoked_by = null, revoked_at = null, replaced_by = null
            where d.replaced_by = any({ids}) and not exists (
              select from decisions f where f.kind = d.kind and f.left_record_id = d.left_record_id and f.right_record_id = d.right_record_id and f.revoked_at is null)
            """,
            ct);
    }

    private static (Guid Left, Guid Right) Ordered(Guid one, Guid other) => one.CompareTo(other) < 0 ? (one, other) : (other, one);
}
