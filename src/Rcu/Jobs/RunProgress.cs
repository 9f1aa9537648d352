using Npgsql;

namespace Rcu.Jobs;

/// <summary>
/// Writes the progress of one attempt of a run, and stops that attempt when a person cancels it or when a later attempt has
/// begun: a node that was taken for dead writes nothing more.
/// </summary>
public sealed class RunProgress(NpgsqlDataSource database, TimeProvider clock, Guid runId) : IStageProgress
{
    private int _attempt;
    private string _stage = "";

    /// <summary>Begins an attempt. False when the run has ended already.</summary>
    public async Task<bool> StartAsync(CancellationToken ct)
    {
        await using var start = database.CreateCommand(
            """
            update runs set status = 'Running', attempt = attempt + 1, started_at = coalesce(started_at, $2), attempt_at = $2, attempt_from = done, ended_at = null, failure = null
            where id = $1 and status in ('Queued', 'Running', 'Failed') returning attempt
            """);
        start.Parameters.Add(new() { Value = runId });
        start.Parameters.Add(new() { Value = clock.GetUtcNow() });
        if (await start.ExecuteScalarAsync(ct) is not int attempt)
        {
            return false;
        }

        _attempt = attempt;
        return true;
    }

    public Task EnterAsync(string stage, CancellationToken ct)
    {
        _stage = stage;
        return WriteAsync("cursor = $3, done = 0, total = null", [stage], ct);
    }

    public Task ReportAsync(long done, long? total, CancellationToken ct) =>
        WriteAsync("cursor = $3, done = $4, total = $5", [_stage, done, (object?)total ?? DBNull.Value], ct);

    public Task SucceedAsync(CancellationToken ct) =>
        WriteAsync("status = 'Succeeded', ended_at = $3, total = coalesce(total, done)", [clock.GetUtcNow()], ct);

    public Task FailAsync(string why, CancellationToken ct) =>
        WriteAsync("status = 'Failed', failure = $3, ended_at = $4", [why, clock.GetUtcNow()], ct);

    public Task CancelAsync(CancellationToken ct) =>
        WriteAsync("status = 'Cancelled', cancel_requested = false, ended_at = $3", [clock.GetUtcNow()], ct);

    private async Task WriteAsync(string assignments, object[] values, CancellationToken ct)
    {
#pragma warning disable CA2100 // the assignments are constants of this class
        await using var write = database.CreateCommand(
            $"update runs set {assignments} where id = $1 and attempt = $2 returning cancel_requested");
#pragma warning restore CA2100
        write.Parameters.Add(new() { Value = runId });
        write.Parameters.Add(new() { Value = _attempt });
        foreach (var value in values)
        {
            write.Parameters.Add(value is DBNull ? new() { Value = value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bigint } : new() { Value = value });
        }

        switch (await write.ExecuteScalarAsync(ct))
        {
            case null: throw new RunFencedException();
            case true: throw new RunCancelledException();
        }
    }
}

/// <summary>A person asked the run to stop.</summary>
public sealed class RunCancelledException() : Exception("The run was cancelled.");

/// <summary>A later attempt of the same run has begun: this one may write nothing more.</summary>
public sealed class RunFencedException() : Exception("A later attempt of this run has begun.");
