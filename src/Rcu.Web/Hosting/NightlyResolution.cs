using Quartz;
using Rcu.Data;
using Rcu.Jobs;
using Rcu.Resolution;

namespace Rcu.Web.Hosting;

/// <summary>Asks, every night, for a resolution of all records: it finds what those of the changes alone could not see.</summary>
internal sealed class NightlyResolution(IServiceScopeFactory scopes) : Quartz.IJob
{
    private const string Name = "nightly-resolution";
    private const string EveryNight = "0 15 2 * * ?";

    /// <summary>In a clustered store the hub's nodes share one trigger: one of them asks.</summary>
    public static void AddTo(IQuartzBuilder quartz) => quartz
        .AddJob<NightlyResolution>(job => job.WithIdentity(Name))
        .AddTrigger(trigger => trigger.ForJob(Name).WithIdentity(Name).WithCronSchedule(EveryNight));

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<HubSettings>().SetAsync(ResolveStage.FullAsked, true, cancellationToken);
        await scope.ServiceProvider.GetRequiredService<PipelineRuns>().RequestAsync("hub", cancellationToken);
    }
}
