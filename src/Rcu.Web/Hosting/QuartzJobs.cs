using System.Data.Common;
using Npgsql;
using Quartz;
using Rcu.Jobs;
using IJob = Rcu.Jobs.IJob;

namespace Rcu.Web.Hosting;

/// <summary>
/// The whole of Quartz in the hub. It keeps the queue in the hub's own database, hands each job to one node,
/// and hands it to another when that node dies. What a person sees of a job is its <see cref="Run"/>.
/// </summary>
internal sealed partial class QuartzJobs(ISchedulerFactory schedulers, TimeProvider clock) : IJobs
{
    // Ten tries in all: 15 s, 30 s, 1 min ... never more than an hour apart, scattered so that a herd spreads.
    private static readonly RetryPolicy Retries =
        RetryPolicy.Exponential(9, TimeSpan.FromSeconds(15), 2, TimeSpan.FromHours(1), 0.2);

    // Pushes may take six, and mostly wait for their tools.
    private const int Workers = 16;

    /// <param name="work">Whether this process does jobs, or only asks for them.</param>
    public static void AddTo(IServiceCollection services, bool work)
    {
        services.AddSingleton<DbDataSource>(hub => hub.GetRequiredService<NpgsqlDataSource>());
        services.Configure<AdoJobStoreOptions>(store => store.TablePrefix = "quartz.qrtz_");
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(scheduler =>
            {
                scheduler.IdleWaitTime = TimeSpan.FromSeconds(2); // how late a worker sees what another process asked for
                scheduler.ShutdownJobInterruption = ShutdownJobInterruption.Always;
            });
            quartz.UseDefaultThreadPool(Workers);
            if (work)
            {
                NightlyResolution.AddTo(quartz);
                NightlyCleanup.AddTo(quartz);
                NightlyFixes.AddTo(quartz);
                DuePulls.AddTo(quartz);
            }

            quartz.UsePersistentStore(store =>
            {
                store.UsePostgres(database => database.UseRegisteredDataSource = true);
                store.UseClustering(cluster => cluster.CheckinInterval = TimeSpan.FromSeconds(5));
            });
        });
        services.AddSingleton<IJobs, QuartzJobs>();
        services.AddSingleton<Outages>();
        services.AddScoped<RunLedger>();
        services.AddScoped<RunRetries>();
        if (work)
        {
            services.AddHostedService<NodeClock>();
            services.AddHostedService<DueSending>();
            services.AddHostedService<FiguresAtStart>();
            services.AddQuartzHostedService(host => host.WaitForJobsToComplete = true);
        }
    }

    public async Task EnqueueAsync<TJob>(Guid subject, CancellationToken ct)
        where TJob : IJob
    {
        var scheduler = await schedulers.GetScheduler(ct);
        var job = JobBuilder.Create<Runner>().WithIdentity($"{subject}", typeof(TJob).Name).RequestRecovery().Build();

        // The scheduler lives by the hub's clock, the builder by the machine's: « now » of the one may never come for the other.
        var now = TriggerBuilder.Create().WithIdentity($"{subject}", typeof(TJob).Name).StartAt(clock.GetUtcNow()).WithRetryPolicy(Retries).Build();
        await scheduler.ScheduleJob(job, now, ScheduleJobOptions.Replacing, ct);
    }

    /// <summary>The one kind of job Quartz knows: it finds ours by the name and the subject in its key.</summary>
    [DisallowConcurrentExecution]
    internal sealed partial class Runner(IServiceScopeFactory scopes, Outages outages, ILogger<Runner> log) : Quartz.IJob
    {
        public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
        {
            var (name, subject) = (context.JobDetail.Key.Group, Guid.Parse(context.JobDetail.Key.Name));
            await using var scope = scopes.CreateAsyncScope();
            var ledger = scope.ServiceProvider.GetRequiredService<RunLedger>();
            if (!await ledger.MayStartAsync(subject, context.Recovering, cancellationToken))
            {
                LogSetAside(name, subject);
                return;
            }

            try
            {
                await outages.OverAsync(ct => RunAsync(name, subject, ct), cancellationToken);
            }
            catch (OperationCanceledException stopped) when (cancellationToken.IsCancellationRequested)
            {
                // Quartz forgets a job that ends by cancellation; one that fails it gives to the next node.
                throw new JobExecutionException("Cut by a stop of this node.", stopped);
            }
            catch (Exception failure) when (failure is not JobExecutionException)
            {
                var last = context.RetryAttempt >= Retries.MaxAttempts;
                LogFailure(failure, name, subject, last);
                await ledger.FailedAsync(subject, failure.Message, last, CancellationToken.None);
                throw new JobExecutionException(failure.Message, failure);
            }
        }

        // Each try from nothing: what the one before held may be of a connection that is no more.
        private async Task RunAsync(string name, Guid subject, CancellationToken ct)
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredKeyedService<IJob>(name).RunAsync(subject, ct);
        }

        [LoggerMessage(LogLevel.Warning, "{Job} {Subject} is set aside: cancelled, or three workers died of it")]
        private partial void LogSetAside(string job, Guid subject);

        [LoggerMessage(LogLevel.Error, "{Job} {Subject} failed (last try: {Last})")]
        private partial void LogFailure(Exception failure, string job, Guid subject, bool last);
    }
}
