using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace Rcu.Data;

/// <summary>
/// Writes many mapped entities at once: one binary COPY into a temporary table, then one statement. The columns are those of
/// the entity's mapping, so that a new one is written without a change here.
/// </summary>
internal static class BulkCopy
{
    /// <summary>Inserts what is new and updates what differs; a row that says the same is not written.</summary>
    /// <param name="kept">Columns an update leaves as they were, such as <c>created_at</c>; they are not compared either.</param>
    /// <param name="counted">A column an update adds one to, such as <c>version</c>.</param>
    /// <returns>How many rows were written.</returns>
    public static async Task<int> UpsertAsync<T>(
        DbContext db, NpgsqlConnection connection, IEnumerable<T> rows, IReadOnlyCollection<string> kept, string? counted, CancellationToken ct)
        where T : class
    {
        var entity = db.Model.FindEntityType(typeof(T))!;
        var (table, columns) = (entity.GetTableName()!, ColumnsOf(entity));
        var temporary = $"copy_{table}";
        await ExecuteAsync(connection, $"create temp table if not exists {temporary} (like {table} including defaults) on commit drop; truncate {temporary}", ct);
        await CopyAsync(connection, temporary, columns, rows, ct);

        var keys = entity.FindPrimaryKey()!.Properties.Select(p => p.GetColumnName()).ToList();
        var compared = columns.Select(c => c.Name).Where(c => !keys.Contains(c) && !kept.Contains(c) && c != "updated_at" && c != counted).ToList();
        var set = compared.Select(c => $"{c} = excluded.{c}").ToList();
        if (columns.Exists(c => c.Name == "updated_at"))
        {
            set.Add("updated_at = excluded.updated_at");
        }

        if (counted is not null)
        {
            set.Add($"{counted} = t.{counted} + 1");
        }

        var names = string.Join(", ", columns.Select(c => c.Name));
        return await ExecuteAsync(
            connection,
            $"""
            insert into {table} as t ({names}) select {names} from {temporary}
            on conflict ({string.Join(", ", keys)}) do update set {string.Join(", ", set)}
            where ({string.Join(", ", compared.Select(c => $"t.{c}"))}) is distinct from ({string.Join(", ", compared.Select(c => $"excluded.{c}"))})
            """,
            ct);
    }

    /// <summary>Appends rows to their own table.</summary>
    public static Task InsertAsync<T>(DbContext db, NpgsqlConnection connection, IEnumerable<T> rows, CancellationToken ct)
        where T : class
    {
        var entity = db.Model.FindEntityType(typeof(T))!;
        return CopyAsync(connection, entity.GetTableName()!, ColumnsOf(entity), rows, ct);
    }

    private static async Task CopyAsync<T>(
        NpgsqlConnection connection, string table, List<Column> columns, IEnumerable<T> rows, CancellationToken ct)
        where T : class
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            $"copy {table} ({string.Join(", ", columns.Select(c => c.Name))}) from stdin (format binary)", ct);
        foreach (var row in rows)
        {
            await copy.StartRowAsync(ct);
            foreach (var column in columns)
            {
                if (column.Value(row) is { } value)
                {
                    await copy.WriteAsync(value, column.Type, ct);
                }
                else
                {
                    await copy.WriteNullAsync(ct);
                }
            }
        }

        await copy.CompleteAsync(ct);
    }

    private static List<Column> ColumnsOf(IEntityType entity) =>
        [.. Scalars(entity, row => row), .. entity.GetComplexProperties().SelectMany(complex =>
            Scalars(complex.ComplexType, row => complex.PropertyInfo!.GetValue(row)!))];

    private static IEnumerable<Column> Scalars(ITypeBase type, Func<object, object> owner) =>
        type.GetProperties().Where(p => !p.IsShadowProperty()).Select(property =>
        {
            var mapping = property.GetRelationalTypeMapping();
            var read = property.PropertyInfo!;
            return new Column(property.GetColumnName(), mapping.StoreType, row => Stored(read, mapping.Converter, owner(row)));
        });

    private static object? Stored(PropertyInfo read, Microsoft.EntityFrameworkCore.Storage.ValueConversion.ValueConverter? converter, object owner) =>
        read.GetValue(owner) is { } value ? converter?.ConvertToProvider(value) ?? value : null;

    private static async Task<int> ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
#pragma warning disable CA2100 // names of our own tables and columns
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        return await command.ExecuteNonQueryAsync(ct);
    }

    private sealed record Column(string Name, string Type, Func<object, object?> Value);
}
