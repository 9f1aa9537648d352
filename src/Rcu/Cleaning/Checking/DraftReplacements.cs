using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Rcu.Cleaning.Steward;
using Rcu.Data;
using Rcu.Ingestion.Drafts;
using Rcu.Ingestion.Reading;

namespace Rcu.Cleaning.Checking;

/// <summary>
/// Replaces a text by another in one column of the rows on which something is wrong: told before it is done, taken back whole
/// afterwards. Each cell it changes is a correction like one made by hand.
/// </summary>
public sealed class DraftReplacements(RcuDb db, ImportDrafts drafts, TimeProvider clock)
{
    private const int LongestText = 200;

    /// <summary>How many cells it would change, and the first of them.</summary>
    public async Task<Result<ReplacementPreview>> PreviewAsync(Guid id, CellReplacement asked, CancellationToken ct)
    {
        var changes = await FindAsync(id, asked, ct);
        return changes.Error is { } refusal ? refusal : new ReplacementPreview(changes.Value!.Count, changes.Value.FirstOrDefault()?.Before, changes.Value.FirstOrDefault()?.After);
    }

    /// <returns>How many cells were changed.</returns>
    public async Task<Result<int>> ApplyAsync(Guid id, CellReplacement asked, string by, CancellationToken ct)
    {
        await using var commit = await db.Database.BeginTransactionAsync(ct);
        await LockAsync(id, ct);
        var found = await FindAsync(id, asked, ct);
        if (found.Error is { } refusal)
        {
            return refusal;
        }

        var (changes, now) = (found.Value!, clock.GetUtcNow());
        if (changes.Count == 0)
        {
            return DraftErrors.NothingToReplace;
        }

        var before = JsonSerializer.Serialize(changes.Select(c => new ReplacedCell(c.Place, c.Corrected, c.After)), ProblemRows.Readable);
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into draft_replacements (id, draft_id, column_name, sought, replacement, replaced_by, replaced_at, cells)
            values ({Guid.CreateVersion7()}, {id}, {asked.Column}, {asked.Sought}, {asked.Replacement}, {by}, {now}, {before}::jsonb)
            """,
            ct);
        await WriteAsync(id, asked.Column, [.. changes.Select(c => (c.Place, c.Was, (string?)c.After))], by, now, ct);
        await commit.CommitAsync(ct);
        return changes.Count;
    }

    /// <summary>Gives back what the last replacement changed; a cell that somebody corrected since stays as it is.</summary>
    /// <returns>How many cells were given back.</returns>
    public async Task<Result<int>> TakeBackAsync(Guid id, string by, CancellationToken ct)
    {
        await using var commit = await db.Database.BeginTransactionAsync(ct);
        await LockAsync(id, ct);
        if (await LastAsync(id, ct) is not { } last)
        {
            return DraftErrors.NothingReplaced;
        }

        var rows = await RowsAsync(id, null, ct);
        if (rows.Error is { } refusal)
        {
            return refusal;
        }

        var cells = JsonSerializer.Deserialize<List<ReplacedCell>>(last.Cells, ProblemRows.Readable)!.ToDictionary(cell => cell.Place);
        var back = rows.Value!.Where(row => cells.TryGetValue(row.Place, out var cell) && row.Cells[last.Column] == cell.After)
            .Select(row => (row.Place, row.Cells.Said(last.Column) ?? "", cells[row.Place].Corrected)).ToList();
        await db.Database.ExecuteSqlAsync($"delete from draft_replacements where id = {last.Id}", ct);
        await WriteAsync(id, last.Column, back, by, clock.GetUtcNow(), ct);
        await commit.CommitAsync(ct);
        return back.Count;
    }

    /// <summary>The last replacement that was not taken back; null when there is none.</summary>
    public async Task<LastReplacement?> LastAsync(Guid id, CancellationToken ct) => (await db.Database.SqlQuery<LastReplacement>(
        $"""
        select id as "Id", column_name as "Column", sought as "Sought", replacement as "Replacement", jsonb_array_length(cells) as "Count", cells::text as "Cells"
        from draft_replacements where draft_id = {id} order by replaced_at desc, id desc limit 1
        """).ToListAsync(ct)).FirstOrDefault();

    private async Task<Result<List<CellChange>>> FindAsync(Guid id, CellReplacement asked, CancellationToken ct)
    {
        if (asked.Sought.Length is 0 or > LongestText || asked.Replacement.Length > LongestText)
        {
            return DraftErrors.NothingSought;
        }

        var rows = await RowsAsync(id, asked.Problem, ct);
        return rows.Error is { } refusal ? refusal : rows.Value!
            .Select(row => (Row: row, Now: row.Cells[asked.Column]))
            .Where(one => one.Now is not null && (asked.Whole ? one.Now.Trim() == asked.Sought : one.Now.Contains(asked.Sought, StringComparison.Ordinal)))
            .Select(one => new CellChange(
                one.Row.Place, one.Row.Cells.Said(asked.Column) ?? "", one.Now!, one.Row.Cells.Corrections?.GetValueOrDefault(asked.Column)?.Value,
                SafeText.Of(asked.Whole ? asked.Replacement : one.Now!.Replace(asked.Sought, asked.Replacement, StringComparison.Ordinal), out _)))
            .Where(change => change.After != change.Before).ToList();
    }

    private async Task<Result<List<CellRow>>> RowsAsync(Guid id, (string Field, string Code)? problem, CancellationToken ct)
    {
        var found = await drafts.FindAsync(id, ct);
        if (!found.Succeeded || found.Value.RunId is not null)
        {
            return found.Error ?? DraftErrors.Started;
        }

        var wanted = problem is { } one ? JsonSerializer.Serialize(new[] { new { field = one.Field, code = one.Code } }, ProblemRows.Readable) : "[]";
        var kept = await db.Database.SqlQuery<DraftRows.Kept>(
            $"""
            select place, line, cells::text as cells, refused, problems::text as problems, issues::text as issues
            from draft_problem_rows where draft_id = {id} and cells is not null and problems @> {wanted}::jsonb order by place
            """).ToListAsync(ct);
        var corrections = await DraftCorrections.OfDraftAsync(db, id, ct);
        return kept.ConvertAll(row => new CellRow(row.Place, DraftRows.Cells(row.Cells!).With(corrections.At(row.Place))));
    }

    // A cell that is again as in the file is no correction any more; the rows are then checked as they will go in.
    private async Task WriteAsync(Guid id, string column, List<(long Place, string Was, string? Value)> cells, string by, DateTimeOffset now, CancellationToken ct)
    {
        var places = cells.Select(cell => cell.Place).ToArray();
        var kept = cells.Where(cell => cell.Value is not null && cell.Value != cell.Was).ToList();
        await db.Database.ExecuteSqlAsync($"delete from draft_corrections where draft_id = {id} and lower(column_name) = lower({column}) and place = any({places})", ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into draft_corrections (draft_id, place, column_name, was, value, corrected_by, corrected_at)
            select {id}, place, {column}, was, value, {by}, {now}
            from unnest({kept.Select(c => c.Place).ToArray()}, {kept.Select(c => c.Was).ToArray()}, {kept.Select(c => c.Value!).ToArray()}) as said (place, was, value)
            """,
            ct);
        await CheckAsync(id, places, now, ct);
    }

    private async Task CheckAsync(Guid id, long[] places, DateTimeOffset now, CancellationToken ct)
    {
        var draft = (await drafts.FindAsync(id, ct)).Value!;
        var (check, corrections) = (new RowCheck(draft, await RuleSet.LoadAsync(db, clock, ct)), await DraftCorrections.OfDraftAsync(db, id, ct));
        var rows = await db.Database.SqlQuery<DraftRows.Kept>(
            $"""
            select place, line, cells::text as cells, refused, problems::text as problems, issues::text as issues
            from draft_problem_rows where draft_id = {id} and place = any({places})
            """).ToListAsync(ct);
        var issues = rows.ConvertAll(row => corrections.At(row.Place) is var said && row.Refused && said.Count == 0 ? row.Problems
            : JsonSerializer.Serialize(check.Check(new ReadRow.Kept(row.Line, DraftRows.Cells(row.Cells!).With(said), []), row.Place).Problems, ProblemRows.Readable));
        await db.Database.ExecuteSqlAsync(
            $"""
            update draft_problem_rows r set issues = said.issues::jsonb
            from unnest({rows.Select(row => row.Place).ToArray()}, {issues.ToArray()}) as said (place, issues)
            where r.draft_id = {id} and r.place = said.place
            """,
            ct);
        draft.ChangedAt = now;
        await db.SaveChangesAsync(ct);
    }

    private async Task LockAsync(Guid id, CancellationToken ct) =>
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({id.ToString()}, 1))", ct);

    private sealed record CellRow(long Place, RowFields Cells);

    private sealed record CellChange(long Place, string Was, string Before, string? Corrected, string After);

    private sealed record ReplacedCell(long Place, string? Corrected, string After);
}
