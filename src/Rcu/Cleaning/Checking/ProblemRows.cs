using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Rcu.Ingestion.Reading;

namespace Rcu.Cleaning.Checking;

/// <summary>
/// Keeps the rows of a file on which something is wrong, as the file says them, so that a person can put them right one by one:
/// the first of each problem, and all that were corrected already.
/// </summary>
internal sealed class ProblemRows(NpgsqlConnection connection, Guid draft)
{
    /// <summary>More of one kind are put right in the file itself.</summary>
    public const int MostOfOne = 20_000;

    public static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Dictionary<(string, string), int> _kept = [];

    public async Task WriteAsync(IReadOnlyList<(CheckedRow Row, ReadRow Read, bool Corrected)> rows, CancellationToken ct)
    {
        var wanted = rows.Where(row => IsWanted(row.Row, row.Corrected)).ToList();
        if (wanted.Count == 0)
        {
            return;
        }

        await using var copy = await connection.BeginBinaryImportAsync(
            "copy draft_problem_rows (draft_id, place, line, cells, refused, problems, issues) from stdin (format binary)", ct);
        foreach (var (row, read, _) in wanted)
        {
            var problems = JsonSerializer.Serialize(row.Problems, Readable);
            await copy.StartRowAsync(ct);
            await copy.WriteAsync(draft, NpgsqlDbType.Uuid, ct);
            await copy.WriteAsync(row.Place, NpgsqlDbType.Bigint, ct);
            await copy.WriteAsync(row.Line, NpgsqlDbType.Bigint, ct);
            if (Cells(read) is { } cells)
            {
                await copy.WriteAsync(Encoding.UTF8.GetString(cells.ToJson()), NpgsqlDbType.Jsonb, ct);
            }
            else
            {
                await copy.WriteNullAsync(ct);
            }

            await copy.WriteAsync(read is ReadRow.Rejected, NpgsqlDbType.Boolean, ct);
            await copy.WriteAsync(problems, NpgsqlDbType.Jsonb, ct);
            await copy.WriteAsync(problems, NpgsqlDbType.Jsonb, ct);
        }

        await copy.CompleteAsync(ct);
    }

    private static RowFields? Cells(ReadRow read) => read is ReadRow.Kept kept ? kept.Fields : (read as ReadRow.Rejected)?.Fields;

    private bool IsWanted(CheckedRow row, bool corrected)
    {
        if (row.Refused is null && row.Cleaned!.Issues.Count == 0)
        {
            return corrected;
        }

        var wanted = corrected;
        foreach (var problem in row.Problems)
        {
            var kept = _kept.GetValueOrDefault((problem.Field, problem.Code));
            _kept[(problem.Field, problem.Code)] = kept + 1;
            wanted |= kept < MostOfOne;
        }

        return wanted;
    }
}
