using Rcu.Ingestion;
using Rcu.Ingestion.Pulling;
using Rcu.Ingestion.Sirene;
using Rcu.Jobs;

namespace Rcu.Web.Hosting;

/// <summary>Takes up again a run that failed or was cancelled, by the job its stage is the work of.</summary>
internal sealed class RunRetries(RunHistory runs, RunLedger ledger, IJobs jobs)
{
    private static readonly Dictionary<string, Func<IJobs, Guid, CancellationToken, Task>> Jobs = new()
    {
        ["Ingestion"] = (jobs, run, ct) => jobs.EnqueueAsync<IngestJob>(run, ct),
        [PullJob.Stage] = (jobs, run, ct) => jobs.EnqueueAsync<PullJob>(run, ct),
        [SireneJob.Stage] = (jobs, run, ct) => jobs.EnqueueAsync<SireneJob>(run, ct),
        [PipelineRuns.Stage] = (jobs, run, ct) => jobs.EnqueueAsync<PipelineJob>(run, ct),
    };

    public static bool CanRetry(Run run) =>
        run.Status is RunStatus.Failed or RunStatus.Cancelled && run.UndoneAt is null && Jobs.ContainsKey(run.Stage);

    public async Task<Result<Run>> RetryAsync(Guid id, CancellationToken ct)
    {
        if (await runs.FindAsync(id, ct) is { } known && !CanRetry(known))
        {
            return JobErrors.WrongStatus;
        }

        var queued = await runs.RequeueAsync(id, ct);
        if (queued.Succeeded)
        {
            await ledger.ForgetDeathsAsync(id, ct);
            await Jobs[queued.Value.Stage](jobs, id, ct);
        }

        return queued;
    }
}
