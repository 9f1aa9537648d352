using System.Diagnostics.CodeAnalysis;

namespace Rcu.Matching;

/// <summary>Records that are read once, batch by batch: a file, a table, or a <see cref="RecordSet"/>.</summary>
[SuppressMessage("Naming", "CA1711", Justification = "A stream of records, not of bytes.")]
public interface IRecordStream
{
    EntityKind Kind { get; }

    IReadOnlyList<Field> Fields { get; }

    /// <summary>Fills an empty batch; it stays empty when there are no more records. Called by one thread at a time.</summary>
    void Read(RecordBatch batch, CancellationToken ct);
}
