using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Jobs;
using Rcu.Security;
using Rcu.Segmentation;

namespace Rcu.Activation;

/// <summary>One batch of a push: claimed and checked again in one transaction, sent in none, its outcomes saved in another.</summary>
public sealed partial class PushBatch(RcuDb db, ISecrets secrets, CallBudgets budgets, TimeProvider clock, ILogger<PushBatch> log)
{
    // What a person said in a tool counts by itself until it has been through the stages.
    private static readonly TimeSpan JustSaid = TimeSpan.FromHours(1);

    /// <returns>False when nothing is due any more in this run.</returns>
    public async Task<bool> NextAsync(
        Run run, Destination destination, IDestinationConnector connector, SegmentTarget target, CancellationToken ct)
    {
        var secret = destination.Secret is null ? null : secrets.Open(destination.Secret);
        if (destination.Secret is not null && secret is null)
        {
            Stop(destination, DestinationState.CredentialsNeeded, ActivationErrors.SecretLost.Message);
            await db.SaveChangesAsync(ct);
            return false;
        }

        var (claimed, known, last) = await ClaimAsync(run, destination, connector.BatchSize, target, ct);
        if (last is null)
        {
            return false;
        }

        var changes = claimed.ConvertAll(row => ToChange(row, target, known.GetValueOrDefault(row.ProfileId)));
        var outcomes = changes.Count == 0
            ? []
            : await DeliverAsync(connector, new DeliveryBatch(destination.Id, run.Id, destination.Settings, secret, changes), ct);
        await SaveAsync(run, destination, claimed, outcomes, last.Value, ct);
        return true;
    }

    // What a connector did not foresee is no reason to forget that the tool may have taken everything.
    private async Task<IReadOnlyList<Outcome>> DeliverAsync(IDestinationConnector connector, DeliveryBatch batch, CancellationToken ct)
    {
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

    private async Task<(List<OutboxChange> Claimed, Dictionary<Guid, DestinationProfile> Known, Guid? Last)> ClaimAsync(
        Run run, Destination destination, int size, SegmentTarget target, CancellationToken ct)
    {
        var after = Guid.TryParse(run.Cursor, out var cursor) ? cursor : Guid.Empty;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var due = await db.Outbox.FromSql(
            $"""
            select * from outbox
            where destination_id = {destination.Id} and run_id = {run.Id} and status = 'Waiting' and due_at <= {clock.GetUtcNow()} and id > {after}
            order by id limit {size} for update skip locked
            """).ToListAsync(ct);
        if (due.Count == 0)
        {
            return ([], [], null);
        }

        var last = due[^1].Id;
        var refused = await RefusedAsync(due, destination, target, ct);
        await LeaveOutAsync(run, destination, due.FindAll(row => refused.Contains(row.ProfileId)), ct);
        var claimed = due.FindAll(row => !refused.Contains(row.ProfileId));
        claimed.ForEach(row => row.Attempts++);
        await db.SaveChangesAsync(ct);

        // From here on the tool may hold it, whatever becomes of this process: until it says so, nothing is known for sure.
        var profiles = claimed.Select(row => row.ProfileId).ToArray();
        var names = claimed.Select(row => row.ProfileName).ToArray();
        var known = await db.DestinationProfiles.AsNoTracking().Where(p => p.DestinationId == destination.Id && profiles.Contains(p.ProfileId))
            .ToDictionaryAsync(p => p.ProfileId, ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into destination_profiles (destination_id, profile_id, name, content_hash, sent_at)
            select {destination.Id}, profile, name, ''::bytea, {clock.GetUtcNow()} from unnest({profiles}, {names}) as claimed (profile, name)
            on conflict (destination_id, profile_id) do update set content_hash = ''::bytea
            """,
            ct);
        await transaction.CommitAsync(ct);
        return (claimed, known, last);
    }

    // Someone may have said no since the plan was made.
    private async Task<HashSet<Guid>> RefusedAsync(List<OutboxChange> due, Destination destination, SegmentTarget target, CancellationToken ct)
    {
        var since = clock.GetUtcNow() - JustSaid;
        var ids = due.Where(row => row.Change is ChangeKind.Upsert).Select(row => row.ProfileId).ToList();
        var segment = await db.Segments.AsNoTracking().SingleAsync(s => s.Id == destination.SegmentId, ct);
        var allowed = target is SegmentTarget.Accounts
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

        var ids = refused.ConvertAll(row => row.ProfileId);
        var held = await db.DestinationProfiles.Where(p => p.DestinationId == destination.Id && p.SilencedAt == null && ids.Contains(p.ProfileId))
            .Select(p => p.ProfileId).ToListAsync(ct);
        db.Outbox.RemoveRange(refused);
        await db.SaveChangesAsync(ct);
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
    }

    private async Task SaveAsync(
        Run run, Destination destination, List<OutboxChange> claimed, IReadOnlyList<Outcome> outcomes, Guid last, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var profiles = claimed.ConvertAll(row => row.ProfileId);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var held = await db.DestinationProfiles.Where(p => p.DestinationId == destination.Id && profiles.Contains(p.ProfileId))
            .ToDictionaryAsync(p => p.ProfileId, ct);
        for (var i = 0; i < claimed.Count; i++)
        {
            var (row, outcome) = (claimed[i], outcomes[i]);
            var (status, why) = Apply(row, outcome, destination, now);
            if (row.Status is OutboxStatus.Sent && held.TryGetValue(row.ProfileId, out var known))
            {
                if (row.Change is ChangeKind.Remove)
                {
                    db.DestinationProfiles.Remove(known);
                }
                else
                {
                    (known.ContentHash, known.SentAt, known.Payload, known.Name, known.SilencedAt) = (row.ContentHash, now, row.Payload, row.ProfileName, null);
                    known.RemoteId = (outcome as Outcome.Delivered)?.RemoteId ?? known.RemoteId;
                }
            }

            db.Deliveries.Add(Delivery.Of(row, run.Id, status, why, outcome.Answer, now));
        }

        Judge(destination, outcomes, now);
        run.Advance(run.Done + claimed.Count, null, $"{last}");
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    private static (DeliveryStatus Status, string? Why) Apply(OutboxChange row, Outcome outcome, Destination destination, DateTimeOffset now)
    {
        switch (outcome)
        {
            case Outcome.Delivered:
                row.Status = OutboxStatus.Sent;
                return (DeliveryStatus.Delivered, null);
            case Outcome.Rejected rejected:
                row.Status = OutboxStatus.Dead;
                return (DeliveryStatus.Rejected, rejected.Why);
            case Outcome.RetryAfter retry when Patience.IsOver(row.Attempts, now - row.CreatedAt):
                row.Status = OutboxStatus.Dead;
                return (DeliveryStatus.Rejected, $"{retry.Why} Abandonné après {row.Attempts} essais.");
            case Outcome.RetryAfter retry:
                row.DueAt = now + Patience.Next(row.Attempts, retry.Delay, Random.Shared.NextDouble());
                return (DeliveryStatus.Waiting, retry.Why);
            case Outcome.CredentialsRefused refused:
                Stop(destination, DestinationState.CredentialsNeeded, refused.Why);
                return (DeliveryStatus.Waiting, refused.Why);
            case Outcome.Closed closed:
                Stop(destination, DestinationState.Paused, closed.Why);
                return (DeliveryStatus.Waiting, closed.Why);
            default:
                throw new InvalidOperationException($"Unknown outcome {outcome}.");
        }
    }

    // A tool that fails on everything, or asks for silence, is left alone for a while.
    private static void Judge(Destination destination, IReadOnlyList<Outcome> outcomes, DateTimeOffset now)
    {
        var retries = outcomes.OfType<Outcome.RetryAfter>().ToList();
        if (retries.Count == 0)
        {
            if (outcomes.Count > 0)
            {
                (destination.Failures, destination.PausedUntil) = (0, null);
            }

            return;
        }

        destination.StateReason = retries[0].Why;
        var asked = retries.Max(retry => retry.Delay);
        if (retries.Count == outcomes.Count || asked is not null)
        {
            destination.Failures++;
            destination.PausedUntil = now + Retries.After(destination.Failures, asked, scatter: 0);
        }
    }

    private static void Stop(Destination destination, DestinationState state, string why) =>
        (destination.State, destination.StateReason) = (state, why);

    [LoggerMessage(LogLevel.Error, "The connector {Kind} failed on destination {Destination} in a way it does not know")]
    private partial void LogUnforeseen(Exception unforeseen, string kind, Guid destination);
}
