using System.Collections.Concurrent;
using Npgsql;
using Rcu.Security.Outbound;

namespace Rcu.Activation;

/// <summary>
/// The calls each destination still allows, in one row of the database that every worker draws from: two of them together make no
/// more calls than one may. The tool's own headers set it; a tool that says nothing of limits is called as fast as it answers.
/// </summary>
public sealed class CallBudgets(NpgsqlDataSource database, TimeProvider clock)
{
    // A twentieth may leave at once, the rest at an even pace: whatever span the tool counts in, it sees no more than it allows.
    private const double Burst = .05;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Believed = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _unlimited = new();
    private readonly ConcurrentDictionary<Guid, (int Calls, TimeSpan Span)> _told = new();

    public CallBudget Of(Guid destination) => new Budget(this, destination);

    private async Task<TimeSpan?> TakeAsync(Guid destination, CancellationToken ct)
    {
        if (_unlimited.TryGetValue(destination, out var until) && until > clock.GetUtcNow())
        {
            return null;
        }

        if (await DrawAsync(destination, ct) is not { } wait)
        {
            _unlimited[destination] = clock.GetUtcNow() + Believed;
            return null;
        }

        if (wait > LongestWait)
        {
            await GiveBackAsync(destination, ct);
            return wait;
        }

        await Task.Delay(wait, ct);
        return null;
    }

    /// <summary>
    /// How long the next call waits for its turn, which is taken: whoever comes after waits longer. Null when nothing is known of limits.
    /// </summary>
    internal async Task<TimeSpan?> DrawAsync(Guid destination, CancellationToken ct)
    {
        await using var draw = database.CreateCommand(
            """
            update destination_budgets set
              tokens = least(greatest(1, calls * $2), tokens + greatest(0, extract(epoch from $3 - filled_at)) * 1000 * calls * (1 - $2) / span_ms) - 1,
              filled_at = greatest(filled_at, $3)
            where destination_id = $1
            returning greatest(
              0, -tokens * span_ms / (calls * (1 - $2)), extract(epoch from coalesce(silent_until, $3) - $3) * 1000)::float8
            """);
        draw.Parameters.Add(new() { Value = destination });
        draw.Parameters.Add(new() { Value = Burst });
        draw.Parameters.Add(new() { Value = clock.GetUtcNow() });
        return await draw.ExecuteScalarAsync(ct) is double milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null;
    }

    private async Task GiveBackAsync(Guid destination, CancellationToken ct)
    {
        await using var give = database.CreateCommand("update destination_budgets set tokens = tokens + 1 where destination_id = $1");
        give.Parameters.Add(new() { Value = destination });
        await give.ExecuteNonQueryAsync(ct);
    }

    private async Task SeenAsync(Guid destination, HttpResponseMessage answer, CancellationToken ct)
    {
        if (CallAllowance.Of(answer, clock.GetUtcNow()) is not { } said)
        {
            return;
        }

        var known = _told.TryGetValue(destination, out var before);
        if (known && said.Silence is null && said.Calls == before.Calls && said.Span <= before.Span)
        {
            return; // nothing new
        }

        // What is left of a span is shorter than the span: the longest that was seen is the nearest to it.
        var span = said.Span is { } seen ? TimeSpan.FromTicks(Math.Max(seen.Ticks, said.Calls == before.Calls ? before.Span.Ticks : 0)) : (TimeSpan?)null;
        await using var keep = database.CreateCommand(
            """
            insert into destination_budgets (destination_id, calls, span_ms, tokens, filled_at, silent_until)
            values ($1, coalesce($2, 1000000), coalesce($3, 1000), 0, $5, $5 + $4)
            on conflict (destination_id) do update set
              calls = coalesce($2, destination_budgets.calls), span_ms = coalesce($3, destination_budgets.span_ms),
              silent_until = greatest(destination_budgets.silent_until, excluded.silent_until)
            """);
        keep.Parameters.Add(new() { Value = destination });
        keep.Parameters.Add(new() { Value = (object?)said.Calls ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Integer });
        keep.Parameters.Add(new() { Value = (object?)span?.TotalMilliseconds ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Double });
        keep.Parameters.Add(new() { Value = (object?)said.Silence ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Interval });
        keep.Parameters.Add(new() { Value = clock.GetUtcNow() });
        await keep.ExecuteNonQueryAsync(ct);
        if (said.Calls is { } calls)
        {
            _told[destination] = (calls, span!.Value);
        }

        _unlimited.TryRemove(destination, out _);
    }

    private sealed class Budget(CallBudgets budgets, Guid destination) : CallBudget
    {
        public override Task<TimeSpan?> TakeAsync(CancellationToken ct) => budgets.TakeAsync(destination, ct);

        public override Task SeenAsync(HttpResponseMessage answer, CancellationToken ct) => budgets.SeenAsync(destination, answer, ct);
    }
}
