using System.Globalization;
using System.Text;
using Rcu.Matching;

namespace Rcu.Benchmarks.Matching;

/// <summary>A comma-separated file as the engine reads it: the columns a person named, each of the kind that person gave it.</summary>
internal sealed class CsvRecords : IRecordStream, IDisposable
{
    private readonly CsvBytes _rows;
    private readonly int _id;
    private readonly int _source;
    private readonly int[] _columns;
    private readonly byte[] _number = new byte[20];
    private long _line;

    /// <param name="fields">The kind of each column that says something of the entity; the others are never read.</param>
    /// <param name="id">The column that names a record; null when its line does.</param>
    /// <param name="source">The column that tells the list a record is of; null when there is one list.</param>
    public CsvRecords(string path, EntityKind kind, IReadOnlyList<(string Column, FieldKind Kind)> fields, string? id, string? source)
    {
        Kind = kind;
        Fields = [.. fields.Select(field => new Field(field.Column, field.Kind))];
        _rows = new CsvBytes(File.OpenRead(path));
        _rows.Read();
        var header = Enumerable.Range(0, _rows.Count).Select(column => Encoding.UTF8.GetString(_rows[column])).ToList();
        _columns = [.. fields.Select(field => header.IndexOf(field.Column))];
        (_id, _source) = (id is null ? -1 : header.IndexOf(id), source is null ? -1 : header.IndexOf(source));
        if ((id is not null && _id < 0) || (source is not null && _source < 0) || _columns.Contains(-1))
        {
            throw new InvalidOperationException($"{path} lacks a column.");
        }
    }

    public EntityKind Kind { get; }

    public IReadOnlyList<Field> Fields { get; }

    public void Read(RecordBatch batch, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        while (!batch.IsFull && _rows.Read())
        {
            (++_line).TryFormat(_number, out var digits, "D9", CultureInfo.InvariantCulture);
            batch.Begin(_id < 0 ? _number.AsSpan(0, digits) : _rows[_id], _source < 0 ? "file"u8 : _rows[_source]);
            foreach (var column in _columns)
            {
                batch.Add(column < _rows.Count ? _rows[column] : []);
            }
        }
    }

    public void Dispose() => _rows.Dispose();
}
