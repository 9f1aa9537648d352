using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Ingestion.Mapping;
using Rcu.Ingestion.Reading;

namespace Rcu.Ingestion.Drafts;

/// <summary>Prepares imports: a file is handed over, read, mapped, and settled step by step; nothing of it counts before it is started.</summary>
public sealed class ImportDrafts(RcuDb db, UploadStore store, TimeProvider clock)
{
    /// <summary>Keeps the file and proposes how it may be read.</summary>
    public async Task<Result<ImportDraft>> ReceiveAsync(string fileName, Stream content, string by, CancellationToken ct)
    {
        var kept = await store.KeepAsync(content, ct);
        if (kept.Error is { } tooLarge)
        {
            return tooLarge;
        }

        var stored = kept.Value!;
        var now = clock.GetUtcNow();
        var draft = new ImportDraft
        {
            OriginalName = Imports.Shortened(Path.GetFileName(fileName)),
            StoredName = stored.Name,
            Bytes = stored.Bytes,
            Sha256 = stored.Sha256,
            CreatedBy = by,
            CreatedAt = now,
            ChangedAt = now,
        };
        var preview = await PreviewAsync(draft, draft.Options, ct);
        if (preview.Error is { } refusal)
        {
            store.Forget(stored.Name);
            return refusal;
        }

        var feeds = await db.Feeds.AsNoTracking().Where(feed => feed.Active).ToListAsync(ct);
        if (FeedMatch.Of(preview.Value!.File, feeds) is [var known, ..])
        {
            await TakeUpAsync(draft, known, ct);
        }

        draft.Options = AsSeen(draft.Options, preview.Value!.File.Format);
        await ProposeAsync(draft, preview.Value!, ct);
        db.Set<ImportDraft>().Add(draft);
        await db.SaveChangesAsync(ct);
        return draft;
    }

    public async Task<Result<ImportDraft>> FindAsync(Guid id, CancellationToken ct) =>
        await db.Set<ImportDraft>().SingleOrDefaultAsync(draft => draft.Id == id, ct) is { } found ? found : DraftErrors.NotFound;

    /// <summary>What was left on the way, the latest first.</summary>
    public async Task<IReadOnlyList<ImportDraft>> ListAsync(int count, CancellationToken ct) =>
        await db.Set<ImportDraft>().AsNoTracking().Where(draft => draft.RunId == null).OrderByDescending(draft => draft.ChangedAt).Take(count).ToListAsync(ct);

    public Task<Result<FilePreview>> PreviewAsync(ImportDraft draft, FeedOptions options, CancellationToken ct) =>
        FilePreview.ReadAsync(store.PathOf(draft.StoredName), draft.OriginalName, options, ct);

    /// <summary>The last import of the very same bytes that still counts; null when there is none.</summary>
    public async Task<ImportView?> PreviousAsync(ImportDraft draft, CancellationToken ct) =>
        await (from upload in db.Uploads.AsNoTracking()
               join run in db.Runs on upload.RunId equals run.Id
               where upload.Sha256 == draft.Sha256 && run.UndoneAt == null && run.Status == Jobs.RunStatus.Succeeded
               orderby upload.UploadedAt descending
               select (Guid?)run.Id).FirstOrDefaultAsync(ct) is { } id ? (await new ImportHistory(db).FindAsync(id, ct)).Value : null;

    /// <summary>How the file is read, where it comes from and what its rows are. A change proposes the columns again.</summary>
    public async Task<Result<ImportDraft>> DescribeAsync(Guid id, FileDescription said, CancellationToken ct)
    {
        var open = await OpenAsync(id, ct);
        if (open.Error is { } refusal)
        {
            return refusal;
        }

        var draft = open.Value!;
        var again = draft.Kind != said.Kind || draft.SourceName != said.SourceName || Reads(draft.Options) != Reads(said.Options) || draft.Columns.Count == 0;
        draft.Options = said.Options with { Fixes = draft.Options.Fixes, Only = draft.Options.Only, NumberTwins = draft.Options.NumberTwins };
        (draft.SourceName, draft.SourceLabel, draft.Kind) = (said.SourceName, said.SourceLabel, said.Kind);
        (draft.Purpose, draft.LegalBasis, draft.ExpectedDays, draft.IsWhole) = (said.Purpose, said.LegalBasis, said.ExpectedDays, said.IsWhole);
        var preview = await PreviewAsync(draft, draft.Options, ct);
        if (preview.Error is { } unread)
        {
            return unread;
        }

        if (again)
        {
            await ProposeAsync(draft, preview.Value!, ct);
        }

        Touch(draft);
        await db.SaveChangesAsync(ct);
        return draft.SourceName is null ? DraftErrors.NoSource : draft;
    }

    /// <summary>What each column feeds, and which columns tell the rows apart.</summary>
    public async Task<Result<ImportDraft>> MapAsync(Guid id, IReadOnlyList<FeedColumn> columns, IReadOnlyList<string> key, CancellationToken ct)
    {
        var open = await OpenAsync(id, ct);
        if (open.Error is { } refusal)
        {
            return refusal;
        }

        var draft = open.Value!;
        (draft.Columns, draft.KeyColumns) = (columns, [.. key]);
        Touch(draft);
        await db.SaveChangesAsync(ct);
        return Missing(draft) is { } missing ? missing : draft;
    }

    /// <summary>Answers a problem for the whole mapping; null takes the answer back.</summary>
    public async Task<Result<ImportDraft>> FixAsync(Guid id, string field, string code, FixAction? action, CancellationToken ct)
    {
        var open = await OpenAsync(id, ct);
        if (open.Error is { } refusal)
        {
            return refusal;
        }

        var draft = open.Value!;
        var others = (draft.Options.Fixes ?? []).Where(fix => (fix.Field, fix.Code) != (field, code));
        draft.Options = draft.Options with { Fixes = action is { } chosen ? [.. others, new FeedFix(field, code, chosen)] : [.. others] };
        draft.ChangedAt = clock.GetUtcNow();
        await db.SaveChangesAsync(ct);
        return draft;
    }

    /// <summary>Leaves out, or takes back, every line on which a problem is met.</summary>
    public async Task<Result<ImportDraft>> SkipAsync(Guid id, string field, string code, bool skip, CancellationToken ct)
    {
        var open = await OpenAsync(id, ct);
        if (open.Error is { } refusal)
        {
            return refusal;
        }

        if (skip)
        {
            await db.Database.ExecuteSqlAsync(
                $"""
                insert into draft_skips (draft_id, line, field, code)
                select distinct draft_id, line, field, code from draft_problem_lines where draft_id = {id} and field = {field} and code = {code}
                on conflict do nothing
                """,
                ct);
        }
        else
        {
            await db.Database.ExecuteSqlAsync($"delete from draft_skips where draft_id = {id} and field = {field} and code = {code}", ct);
        }

        open.Value!.ChangedAt = clock.GetUtcNow();
        await db.SaveChangesAsync(ct);
        return open;
    }

    /// <summary>Forgets a file that was never imported.</summary>
    public async Task<Result<Guid>> ForgetAsync(Guid id, CancellationToken ct)
    {
        var open = await OpenAsync(id, ct);
        if (open.Error is { } refusal)
        {
            return refusal;
        }

        await db.Database.ExecuteSqlAsync($"delete from draft_rows where draft_id = {id}", ct);
        await db.Database.ExecuteSqlAsync($"delete from draft_problem_lines where draft_id = {id}", ct);
        await db.Database.ExecuteSqlAsync($"delete from draft_problem_rows where draft_id = {id}", ct);
        db.Remove(open.Value!);
        await db.SaveChangesAsync(ct);
        store.Forget(open.Value!.StoredName);
        return id;
    }

    /// <summary>What keeps the mapping from being used; null when nothing does.</summary>
    public static Error? Missing(ImportDraft draft) =>
        draft.SourceName is null ? DraftErrors.NoSource
        : !draft.Columns.Any(column => column.Columns.Count > 0) ? DraftErrors.NoField
        : draft.KeyColumns.Count == 0 ? DraftErrors.NoKey
        : LacksLegalBasis(draft) ? DraftErrors.NoLegalBasis
        : null;

    /// <summary>Whether persons would come in without anybody having said what for.</summary>
    public static bool LacksLegalBasis(ImportDraft draft) =>
        draft.Kind is RecordKind.Contact && (string.IsNullOrWhiteSpace(draft.Purpose) || string.IsNullOrWhiteSpace(draft.LegalBasis));

    private async Task<Result<ImportDraft>> OpenAsync(Guid id, CancellationToken ct) =>
        await FindAsync(id, ct) is { Value: { } found } ? found.RunId is null ? found : DraftErrors.Started : DraftErrors.NotFound;

    // What was checked under another mapping says nothing of this one.
    private void Touch(ImportDraft draft) =>
        (draft.ChangedAt, draft.CheckedAt, draft.Tally, draft.CheckRun, draft.MatchRun, draft.Matches) = (clock.GetUtcNow(), null, null, null, null, null);

    private static (string?, string?, int?, char?) Reads(FeedOptions options) => (options.Encoding, options.Sheet, options.HeaderRow, options.Delimiter);

    // Values are read one by one, day first: what the whole file shows otherwise is proposed for all of them.
    private static FeedOptions AsSeen(FeedOptions declared, FileFormat seen) => declared with
    {
        DateOrder = declared.DateOrder ?? seen.Dates switch
        {
            DateOrder.MonthDayYear => "mdy",
            DateOrder.YearMonthDay => "ymd",
            _ => null,
        },
        DecimalSign = declared.DecimalSign ?? (seen.Doubts.Any(doubt => doubt.Code is FormatDoubt.DecimalSign or FormatDoubt.DecimalSigns) ? null : seen.DecimalSign),
    };

    private async Task TakeUpAsync(ImportDraft draft, Feed known, CancellationToken ct)
    {
        var source = await db.Sources.AsNoTracking().SingleAsync(s => s.Id == known.SourceId, ct);
        (draft.SourceName, draft.SourceLabel, draft.MappingName, draft.Kind) = (source.Name, source.Label, known.Name, known.Kind);
        (draft.Options, draft.Columns, draft.KeyColumns) = (FeedOptions.Of(known), known.Columns, known.KeyColumns);
        (draft.Purpose, draft.LegalBasis, draft.ExpectedDays, draft.IsWhole) = (known.Purpose, known.LegalBasis, known.ExpectedDays, known.IsWhole);
    }

    private async Task ProposeAsync(ImportDraft draft, FilePreview preview, CancellationToken ct)
    {
        var saved = await db.Feeds.AsNoTracking()
            .Where(feed => feed.Active && db.Sources.Any(s => s.Id == feed.SourceId && s.Name == draft.SourceName))
            .OrderByDescending(feed => feed.CreatedAt).ToListAsync(ct);
        var proposal = ColumnMapper.Propose(preview.Columns, preview.Samples, draft.Kind, saved);
        draft.Kind = proposal.Kind;
        draft.KeyColumns = [.. proposal.KeyColumns];

        // What the saved mapping knows beyond its columns (constants, conditions) stays.
        var kept = draft.Columns.Where(column => column.Constant is not null || column.When is not null || column.Columns.Count > 1).ToList();
        draft.Columns =
        [
            .. proposal.Columns
                .Where(column => column.Field is not null and not CanonicalField.Key && !kept.Exists(k => k.Columns.Contains(column.Column)))
                .Select(column => draft.Columns.FirstOrDefault(c => c.Field == column.Field && c.Columns.SequenceEqual([column.Column])) ?? new FeedColumn(column.Field!, [column.Column])),
            .. kept,
        ];
    }
}
