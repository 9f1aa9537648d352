using System.Collections.Concurrent;

namespace Rcu.Web.Pages.Home;

/// <summary>
/// The boards of a large base, kept a few minutes by each node: the last one is shown at once, with the time of its figures, while
/// the next is counted. Those of a small base are counted each time.
/// </summary>
internal sealed partial class BoardMemory(IServiceScopeFactory services, TimeProvider clock, IHostApplicationLifetime life, ILogger<BoardMemory> logger)
{
    /// <summary>From so many accounts on, counting takes longer than a person waits.</summary>
    public const int Large = 50_000;

    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);
    private readonly ConcurrentDictionary<Type, Kept> _boards = [];

    /// <param name="isLarge">Whether what was counted is to be kept.</param>
    public async Task<T> ReadAsync<T>(Func<IServiceProvider, CancellationToken, Task<T>> countAsync, Func<T, bool> isLarge, CancellationToken ct)
        where T : class
    {
        if (_boards.TryGetValue(typeof(T), out var kept))
        {
            if (clock.GetUtcNow() - kept.At >= Fresh && _boards.TryUpdate(typeof(T), kept with { At = clock.GetUtcNow() }, kept))
            {
                _ = RenewAsync(countAsync, isLarge);
            }

            return (T)kept.Board;
        }

        await using var scope = services.CreateAsyncScope();
        var counted = await countAsync(scope.ServiceProvider, ct);
        Keep(counted, isLarge);
        return counted;
    }

    private async Task RenewAsync<T>(Func<IServiceProvider, CancellationToken, Task<T>> countAsync, Func<T, bool> isLarge)
        where T : class
    {
        try
        {
            await using var scope = services.CreateAsyncScope();
            Keep(await countAsync(scope.ServiceProvider, life.ApplicationStopping), isLarge);
        }
#pragma warning disable CA1031 // nobody waits for it: the next reader asks again
        catch (Exception failed)
#pragma warning restore CA1031
        {
            _boards.TryRemove(typeof(T), out _);
            NotCounted(failed);
        }
    }

    private void Keep<T>(T counted, Func<T, bool> isLarge)
        where T : class
    {
        if (isLarge(counted))
        {
            _boards[typeof(T)] = new Kept(counted, clock.GetUtcNow());
        }
        else
        {
            _boards.TryRemove(typeof(T), out _);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A board was not counted.")]
    private partial void NotCounted(Exception failed);

    private sealed record Kept(object Board, DateTimeOffset At);
}
