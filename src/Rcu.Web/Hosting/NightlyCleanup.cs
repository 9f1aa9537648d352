using Quartz;
using Rcu.Activation;
using Rcu.Ingestion;
using Rcu.Ingestion.Connectors.Webhook;

namespace Rcu.Web.Hosting;

/// <summary>Forgets, every night, the files, messages and changes that are kept no longer.</summary>
internal sealed partial class NightlyCleanup(IServiceScopeFactory scopes, ILogger<NightlyCleanup> log) : Quartz.IJob
{
    private const string Name = "nightly-cleanup";
    private const string EveryNight = "0 45 3 * * ?";

    public static void AddTo(IQuartzBuilder quartz) => quartz
        .AddJob<NightlyCleanup>(job => job.WithIdentity(Name))
        .AddTrigger(trigger => trigger.ForJob(Name).WithIdentity(Name).WithCronSchedule(EveryNight));

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        await using var scope = scopes.CreateAsyncScope();
        LogForgotten(await scope.ServiceProvider.GetRequiredService<FileRetention>().ForgetAsync(cancellationToken));
        await scope.ServiceProvider.GetRequiredService<HookInbox>().ForgetAsync(cancellationToken);
        await scope.ServiceProvider.GetRequiredService<ChangeFeed>().ForgetAsync(cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Files} files of more than thirty days forgotten")]
    private partial void LogForgotten(int files);
}
