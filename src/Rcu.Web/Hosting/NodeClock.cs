using Npgsql;

namespace Rcu.Web.Hosting;

/// <summary>
/// A node whose clock is off the database's by more than a second does not work: the others would take it for dead,
/// and do its jobs beside it.
/// </summary>
internal sealed class NodeClock(NpgsqlDataSource database) : IHostedLifecycleService
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1);

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var ask = new NpgsqlCommand("select clock_timestamp()", connection);
        var before = TimeProvider.System.GetUtcNow();
        var there = new DateTimeOffset((DateTime)(await ask.ExecuteScalarAsync(cancellationToken))!);
        var after = TimeProvider.System.GetUtcNow();
        if (IsOff(before, there, after))
        {
            throw new InvalidOperationException(
                $"This machine's clock says {after:O}, the database's {there:O}: more than one second apart, this node cannot work.");
        }
    }

    /// <summary>What the database answered between two instants of ours lies too far outside of them.</summary>
    internal static bool IsOff(DateTimeOffset before, DateTimeOffset there, DateTimeOffset after) =>
        there < before - Tolerance || there > after + Tolerance;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
