using Rcu.Jobs;

namespace Rcu.Ingestion;

/// <summary>What became of the rows of a file.</summary>
/// <param name="Withdrawn">Records that are no more at their source: it said so, or its whole state did not hold them.</param>
internal sealed record Promoted(long Inserted, long Updated, long Unchanged, long Superseded, long Withdrawn)
{
    /// <summary>Of those withdrawn, the ones that no row spoke of.</summary>
    public long Absent { get; init; }

    public long Rows => Inserted + Updated + Unchanged + Superseded + Withdrawn - Absent;

    /// <summary>Whether anything reaches the customers.</summary>
    public bool IsNews => Inserted + Updated + Withdrawn > 0;

    /// <summary>Adds them to what the run that brought them has counted.</summary>
    public void AddTo(Run run) => run.Count(new Dictionary<string, long>(run.Counters)
    {
        [IngestJob.Counts.Inserted] = run.Counters.GetValueOrDefault(IngestJob.Counts.Inserted) + Inserted,
        [IngestJob.Counts.Updated] = run.Counters.GetValueOrDefault(IngestJob.Counts.Updated) + Updated,
        [IngestJob.Counts.Unchanged] = run.Counters.GetValueOrDefault(IngestJob.Counts.Unchanged) + Unchanged,
        [IngestJob.Counts.Superseded] = run.Counters.GetValueOrDefault(IngestJob.Counts.Superseded) + Superseded,
        [IngestJob.Counts.Withdrawn] = run.Counters.GetValueOrDefault(IngestJob.Counts.Withdrawn) + Withdrawn - Absent,
        [IngestJob.Counts.Absent] = run.Counters.GetValueOrDefault(IngestJob.Counts.Absent) + Absent,
    });
}
