using System.Text;
using Rcu.Matching;

namespace Rcu.Benchmarks.Generator;

/// <summary>A generated set read by the engine as it is made, without a file.</summary>
internal sealed class GeneratedRecords(GeneratedSet set) : IRecordStream
{
    private readonly int[] _columns =
        [.. Enumerable.Range(0, set.Columns.Count).Where(column => set.Columns[column].Kind is not null)];

    private readonly string?[] _cells = new string?[set.Columns.Count];
    private readonly byte[] _key = new byte[64];
    private readonly byte[] _value = new byte[4096];
    private long _row;

    public EntityKind Kind => set.Kind;

    public IReadOnlyList<Field> Fields { get; } =
        [.. set.Columns.Where(column => column.Kind is not null).Select(column => new Field(column.Name, column.Kind!.Value))];

    public void Read(RecordBatch batch, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        for (; _row < set.Rows && !batch.IsFull; _row++)
        {
            set.Fill(_row, _cells);
            batch.Begin(Utf8(_cells[0], _key), Utf8(_cells[1], _value));
            foreach (var column in _columns)
            {
                batch.Add(Utf8(_cells[column], _value));
            }
        }
    }

    private static ReadOnlySpan<byte> Utf8(string? text, byte[] buffer) =>
        text is null ? [] : buffer.AsSpan(0, Encoding.UTF8.GetBytes(text, buffer));
}
