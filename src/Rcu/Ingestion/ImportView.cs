using Rcu.Jobs;

namespace Rcu.Ingestion;

/// <summary>An import as a person follows it: which file, how far, and what became of its rows.</summary>
public sealed record ImportView
{
    public required Guid Id { get; init; }

    public required string Source { get; init; }

    public required string SourceLabel { get; init; }

    public required string Feed { get; init; }

    public required string FileName { get; init; }

    public required long Bytes { get; init; }

    /// <summary>A source was read by itself; nobody handed a file over.</summary>
    public bool IsPull { get; init; }

    public required RunStatus Status { get; init; }

    public required long Done { get; init; }

    public long? Total { get; init; }

    /// <summary>By the names of <see cref="IngestJob.Counts"/>.</summary>
    public required IReadOnlyDictionary<string, long> Counters { get; init; }

    public string? Failure { get; init; }

    public required bool CancelRequested { get; init; }

    public bool PauseRequested { get; init; }

    public required string RequestedBy { get; init; }

    public required DateTimeOffset QueuedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it was last taken up, and how many rows were read by then.</summary>
    public DateTimeOffset? AttemptAt { get; init; }

    public long AttemptFrom { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public DateTimeOffset? UndoneAt { get; init; }

    public string? UndoneBy { get; init; }

    /// <summary>The import that reads the file again, since a person agreed that what it does not hold be withdrawn.</summary>
    public Guid? AgreedIn { get; init; }

    /// <summary>How many rows ended in one way: zero when none did.</summary>
    public long this[string count] => Counters.GetValueOrDefault(count);
}
