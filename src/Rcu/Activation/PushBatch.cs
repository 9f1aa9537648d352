using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Jobs;
using Rcu.Security;
using Rcu.Segmentation;

namespace Rcu.Activation;

/// <summary>One batch of a push: claimed and checked again in one transaction just before it leaves, sent in none.</summary>
public sealed partial class PushBatch(RcuDb db, ISecrets secrets, CallBudgets budgets, TimeProvider clock, ILogger<PushBatch> log)
{
    // What a person said in a tool counts by itself until it has been through the stages.
    private static readonly TimeSpan JustSaid = TimeSpan.FromHours(1);

    /// <summary>Takes what is due next in this run.</summary>
    /// <param name="after">Where the batch before ended.</param>
    /// <returns>Null when nothing is due any more, or nothing may be sent.</returns>
    public async Task<PushClaim?> ClaimAsync(Run run, Destination destination, Segment segment, Guid after, int size, CancellationToken ct)
    {
        var secret = secrets.Of(destination, clock.GetUtcNow());
        if (destination.Secret is not null && secret is null)
        {
            (destination.State, destination.StateReason) = (DestinationState.CredentialsNeeded, ActivationErrors.SecretLost.Message);
            await db.SaveChangesAsync(ct);
            return null;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var due = await db.Outbox.FromSql(
            $"""
            select * from outbox
            where destination_id = {destination.Id} and run_id = {run.Id} and status = 'Waiting' and due_at <= {clock.GetUtcNow()} and id > {after}
            order by id limit {size} for update skip locked
            """).AsNoTracking().ToListAsync(ct);
        if (due.Count == 0)
        {
            return null;
        }

        var refused = await RefusedAsync(due, segment, ct);
        await LeaveOutAsync(run, destination, due.FindAll(row => refused.Contains(row.ProfileId)), ct);
        var claimed = due.FindAll(row => !refused.Contains(row.ProfileId));
        claimed.ForEach(row => row.Attempts++);
        var known = await MarkAsync(destination, claimed, ct);
        await transaction.CommitAsync(ct);
        return new PushClaim(
            claimed,
            new DeliveryBatch(destination.Id, run.Id, destination.Settings, secret, claimed.ConvertAll(row => ToChange(row, segment.Target, known.GetValueOrDefault(row.ProfileId)))),
            due[^1].Id);
    }

    /// <summary>Sends a batch. What a connector did not foresee is no reason to forget that the tool may have taken everything.</summary>
    public async Task<IReadOnlyList<Outcome>> SendAsync(IDestinationConnector connector, DeliveryBatch batch, CancellationToken ct)
    {
        if (batch.Changes.Count == 0)
        {
            return [];
        }

        using var budget = budgets.Of(batch.DestinationId).Use();
        try
        {
            var outcomes = await connector.DeliverAsync(batch, ct);
            return outcomes.Count == batch.Changes.Count
                ? outcomes
                : throw new InvalidOperationException($"{connector.Kind}: {outcomes.Count} outcomes for {batch.Changes.Count} changes.");
        }
        catch (Exception unforeseen) when (!ct.IsCancellationRequested)
        {
            LogUnforeseen(unforeseen, connector.Kind, batch.DestinationId);
            return [.. batch.Changes.Select(_ => new Outcome.RetryAfter(Refusals.Unforeseen, Answer: unforeseen.Message))];
        }
    }

    /// <summary>The change a row of the outbox stands for. Its key is the row's: the same at each try, another for each new state.</summary>
    /// <param name="known">What is known of the profile in the tool; its payload counts only when the tool is sure to hold it.</param>
    public static Change ToChange(OutboxChange row, SegmentTarget target, DestinationProfile? known)
    {
        var noun = target is SegmentTarget.Accounts ? "account" : "contact";
        return new Change(
            $"msg_{row.Id:n}", row.Change is ChangeKind.Remove ? $"{noun}.removed" : $"{noun}.upserted", row.ProfileId, row.CreatedAt, row.Payload,
            known?.RemoteId, known is { ContentHash.Length: > 0 } ? known.Payload : null);
    }

    // From here on the tool may hold it, whatever becomes of this process: until it says so, nothing is known for sure.
    private async Task<Dictionary<Guid, DestinationProfile>> MarkAsync(Destination destination, List<OutboxChange> claimed, CancellationToken ct)
    {
        var (rows, profiles, names) = (
            claimed.Select(row => row.Id).ToArray(), claimed.Select(row => row.ProfileId).ToArray(), claimed.Select(row => row.ProfileName).ToArray());
        var known = await db.DestinationProfiles.AsNoTracking().Where(p => p.DestinationId == destination.Id && profiles.Contains(p.ProfileId))
            .ToDictionaryAsync(p => p.ProfileId, ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            update outbox set attempts = attempts + 1 where id = any({rows});
            insert into destination_profiles (destination_id, profile_id, name, content_hash, sent_at)
            select {destination.Id}, profile, name, ''::bytea, {clock.GetUtcNow()} from unnest({profiles}, {names}) as claimed (profile, name)
            on conflict (destination_id, profile_id) do update set content_hash = ''::bytea
            """,
            ct);
        return known;
    }

    // Someone may have said no since the plan was made.
    private async Task<HashSet<Guid>> RefusedAsync(List<OutboxChange> due, Segment segment, CancellationToken ct)
    {
        var since = clock.GetUtcNow() - JustSaid;
        var ids = due.Where(row => row.Change is ChangeKind.Upsert).Select(row => row.ProfileId).ToList();
        var allowed = segment.Target is SegmentTarget.Accounts
            ? await segment.Allow(db.Accounts.Where(a => ids.Contains(a.Id))).Select(a => a.Id).ToListAsync(ct)
            : await segment.Allow(db.Contacts.Where(c => ids.Contains(c.Id) && c.EmailReach != Reach.NoAddress
                    && !db.ToolReturns.Any(r => r.ProfileId == c.Id && r.ReceivedAt > since)))
                .Select(c => c.Id).ToListAsync(ct);
        return [.. ids.Except(allowed)];
    }

    private async Task LeaveOutAsync(Run run, Destination destination, List<OutboxChange> refused, CancellationToken ct)
    {
        if (refused.Count == 0)
        {
            return;
        }

        var (rows, ids) = (refused.ConvertAll(row => row.Id), refused.ConvertAll(row => row.ProfileId));
        var held = await db.DestinationProfiles.Where(p => p.DestinationId == destination.Id && p.SilencedAt == null && ids.Contains(p.ProfileId))
            .Select(p => p.ProfileId).ToListAsync(ct);
        await db.Outbox.Where(row => rows.Contains(row.Id)).ExecuteDeleteAsync(ct);
        var now = clock.GetUtcNow();
        foreach (var row in refused)
        {
            if (held.Contains(row.ProfileId))
            {
                db.Outbox.Add(row.AsRemoval(run.Id, now));
            }
            else
            {
                db.Deliveries.Add(Delivery.Of(row, run.Id, DeliveryStatus.Filtered, Refusals.Opposed, answer: null, now));
            }
        }

        run.Count(new Dictionary<string, long>(run.Counters) { ["filtered"] = run.Counters["filtered"] + refused.Count - held.Count });
        await db.SaveChangesAsync(ct);
    }

    [LoggerMessage(LogLevel.Error, "The connector {Kind} failed on destination {Destination} in a way it does not know")]
    private partial void LogUnforeseen(Exception unforeseen, string kind, Guid destination);
}

/// <summary>What is about to be sent.</summary>
/// <param name="Rows">The changes as they were written, one for each change of <paramref name="Batch"/>.</param>
/// <param name="Last">Where the next batch goes on from.</param>
public sealed record PushClaim(List<OutboxChange> Rows, DeliveryBatch Batch, Guid Last);
