using Microsoft.EntityFrameworkCore;
using Rcu.Activation.Connectors.RestHook;
using Rcu.Data;
using Rcu.Jobs;

namespace Rcu.Activation;

/// <summary>What a tool said of one batch: judged at once, saved in one transaction with the place the run has come to.</summary>
public sealed class PushOutcomes(RcuDb db, TimeProvider clock)
{
    /// <summary>What the answers say of the tool as a whole: whether it goes on, and when.</summary>
    public void Judge(Destination destination, IReadOnlyList<Outcome> outcomes)
    {
        foreach (var outcome in outcomes)
        {
            (destination.State, destination.StateReason) = outcome switch
            {
                Outcome.CredentialsRefused refused => (DestinationState.CredentialsNeeded, refused.Why),
                Outcome.Closed closed => (DestinationState.Paused, closed.Why),
                _ => (destination.State, destination.StateReason),
            };
        }

        if (destination.Kind == RestHookConnector.Name && outcomes.OfType<Outcome.Closed>().FirstOrDefault() is { IsGone: true } gone)
        {
            RestHooks.End(destination, gone.Why);
        }

        // A tool that fails on everything, or asks for silence, is left alone for a while.
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
            destination.PausedUntil = clock.GetUtcNow() + Retries.After(destination.Failures, asked, scatter: 0);
        }
    }

    /// <summary>Keeps what became of each change, and how far the run is.</summary>
    public async Task SaveAsync(Run run, PushClaim claim, IReadOnlyList<Outcome> outcomes, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var lines = claim.Rows.Zip(outcomes, (row, outcome) => Line.Of(row, outcome, now)).ToList();
        run.Advance(run.Done + lines.Count, null, $"{claim.Last}");
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.SaveChangesAsync(ct);
        await WriteAsync(run, lines, now, ct);
        await transaction.CommitAsync(ct);
    }

    private async Task WriteAsync(Run run, List<Line> lines, DateTimeOffset now, CancellationToken ct) => await db.Database.ExecuteSqlAsync(
        $"""
        with said as (
          select * from unnest(
            {lines.Select(l => l.Id).ToArray()}, {lines.Select(l => $"{l.Status}").ToArray()}, {lines.Select(l => $"{l.Told}").ToArray()},
            {lines.Select(l => l.DueAt).ToArray()}, {lines.Select(l => l.Why).ToArray()}, {lines.Select(l => l.Answer).ToArray()},
            {lines.Select(l => l.RemoteId).ToArray()}) as s (id, status, told, due_at, reason, answer, remote_id)),
        kept as (
          update outbox o set status = s.status, due_at = s.due_at from said s where o.id = s.id
          returning o.*, s.told, s.reason, s.answer, s.remote_id),
        held as (
          update destination_profiles h set content_hash = k.content_hash, sent_at = {now}, payload = k.payload, name = k.profile_name, silenced_at = null,
            remote_id = coalesce(k.remote_id, h.remote_id)
          from kept k where h.destination_id = k.destination_id and h.profile_id = k.profile_id and k.status = 'Sent' and k.change = 'Upsert'),
        gone as (
          delete from destination_profiles h using kept k
          where h.destination_id = k.destination_id and h.profile_id = k.profile_id and k.status = 'Sent' and k.change = 'Remove')
        insert into deliveries (account_id, id, destination_id, run_id, profile_id, profile_name, change, status, reason, answer, attempt, payload, at)
        select account_id, new_id(), destination_id, {run.Id}, profile_id, profile_name, change, told, reason, answer, attempts, payload, {now} from kept
        """,
        ct);

    /// <summary>What becomes of one change.</summary>
    private sealed record Line(
        Guid Id, OutboxStatus Status, DeliveryStatus Told, DateTimeOffset DueAt, string? Why = null, string? Answer = null, string? RemoteId = null)
    {
        public static Line Of(OutboxChange row, Outcome outcome, DateTimeOffset now) => outcome switch
        {
            Outcome.Delivered done => new(row.Id, OutboxStatus.Sent, DeliveryStatus.Delivered, row.DueAt, null, Text(done), done.RemoteId),
            Outcome.Rejected rejected => new(row.Id, OutboxStatus.Dead, DeliveryStatus.Rejected, row.DueAt, rejected.Why, Text(rejected)),
            Outcome.RetryAfter retry when Patience.IsOver(row.Attempts, now - row.CreatedAt) => new(
                row.Id, OutboxStatus.Dead, DeliveryStatus.Rejected, row.DueAt, $"{retry.Why} Abandonné après {row.Attempts} essais.", Text(retry)),
            Outcome.RetryAfter retry => new(
                row.Id, OutboxStatus.Waiting, DeliveryStatus.Waiting, now + Patience.Next(row.Attempts, retry.Delay, Random.Shared.NextDouble()), retry.Why, Text(retry)),
            Outcome.CredentialsRefused refused => new(row.Id, OutboxStatus.Waiting, DeliveryStatus.Waiting, row.DueAt, refused.Why, Text(refused)),
            Outcome.Closed closed => new(row.Id, OutboxStatus.Waiting, DeliveryStatus.Waiting, row.DueAt, closed.Why, Text(closed)),
            _ => throw new InvalidOperationException($"Unknown outcome {outcome}."),
        };

        private static string? Text(Outcome outcome) => outcome.Answer?.Replace("\0", "", StringComparison.Ordinal);
    }
}
