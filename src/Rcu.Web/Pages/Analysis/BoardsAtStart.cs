using Npgsql;
using Rcu.Insight.Boards;

namespace Rcu.Web.Pages.Analysis;

/// <summary>Counts the boards of a large base once a node has started, so that nobody waits for the first of them.</summary>
internal sealed partial class BoardsAtStart(IServiceScopeFactory scopes, ILogger<BoardsAtStart> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            if (!await KeptFigures.IsLargeAsync(scope.ServiceProvider, stoppingToken))
            {
                return;
            }

            var kept = scope.ServiceProvider.GetRequiredService<KeptFigures>();
            foreach (var board in Board.All)
            {
                await kept.ReadAsync(board, new Period(), stoppingToken);
            }

            await kept.MarketAsync(stoppingToken);
            await kept.JourneyAsync(new Period(), stoppingToken);
        }
        catch (NpgsqlException failed)
        {
            NotCounted(failed);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The boards were not counted at the start: whoever opens one waits for it.")]
    private partial void NotCounted(Exception failed);
}
