using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using Rcu.Cleaning.Steward;
using Rcu.Data;
using Rcu.Ingestion;
using Rcu.Ingestion.Drafts;
using Rcu.Ingestion.Reading;
using Rcu.Jobs;

namespace Rcu.Cleaning.Checking;

/// <summary>
/// Reads a whole file as its import would, and writes nothing of it: what is wrong, by problem; what its rows would be, beside
/// what the hub holds. Cut anywhere, it is simply made again.
/// </summary>
public sealed class DraftCheckJob(RcuDb db, NpgsqlDataSource database, UploadStore store, TimeProvider clock) : IJob
{
    public async Task RunAsync(Guid subject, CancellationToken ct)
    {
        var progress = new RunProgress(database, clock, subject);
        if (await db.Set<ImportDraft>().SingleOrDefaultAsync(d => d.CheckRun == subject, ct) is not { RunId: null } draft || !await progress.StartAsync(ct))
        {
            return; // forgotten, started, or checked again since
        }

        await progress.EnterAsync(DraftChecks.Stage, ct);
        var opened = await SourceFile.OpenAsync(store.PathOf(draft.StoredName), draft.OriginalName, draft.Options.Correct, ct);
        if (opened.Error is { } refusal)
        {
            await progress.FailAsync($"{refusal.Code}: {refusal.Message}", ct);
            return;
        }

        try
        {
            await CheckAsync(draft, opened.Value!, progress, ct);
            await progress.SucceedAsync(ct);
        }
        catch (RunCancelledException)
        {
            await progress.CancelAsync(ct);
        }
    }

    private async Task CheckAsync(ImportDraft draft, SourceFile file, RunProgress progress, CancellationToken ct)
    {
        var watch = Stopwatch.StartNew();
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await ForgetAsync(connection, draft.Id, ct);
        var tally = new CheckTally(await SkippedAsync(draft.Id, ct));
        var (check, corrections, place) = (new RowCheck(draft, await RuleSet.LoadAsync(db, clock, ct)), await DraftCorrections.OfDraftAsync(db, draft.Id, ct), 0L);
        var (rows, absences) = (new ProblemRows(connection, draft.Id), new DraftAbsences(db, draft));
        await foreach (var batch in new CheckedRows(file, check, corrections).AllAsync(ct))
        {
            place += batch.Count;
            await WriteAsync(connection, draft.Id, batch, tally, ct);
            await rows.WriteAsync([.. batch.Select(one => (one.Row, one.Read, corrections.At(one.Row.Place).Count > 0))], ct);
            absences.Note(batch.Where(one => one.Row.Refused is not null).Select(one => (one.Row.Refused!, check.Spoken(corrections.On(one.Row.Place, one.Read)))));
            await progress.ReportAsync(place, null, ct);
        }

        var total = tally.Total();
        db.Set<DraftProblem>().AddRange(tally.Problems(draft.Id));
        if (total.Twins > 0 && !draft.Options.NumberTwins)
        {
            db.Set<DraftProblem>().AddRange(await TwinLosses.KeepAsync(connection, draft, ct));
        }

        await transaction.CommitAsync(ct);
        await using var commit = await db.Database.BeginTransactionAsync(ct);
        await db.Set<DraftProblem>().Where(p => p.DraftId == draft.Id).ExecuteDeleteAsync(ct);
        draft.Tally = total with
        {
            Seconds = watch.Elapsed.TotalSeconds,
            Opposed = await DraftComparison.OpposedAsync(db, draft, ct),
            Effects = await DraftComparison.EffectsAsync(db, draft, ct) with { Absence = await absences.CountAsync(ct), Unread = absences.Unread },
        };
        draft.CheckedAt = clock.GetUtcNow();
        await db.SaveChangesAsync(ct);
        await commit.CommitAsync(ct);
    }

    private static async Task WriteAsync(NpgsqlConnection connection, Guid draft, IReadOnlyList<CheckedCells> rows, CheckTally tally, CancellationToken ct)
    {
        var met = new List<(long Line, string Field, string Code)>();
        await using (var copy = await connection.BeginBinaryImportAsync(
            "copy draft_rows (draft_id, place, line, external_key, fields) from stdin (format binary)", ct))
        {
            foreach (var (row, _, json) in rows)
            {
                met.AddRange(tally.Add(row).Select(problem => (row.Line, problem.Field, problem.Code)));
                if (json is null)
                {
                    continue;
                }

                await copy.StartRowAsync(ct);
                await copy.WriteAsync(draft, NpgsqlDbType.Uuid, ct);
                await copy.WriteAsync(row.Place, NpgsqlDbType.Bigint, ct);
                await copy.WriteAsync(row.Line, NpgsqlDbType.Bigint, ct);
                await copy.WriteAsync(row.Key!, NpgsqlDbType.Text, ct);
                await copy.WriteAsync(json, NpgsqlDbType.Jsonb, ct);
            }

            await copy.CompleteAsync(ct);
        }

        await using var lines = await connection.BeginBinaryImportAsync(
            "copy draft_problem_lines (draft_id, field, code, line) from stdin (format binary)", ct);
        foreach (var (line, field, code) in met)
        {
            await lines.StartRowAsync(ct);
            await lines.WriteAsync(draft, NpgsqlDbType.Uuid, ct);
            await lines.WriteAsync(field, NpgsqlDbType.Text, ct);
            await lines.WriteAsync(code, NpgsqlDbType.Text, ct);
            await lines.WriteAsync(line, NpgsqlDbType.Bigint, ct);
        }

        await lines.CompleteAsync(ct);
    }

    private static async Task ForgetAsync(NpgsqlConnection connection, Guid draft, CancellationToken ct)
    {
        foreach (var table in new[] { "draft_rows", "draft_problem_lines", "draft_problem_rows" })
        {
#pragma warning disable CA2100 // one of three constants
            await using var forget = new NpgsqlCommand($"delete from {table} where draft_id = $1", connection) { Parameters = { new() { Value = draft } } };
#pragma warning restore CA2100
            await forget.ExecuteNonQueryAsync(ct);
        }
    }

    private async Task<HashSet<long>> SkippedAsync(Guid draft, CancellationToken ct) =>
        [.. await db.Database.SqlQuery<long>($"""select line as "Value" from draft_skips where draft_id = {draft}""").ToListAsync(ct)];
}
