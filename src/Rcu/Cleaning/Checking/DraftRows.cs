using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Rcu.Cleaning.Steward;
using Rcu.Data;
using Rcu.Ingestion.Drafts;
using Rcu.Ingestion.Reading;

namespace Rcu.Cleaning.Checking;

/// <summary>The rows of a file that waits on which something is wrong: shown page by page, put right cell by cell, checked again at once.</summary>
public sealed class DraftRows(RcuDb db, ImportDrafts drafts, TimeProvider clock)
{
    public const int PageSize = 50;

    /// <summary>How many rows of one problem can be put right by hand.</summary>
    public const int MostOfOne = ProblemRows.MostOfOne;

    /// <param name="problem">Only the rows it was met on; null for all.</param>
    /// <param name="corrected">Only the rows in which something was put right.</param>
    /// <param name="after">The last row of the page before.</param>
    public async Task<IReadOnlyList<DraftRow>> PageAsync(Guid draft, (string Field, string Code)? problem, bool corrected, long after, CancellationToken ct)
    {
        var wanted = problem is { } one ? JsonSerializer.Serialize(new[] { new { field = one.Field, code = one.Code } }, ProblemRows.Readable) : "[]";
        var kept = await db.Database.SqlQuery<Kept>(
            $"""
            select r.place, r.line, r.cells::text as cells, r.refused, r.problems::text as problems, r.issues::text as issues
            from draft_problem_rows r
            where r.draft_id = {draft} and r.place > {after} and r.problems @> {wanted}::jsonb
              and (not {corrected} or exists (select from draft_corrections c where c.draft_id = r.draft_id and c.place = r.place))
            order by r.place limit {PageSize}
            """).ToListAsync(ct);
        var corrections = await DraftCorrections.OfDraftAsync(db, draft, ct);
        return kept.ConvertAll(row => Row(row, corrections.At(row.Place)));
    }

    /// <summary>How many cells of a file a person has put right.</summary>
    public async Task<int> CorrectedAsync(Guid draft, CancellationToken ct) => (await DraftCorrections.OfDraftAsync(db, draft, ct)).Count;

    /// <summary>Takes what a row should say; what is again as in the file is no correction any more.</summary>
    /// <param name="said">The cells by the name of their column; those that are not named stay as they are.</param>
    public async Task<Result<DraftRow>> CorrectAsync(Guid id, long place, IReadOnlyDictionary<string, string> said, string by, CancellationToken ct)
    {
        var found = await drafts.FindAsync(id, ct);
        if (!found.Succeeded)
        {
            return found.Error;
        }

        if (found.Value.RunId is not null)
        {
            return DraftErrors.Started;
        }

        var rows = await db.Database.SqlQuery<Kept>(
            $"""
            select place, line, cells::text as cells, refused, problems::text as problems, issues::text as issues
            from draft_problem_rows where draft_id = {id} and place = {place}
            """).ToListAsync(ct);
        if (rows is not [{ Cells: { } json } kept])
        {
            return DraftErrors.RowNotFound;
        }

        var (draft, cells) = (found.Value, Cells(json));
        var before = (await DraftCorrections.OfDraftAsync(db, id, ct)).At(place);
        var corrections = new Dictionary<string, RowCorrection>(before, StringComparer.OrdinalIgnoreCase);
        foreach (var (column, value) in said)
        {
            var (was, wanted) = (cells.Said(column) ?? "", SafeText.Of(value, out _));
            if (Same(was, wanted))
            {
                corrections.Remove(column);
            }
            else if (!Same(corrections.GetValueOrDefault(column)?.Value, wanted))
            {
                corrections[column] = new RowCorrection(wanted, was, by, clock.GetUtcNow());
            }
        }

        var issues = await CheckAsync(draft, kept, cells, corrections, ct);
        await using var commit = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlAsync($"delete from draft_corrections where draft_id = {id} and place = {place}", ct);
        foreach (var (column, c) in corrections)
        {
            await db.Database.ExecuteSqlAsync(
                $"""
                insert into draft_corrections (draft_id, place, column_name, was, value, corrected_by, corrected_at)
                values ({id}, {place}, {column}, {c.Was}, {c.Value}, {c.By}, {c.At})
                """,
                ct);
        }

        await db.Database.ExecuteSqlAsync(
            $"update draft_problem_rows set issues = {JsonSerializer.Serialize(issues, ProblemRows.Readable)}::jsonb where draft_id = {id} and place = {place}", ct);
        draft.ChangedAt = clock.GetUtcNow();
        await db.SaveChangesAsync(ct);
        await commit.CommitAsync(ct);
        return new DraftRow(place, kept.Line, cells.With(corrections), Problems(kept.Problems), issues);
    }

    private async Task<IReadOnlyList<RowProblem>> CheckAsync(
        ImportDraft draft, Kept row, RowFields cells, Dictionary<string, RowCorrection> corrections, CancellationToken ct) =>
        row.Refused && corrections.Count == 0
            ? Problems(row.Problems)
            : new RowCheck(draft, await RuleSet.LoadAsync(db, clock, ct)).Check(new ReadRow.Kept(row.Line, cells.With(corrections), []), row.Place).Problems;

    private static DraftRow Row(Kept row, IReadOnlyDictionary<string, RowCorrection> corrections) => new(
        row.Place, row.Line, row.Cells is { } json ? Cells(json).With(corrections) : null, Problems(row.Problems), Problems(row.Issues));

    // The cells of a table are found whatever the case of their column's name; what lies deeper by its exact path.
    internal static RowFields Cells(string json)
    {
        var row = JsonElement.Parse(json);
        var cells = row.EnumerateObject().ToList();
        return cells.TrueForAll(cell => cell.Value.ValueKind is JsonValueKind.String)
            ? new RowFields(cells.ConvertAll(cell => cell.Name), cells.ConvertAll(cell => cell.Value.GetString()!))
            : new RowFields(row);
    }

    private static List<RowProblem> Problems(string json) => JsonSerializer.Deserialize<List<RowProblem>>(json, ProblemRows.Readable)!;

    // A browser parts the lines of a text in its own way.
    private static bool Same(string? left, string right) => left?.ReplaceLineEndings("\n") == right.ReplaceLineEndings("\n");

    internal sealed record Kept(long Place, long Line, string? Cells, bool Refused, string Problems, string Issues);
}
