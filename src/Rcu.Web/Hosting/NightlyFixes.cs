using Quartz;
using Rcu.Unification.Fixes;

namespace Rcu.Web.Hosting;

/// <summary>Looks, every night after the resolution, for corrections to propose in the morning.</summary>
internal sealed class NightlyFixes(IServiceScopeFactory scopes) : Quartz.IJob
{
    private const string Name = "nightly-fixes";
    private const string EveryNight = "0 45 4 * * ?";

    /// <summary>In a clustered store the hub's nodes share one trigger: one of them looks.</summary>
    public static void AddTo(IQuartzBuilder quartz) => quartz
        .AddJob<NightlyFixes>(job => job.WithIdentity(Name))
        .AddTrigger(trigger => trigger.ForJob(Name).WithIdentity(Name).WithCronSchedule(EveryNight));

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<FixSearch>().RunAsync(cancellationToken);
    }
}
