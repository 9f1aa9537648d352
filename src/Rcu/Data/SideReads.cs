using Microsoft.EntityFrameworkCore;

namespace Rcu.Data;

/// <summary>
/// Reads on a connection of its own while its caller goes on reading, so that a page waits for the longer half of what it asks. Only
/// as long as a core has nothing else to do: under load the same is read when its turn comes.
/// </summary>
public sealed class SideReads(DbContextOptions<RcuDb> options)
{
    // Never more connections than cores are held by requests that wait for a second one.
    private static readonly SemaphoreSlim Cores = new(Environment.ProcessorCount);

    internal SemaphoreSlim Idle { get; init; } = Cores;

    /// <param name="read">Touches nothing of the caller's: it runs beside it.</param>
    public SideRead<T> Begin<T>(Func<RcuDb, Task<T>> read)
    {
        var isBeside = Idle.Wait(0);
        return new SideRead<T>(() => ReadAsync(read, isBeside), isBeside);
    }

    private async Task<T> ReadAsync<T>(Func<RcuDb, Task<T>> read, bool isBeside)
    {
        try
        {
            await using var db = new RcuDb(options);
            return await read(db);
        }
        finally
        {
            if (isBeside)
            {
                Idle.Release();
            }
        }
    }
}

/// <summary>What is being read beside. Left undone when nobody asked for it in time, and waited for before its caller ends.</summary>
public sealed class SideRead<T> : IAsyncDisposable
{
    private readonly Func<Task<T>> _read;
    private Task<T>? _value;

    internal SideRead(Func<Task<T>> read, bool isBeside)
    {
        _read = read;
        _value = isBeside ? Task.Run(read) : null;
    }

    public Task<T> ValueAsync() => _value ??= _read();

    public async ValueTask DisposeAsync()
    {
        if (_value is not null)
        {
            await ((Task)_value).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
