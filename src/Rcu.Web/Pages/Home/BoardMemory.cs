using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Rcu.Data;

namespace Rcu.Web.Pages.Home;

/// <summary>
/// The boards of a large base, kept a few minutes by each node, and in the database for those that start: the last one is shown at
/// once, with the time of its figures, while the next is counted. Those of a small base are counted each time.
/// </summary>
internal sealed partial class BoardMemory(IServiceScopeFactory services, TimeProvider clock, IHostApplicationLifetime life, ILogger<BoardMemory> logger)
{
    /// <summary>From so many accounts on, counting takes longer than a person waits.</summary>
    public const int Large = 50_000;

    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    // The shape of a board changes with the program: what another one kept is not read.
    private static readonly string Version = typeof(BoardMemory).Assembly.ManifestModule.ModuleVersionId.ToString();
    private readonly ConcurrentDictionary<string, Kept> _boards = [];

    /// <summary>The only board of its type.</summary>
    /// <param name="isLarge">Whether what was counted is to be kept.</param>
    public Task<T> ReadAsync<T>(Func<IServiceProvider, CancellationToken, Task<T>> countAsync, Func<T, bool> isLarge, CancellationToken ct)
        where T : class => ReadAsync(typeof(T).Name, countAsync, isLarge, ct);

    /// <param name="name">Which board: those of one name are of one type.</param>
    /// <param name="isLarge">Whether what was counted is to be kept.</param>
    public async Task<T> ReadAsync<T>(string name, Func<IServiceProvider, CancellationToken, Task<T>> countAsync, Func<T, bool> isLarge, CancellationToken ct)
        where T : class
    {
        if (_boards.TryGetValue(name, out var kept) || (kept = await RecallAsync<T>(name, ct)) is not null)
        {
            if (clock.GetUtcNow() - kept.At >= Fresh && _boards.TryUpdate(name, kept with { At = clock.GetUtcNow() }, kept))
            {
                _ = RenewAsync(name, countAsync, isLarge);
            }

            return (T)kept.Board;
        }

        return await CountAsync(name, countAsync, isLarge, ct);
    }

    // What was counted before this node started, by itself or by another.
    private async Task<Kept?> RecallAsync<T>(string name, CancellationToken ct)
        where T : class
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RcuDb>();
        var rows = await db.Database.SqlQuery<Row>(
            $"select board::text as \"Board\", counted_at as \"CountedAt\" from kept_boards where name = {name} and version = {Version}").ToListAsync(ct);
        return rows is [var row] && JsonSerializer.Deserialize<T>(row.Board) is { } board
            ? _boards.GetOrAdd(name, new Kept(board, row.CountedAt)) : null;
    }

    private async Task<T> CountAsync<T>(string name, Func<IServiceProvider, CancellationToken, Task<T>> countAsync, Func<T, bool> isLarge, CancellationToken ct)
        where T : class
    {
        await using var scope = services.CreateAsyncScope();
        var counted = await countAsync(scope.ServiceProvider, ct);
        var db = scope.ServiceProvider.GetRequiredService<RcuDb>();
        if (isLarge(counted))
        {
            var at = clock.GetUtcNow();
            _boards[name] = new Kept(counted, at);
            await db.Database.ExecuteSqlAsync(
                $"""
                insert into kept_boards (name, board, counted_at, version) values ({name}, {JsonSerializer.Serialize(counted)}::jsonb, {at}, {Version})
                on conflict (name) do update set board = excluded.board, counted_at = excluded.counted_at, version = excluded.version
                """, ct);
        }
        else if (_boards.TryRemove(name, out _))
        {
            await db.Database.ExecuteSqlAsync($"delete from kept_boards where name = {name}", ct);
        }

        return counted;
    }

    private async Task RenewAsync<T>(string name, Func<IServiceProvider, CancellationToken, Task<T>> countAsync, Func<T, bool> isLarge)
        where T : class
    {
        try
        {
            await CountAsync(name, countAsync, isLarge, life.ApplicationStopping);
        }
#pragma warning disable CA1031 // nobody waits for it: the next reader asks again
        catch (Exception failed)
#pragma warning restore CA1031
        {
            _boards.TryRemove(name, out _);
            NotCounted(failed);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A board was not counted.")]
    private partial void NotCounted(Exception failed);

    private sealed record Kept(object Board, DateTimeOffset At);

    private sealed record Row(string Board, DateTimeOffset CountedAt);
}
