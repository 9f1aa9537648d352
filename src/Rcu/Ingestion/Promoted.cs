using Rcu.Jobs;

namespace Rcu.Ingestion;

/// <summary>What became of the rows of a file.</summary>
internal sealed record Promoted(long Inserted, long Updated, long Unchanged, long Superseded)
{
    public long Rows => Inserted + Updated + Unchanged + Superseded;

    /// <summary>Adds them to what the run that brought them has counted.</summary>
    public void AddTo(Run run) => run.Count(new Dictionary<string, long>(run.Counters)
    {
        [IngestJob.Counts.Inserted] = run.Counters.GetValueOrDefault(IngestJob.Counts.Inserted) + Inserted,
        [IngestJob.Counts.Updated] = run.Counters.GetValueOrDefault(IngestJob.Counts.Updated) + Updated,
        [IngestJob.Counts.Unchanged] = run.Counters.GetValueOrDefault(IngestJob.Counts.Unchanged) + Unchanged,
        [IngestJob.Counts.Superseded] = run.Counters.GetValueOrDefault(IngestJob.Counts.Superseded) + Superseded,
    });
}
