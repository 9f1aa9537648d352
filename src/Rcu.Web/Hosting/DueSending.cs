using Rcu.Activation;

namespace Rcu.Web.Hosting;

/// <summary>Wakes, every few seconds, the destinations something waits to be sent to again.</summary>
internal sealed partial class DueSending(IServiceScopeFactory scopes, ILogger<DueSending> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var tick = new PeriodicTimer(Every);
        while (await tick.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<DueDeliveries>().WakeAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                LogFailure(failure); // the database is away: the next tick tries again
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "What waits to be sent could not be looked at")]
    private partial void LogFailure(Exception failure);
}
