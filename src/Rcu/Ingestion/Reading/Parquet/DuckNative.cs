using System.Runtime.InteropServices;

namespace Rcu.Ingestion.Reading.Parquet;

/// <summary>What is used of DuckDB's C interface. Texts are UTF-8 ended by a zero.</summary>
internal static class DuckNative
{
    public const string Library = "duckdb";

    static DuckNative() => NativeLibrary.SetDllImportResolver(typeof(DuckNative).Assembly, DuckLibrary.Resolve);

    [DllImport(Library, EntryPoint = "duckdb_open_ext")]
    public static extern int Open(byte[]? path, out IntPtr database, IntPtr config, out IntPtr error);

    [DllImport(Library, EntryPoint = "duckdb_close")]
    public static extern void Close(ref IntPtr database);

    [DllImport(Library, EntryPoint = "duckdb_connect")]
    public static extern int Connect(IntPtr database, out IntPtr connection);

    [DllImport(Library, EntryPoint = "duckdb_disconnect")]
    public static extern void Disconnect(ref IntPtr connection);

    [DllImport(Library, EntryPoint = "duckdb_free")]
    public static extern void Free(IntPtr memory);

    [DllImport(Library, EntryPoint = "duckdb_prepare")]
    public static extern int Prepare(IntPtr connection, byte[] query, out IntPtr statement);

    [DllImport(Library, EntryPoint = "duckdb_prepare_error")]
    public static extern IntPtr PrepareError(IntPtr statement);

    [DllImport(Library, EntryPoint = "duckdb_destroy_prepare")]
    public static extern void DestroyPrepare(ref IntPtr statement);

    [DllImport(Library, EntryPoint = "duckdb_execute_prepared_streaming")]
    public static extern int ExecuteStreaming(IntPtr statement, ref Answer answer);

    [DllImport(Library, EntryPoint = "duckdb_result_error")]
    public static extern IntPtr ResultError(ref Answer answer);

    [DllImport(Library, EntryPoint = "duckdb_destroy_result")]
    public static extern void DestroyResult(ref Answer answer);

    [DllImport(Library, EntryPoint = "duckdb_column_count")]
    public static extern ulong ColumnCount(ref Answer answer);

    [DllImport(Library, EntryPoint = "duckdb_column_name")]
    public static extern IntPtr ColumnName(ref Answer answer, ulong column);

    [DllImport(Library, EntryPoint = "duckdb_fetch_chunk")]
    public static extern IntPtr FetchChunk(Answer answer);

    [DllImport(Library, EntryPoint = "duckdb_destroy_data_chunk")]
    public static extern void DestroyChunk(ref IntPtr chunk);

    [DllImport(Library, EntryPoint = "duckdb_data_chunk_get_size")]
    public static extern ulong ChunkSize(IntPtr chunk);

    [DllImport(Library, EntryPoint = "duckdb_data_chunk_get_vector")]
    public static extern IntPtr ChunkVector(IntPtr chunk, ulong column);

    [DllImport(Library, EntryPoint = "duckdb_vector_get_data")]
    public static extern IntPtr VectorData(IntPtr vector);

    [DllImport(Library, EntryPoint = "duckdb_vector_get_validity")]
    public static extern IntPtr VectorValidity(IntPtr vector);

    /// <summary>What a query gives, as DuckDB lays it out.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Answer
    {
        public ulong Columns;
        public ulong Rows;
        public ulong Changed;
        public IntPtr ColumnData;
        public IntPtr Error;
        public IntPtr Inside;
    }
}
