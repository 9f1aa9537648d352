using Npgsql;
using Rcu.Insight;
using Rcu.Jobs;

namespace Rcu.Web.Hosting;

/// <summary>At the start of a hub whose figures an older version computed, or none, asks for them: else its boards would show zeros until the next import.</summary>
internal sealed partial class FiguresAtStart(IServiceScopeFactory scopes, NpgsqlDataSource database, ILogger<FiguresAtStart> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (await InsightDue.IsOwedAsync(database, stoppingToken))
            {
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<PipelineRuns>().RequestAsync("hub", stoppingToken);
            }
        }
        catch (NpgsqlException failed)
        {
            NotAsked(failed);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The figures were not asked for: the next import computes them.")]
    private partial void NotAsked(Exception failed);
}
