namespace Rcu.Matching.Comparisons;

/// <summary>The values of one record of a batch, as they came.</summary>
internal readonly ref struct RecordText(RecordBatch batch, int record)
{
    public ReadOnlySpan<byte> this[int field] => batch.Value(record, field);
}
