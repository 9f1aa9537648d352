using System.Runtime.InteropServices;
using System.Text;

namespace Rcu.Ingestion.Reading.Parquet;

/// <summary>One query on a DuckDB that lives as long as it: its columns, then its rows as texts, a thousand or two at a time.</summary>
internal sealed class DuckQuery : IDisposable
{
    private IntPtr _database;
    private IntPtr _connection;
    private IntPtr _statement;
    private DuckNative.Answer _answer;
    private bool _hasAnswer;

    private DuckQuery()
    {
    }

    public IReadOnlyList<string> Columns { get; private set; } = [];

    /// <param name="settings">Statements that go before, such as what bounds its memory and what it may open.</param>
    public static DuckQuery Run(IEnumerable<string> settings, string sql)
    {
        var query = new DuckQuery();
        try
        {
            query.Open();
            foreach (var setting in settings)
            {
                query.Execute(setting);
                query.Leave();
            }

            query.Execute(sql);
            return query;
        }
        catch
        {
            query.Dispose();
            throw;
        }
    }

    /// <summary>The next rows, each cell a text or null; null when there are no more.</summary>
    public List<string?[]>? Next()
    {
        var chunk = DuckNative.FetchChunk(_answer);
        if (chunk == IntPtr.Zero)
        {
            return Text(DuckNative.ResultError(ref _answer)) is { Length: > 0 } error ? throw new InvalidDataException(error) : null;
        }

        try
        {
            var size = (int)DuckNative.ChunkSize(chunk);
            var rows = Enumerable.Range(0, size).Select(_ => new string?[Columns.Count]).ToList();
            for (var column = 0; column < Columns.Count; column++)
            {
                var vector = DuckNative.ChunkVector(chunk, (ulong)column);
                var (data, validity) = (DuckNative.VectorData(vector), DuckNative.VectorValidity(vector));
                for (var row = 0; row < size; row++)
                {
                    rows[row][column] = IsNull(validity, row) ? null : Cell(data + 16 * row);
                }
            }

            return size == 0 ? null : rows;
        }
        finally
        {
            DuckNative.DestroyChunk(ref chunk);
        }
    }

    /// <summary>The next rows as bytes, which no object stands for; false when there are no more.</summary>
    public bool Next(DuckCells cells)
    {
        var chunk = DuckNative.FetchChunk(_answer);
        if (chunk == IntPtr.Zero)
        {
            return Text(DuckNative.ResultError(ref _answer)) is { Length: > 0 } error ? throw new InvalidDataException(error) : false;
        }

        try
        {
            cells.Begin((int)DuckNative.ChunkSize(chunk), Columns.Count);
            for (var column = 0; column < Columns.Count; column++)
            {
                var vector = DuckNative.ChunkVector(chunk, (ulong)column);
                var (data, validity) = (DuckNative.VectorData(vector), DuckNative.VectorValidity(vector));
                for (var row = 0; row < cells.Rows; row++)
                {
                    if (!IsNull(validity, row))
                    {
                        var cell = data + 16 * row;
                        var length = Marshal.ReadInt32(cell);
                        cells.Add(row, column, length <= 12 ? cell + 4 : Marshal.ReadIntPtr(cell, 8), length);
                    }
                }
            }

            return cells.Rows > 0;
        }
        finally
        {
            DuckNative.DestroyChunk(ref chunk);
        }
    }

    public void Dispose()
    {
        Leave();
        if (_connection != IntPtr.Zero)
        {
            DuckNative.Disconnect(ref _connection);
        }

        if (_database != IntPtr.Zero)
        {
            DuckNative.Close(ref _database);
        }
    }

    private void Leave()
    {
        if (_hasAnswer)
        {
            DuckNative.DestroyResult(ref _answer);
            _hasAnswer = false;
        }

        if (_statement != IntPtr.Zero)
        {
            DuckNative.DestroyPrepare(ref _statement);
        }
    }

    private static bool IsNull(IntPtr validity, int row) =>
        validity != IntPtr.Zero && (Marshal.ReadInt64(validity, row / 64 * 8) >> (row % 64) & 1) == 0;

    // Twelve bytes stand in the cell itself, more stand elsewhere.
    private static string Cell(IntPtr cell)
    {
        var length = Marshal.ReadInt32(cell);
        return Marshal.PtrToStringUTF8(length <= 12 ? cell + 4 : Marshal.ReadIntPtr(cell, 8), length);
    }

    private static string? Text(IntPtr text) => Marshal.PtrToStringUTF8(text);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text + "\0");

    private void Open()
    {
        if (DuckNative.Open(null, out _database, IntPtr.Zero, out var error) != 0)
        {
            var message = Text(error);
            DuckNative.Free(error);
            throw new InvalidOperationException(message);
        }

        if (DuckNative.Connect(_database, out _connection) != 0)
        {
            throw new InvalidOperationException("DuckDB does not open a connection.");
        }
    }

    private void Execute(string sql)
    {
        if (DuckNative.Prepare(_connection, Bytes(sql), out _statement) != 0)
        {
            throw new InvalidDataException(Text(DuckNative.PrepareError(_statement)));
        }

        _hasAnswer = true;
        if (DuckNative.ExecuteStreaming(_statement, ref _answer) != 0)
        {
            throw new InvalidDataException(Text(DuckNative.ResultError(ref _answer)));
        }

        Columns = [.. Enumerable.Range(0, (int)DuckNative.ColumnCount(ref _answer)).Select(i => Text(DuckNative.ColumnName(ref _answer, (ulong)i)) ?? "")];
    }
}
