namespace Rcu.Matching;

/// <summary>Records that are read once, batch by batch: a file, a table, or a <see cref="RecordSet"/>.</summary>
public interface IRecordStream
{
    EntityKind Kind { get; }

    IReadOnlyList<Field> Fields { get; }

    /// <summary>Fills an empty batch; it stays empty when there are no more records. Called by one thread at a time.</summary>
    void Read(RecordBatch batch, CancellationToken ct);
}
