using Quartz;
using Rcu.Ingestion.Pulling;
using Rcu.Ingestion.Sirene;

namespace Rcu.Web.Hosting;

/// <summary>Asks, several times a minute, for the sources whose hour has come, the register among them.</summary>
[DisallowConcurrentExecution]
internal sealed class DuePulls(IServiceScopeFactory scopes) : Quartz.IJob
{
    private const string Name = "due-pulls";
    private const string EveryQuarterOfAMinute = "0/15 * * * * ?";

    /// <summary>In a clustered store the hub's nodes share one trigger: one of them asks.</summary>
    public static void AddTo(IQuartzBuilder quartz) => quartz
        .AddJob<DuePulls>(job => job.WithIdentity(Name))
        .AddTrigger(trigger => trigger.ForJob(Name).WithIdentity(Name).WithCronSchedule(EveryQuarterOfAMinute));

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<DueSources>().WakeAsync(cancellationToken);
        await scope.ServiceProvider.GetRequiredService<SireneFollowing>().WakeAsync(cancellationToken);
    }
}
