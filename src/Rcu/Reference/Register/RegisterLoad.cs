using System.Text;
using System.Text.Json;
using Npgsql;

namespace Rcu.Reference.Register;

/// <summary>
/// Replaces the register by the files given, whole: they go to tables of their own, which take the place of those read until
/// then in one transaction. What is cut or refused changes nothing.
/// </summary>
public sealed class RegisterLoad(NpgsqlDataSource database, TimeProvider clock)
{
    /// <summary>Held by whoever writes the register.</summary>
    internal const int Lock = 20260140;

    // Up to this many odd rows a file is itself; beyond, when they are more than one in a hundred, it is not the file it seems.
    private const int FewBad = 100;

    /// <param name="read">Told how many bytes were read so far, over all files.</param>
    public async Task<Result<IReadOnlyList<LoadedFile>>> RunAsync(
        IReadOnlyList<RegisterSource> files, string by, IProgress<long>? read, CancellationToken ct)
    {
        var layouts = new List<(RegisterSource File, IRegisterRows Csv, RegisterLayout Layout, int Columns)>();
        foreach (var file in files)
        {
            var csv = file.Rows ?? new OfficialCsv(file.Content);
            List<string> headers = csv.Read() ? [.. Enumerable.Range(0, csv.Count).Select(i => Encoding.UTF8.GetString(csv[i]).Trim())] : [];
            var layout = RegisterLayout.Of(headers, file.Name);
            if (!layout.Succeeded)
            {
                return layout.Error;
            }

            if (layouts.Exists(other => other.Layout.Kind == layout.Value.Kind))
            {
                return RegisterErrors.SameTwice(layout.Value.File);
            }

            layouts.Add((file, csv, layout.Value, headers.Count));
        }

        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (await AskAsync(connection, "select pg_try_advisory_xact_lock($1)", ct, Lock) is not true)
        {
            return RegisterErrors.Busy;
        }

        var loaded = new List<LoadedFile>();
        var before = 0L;
        foreach (var (file, csv, layout, columns) in layouts)
        {
            await AskAsync(connection, "select register.prepare($1)", ct, layout.Kind);
            var offset = before;
            var (rows, bad, examples) = await RegisterCopy.SendAsync(connection, csv, layout, columns, () => read?.Report(offset + csv.BytesRead), ct);
            before += csv.BytesRead;
            // Notices of other kinds, and places without a point, are nothing odd.
            var badRows = bad.Where(one => one.Key is not (RegisterErrors.OtherNotice or RegisterErrors.Unnumbered or RegisterErrors.NoPoint)).Sum(one => one.Value);
            if (rows == 0 && layout.Adding is null)
            {
                return RegisterErrors.Empty(file.Name);
            }

            if (badRows > FewBad && badRows * 100 > rows + badRows)
            {
                return RegisterErrors.TooManyBad(file.Name, badRows, rows + badRows);
            }

            loaded.Add(new LoadedFile(layout.Kind, file.Name, rows, 0, bad, examples) { AsOf = layout.Latest });
        }

        for (var i = 0; i < loaded.Count; i++)
        {
            var twins = (long)(layouts[i].Layout.Adding is { } adding
                ? await AskAsync(connection, adding, ct)
                : await AskAsync(connection, "select register.swap($1)", ct, loaded[i].Kind))!;
            loaded[i] = loaded[i] with { Rows = loaded[i].Rows - twins, Twins = twins };
            await NoteAsync(connection, loaded[i], by, ct);
        }

        await transaction.CommitAsync(ct);
        return loaded;
    }

    private async Task NoteAsync(NpgsqlConnection connection, LoadedFile file, string by, CancellationToken ct)
    {
        await AskAsync(
            connection,
            """
            insert into register.loads (id, kind, file, rows, twins, set_aside, loaded_at, loaded_by, as_of)
            values ($1, $2, $3, $4, $5, $6::jsonb, $7, $8, $9)
            """,
            ct,
            Guid.CreateVersion7(), file.Kind, file.File, file.Rows, file.Twins, JsonSerializer.Serialize(file.SetAside), clock.GetUtcNow(), by,
            (object?)file.AsOf ?? DBNull.Value);
    }

    private static async Task<object?> AskAsync(NpgsqlConnection connection, string sql, CancellationToken ct, params object[] values)
    {
#pragma warning disable CA2100 // constant text of this class
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
#pragma warning restore CA2100
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        return await command.ExecuteScalarAsync(ct);
    }
}

/// <summary>A file to load, by the name a person knows it under.</summary>
public sealed record RegisterSource(string Name, Stream Content)
{
    /// <summary>Its rows, when it is not the CSV that Insee publishes.</summary>
    internal IRegisterRows? Rows { get; init; }
}

/// <summary>What became of one file.</summary>
/// <param name="Twins">Rows whose number came back later in the file: the last one holds.</param>
/// <param name="SetAside">How many rows were not taken, by reason.</param>
public sealed record LoadedFile(
    string Kind, string File, long Rows, long Twins, IReadOnlyDictionary<string, long> SetAside, IReadOnlyList<BadRow> Examples)
{
    /// <summary>The last treatment it tells of, in Paris time; null when it tells none.</summary>
    public DateTime? AsOf { get; init; }
}

/// <summary>A row that was set aside.</summary>
/// <param name="Row">Counted from 1, the headers first.</param>
/// <param name="Number">What stands in its first column.</param>
public sealed record BadRow(long Row, string Reason, string Number)
{
    /// <summary>How many are shown of one file.</summary>
    public const int Most = 20;
}
