using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rcu.Data;

namespace Rcu.Jobs;

/// <summary>One execution of one piece of background work: what a person sees of it, and where it goes on from after a crash.</summary>
public sealed class Run
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The folder of the stage: <c>Ingestion</c>, <c>Resolution</c>, <c>Activation</c>… or <c>Pipeline</c> for all that follow an import.</summary>
    public required string Stage { get; set; }

    /// <summary>What it works on: a source, a segment, a destination.</summary>
    public required Guid Subject { get; init; }

    /// <summary>What people call it: the name of the file, of the destination.</summary>
    public required string Label { get; init; }

    public RunStatus Status { get; private set; } = RunStatus.Queued;

    /// <summary>The fence: each start adds one, and only the last starter may write.</summary>
    public int Attempt { get; private set; }

    public long Done { get; private set; }

    public long? Total { get; private set; }

    /// <summary>Where it was left: the next attempt goes on from here. Moves in the transaction of the rows.</summary>
    public string? Cursor { get; private set; }

    /// <summary>Where its source was left before it: undoing it goes back there. Empty: nowhere yet; null: nobody noted it.</summary>
    public string? CursorBefore { get; set; }

    /// <summary>What it counted: <c>read</c>, <c>inserted</c>, <c>rejected</c>… They balance.</summary>
    public IReadOnlyDictionary<string, long> Counters { get; private set; } = new Dictionary<string, long>();

    public string? Failure { get; private set; }

    public bool CancelRequested { get; private set; }

    /// <summary>A person asked it to wait: it does after its current batch, and keeps what it has.</summary>
    public bool PauseRequested { get; private set; }

    public required string RequestedBy { get; init; }

    public required DateTimeOffset QueuedAt { get; init; }

    public DateTimeOffset? StartedAt { get; private set; }

    /// <summary>When it was last taken up, and how far it was then: its speed is reckoned from there.</summary>
    public DateTimeOffset? AttemptAt { get; private set; }

    public long AttemptFrom { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    public DateTimeOffset? UndoneAt { get; private set; }

    public string? UndoneBy { get; private set; }

    public bool HasEnded => Status is RunStatus.Succeeded or RunStatus.Failed or RunStatus.Cancelled;

    public void Start(DateTimeOffset at) =>
        (Status, Attempt, StartedAt, AttemptAt, AttemptFrom, Failure, EndedAt) = (RunStatus.Running, Attempt + 1, StartedAt ?? at, at, Done, null, null);

    /// <summary>What it did cannot be gone on from: it begins again.</summary>
    public void Restart() => (Done, Total, Cursor, Counters) = (0, null, null, new Dictionary<string, long>());

    public void Advance(long done, long? total, string? cursor) => (Done, Total, Cursor) = (done, total ?? Total, cursor ?? Cursor);

    public void Count(IReadOnlyDictionary<string, long> counters) => Counters = new Dictionary<string, long>(counters);

    public void Succeed(DateTimeOffset at) => (Status, EndedAt, Total) = (RunStatus.Succeeded, at, Total ?? Done);

    public void Fail(string why, DateTimeOffset at) => (Status, Failure, EndedAt) = (RunStatus.Failed, why, at);

    /// <summary>It waits until a person says that it may go on.</summary>
    public void Pause() => Status = RunStatus.Paused;

    public void Requeue() => Status = RunStatus.Queued;

    public void RequestCancel() => CancelRequested = true;

    public void Cancel(DateTimeOffset at) => (Status, EndedAt) = (RunStatus.Cancelled, at);

    public void Undo(string by, DateTimeOffset at) => (UndoneAt, UndoneBy) = (at, by);
}

public enum RunStatus
{
    Queued,
    Running,
    Paused,
    Succeeded,
    Failed,
    Cancelled,
}

internal sealed class RunTable : IEntityTypeConfiguration<Run>
{
    public void Configure(EntityTypeBuilder<Run> run)
    {
        run.ToTable("runs");
        run.Property(r => r.Attempt).IsConcurrencyToken();
        run.Property(r => r.Counters).IsJson();
    }
}
