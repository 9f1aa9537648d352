using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Ingestion.Drafts;
using Rcu.Jobs;
using Rcu.Security;

namespace Rcu.Resolution;

/// <summary>
/// Compares all new rows of a file that waits with what the hub knows, some hundreds at a time. What was found so far is saved
/// with the place it was found up to: cut anywhere, it goes on from there.
/// </summary>
public sealed class DraftMatchJob(RcuDb db, NpgsqlDataSource database, Candidates candidates, TimeProvider clock) : IJob
{
    /// <summary>How many rows are compared between two words to whoever waits.</summary>
    public const int BatchSize = 500;

    private const int Shown = 10;
    private const double Believed = .5;

    public async Task RunAsync(Guid subject, CancellationToken ct)
    {
        var progress = new RunProgress(database, clock, subject);
        if (await db.Set<ImportDraft>().AsNoTracking().SingleOrDefaultAsync(d => d.MatchRun == subject, ct) is not { RunId: null } draft
            || !await progress.StartAsync(ct))
        {
            return; // forgotten, started, or checked again since
        }

        try
        {
            await progress.EnterAsync(DraftMatches.Stage, ct);
            await CompareAsync(draft, subject, progress, ct);
            await progress.SucceedAsync(ct);
        }
        catch (RunCancelledException)
        {
            await progress.CancelAsync(ct);
        }
    }

    private async Task CompareAsync(ImportDraft draft, Guid run, RunProgress progress, CancellationToken ct)
    {
        var ofAccounts = draft.Kind is RecordKind.Account;
        var found = draft.Matches ?? await CountAsync(draft, ct);
        do
        {
            await progress.ReportAsync(found.Asked, found.New, ct);
            var rows = await NextAsync(draft, found.After, ct);
            if (rows.Count == 0)
            {
                return;
            }

            var asked = rows.ConvertAll(row => (Kind: ofAccounts ? ClusterKind.Account : ClusterKind.Contact,
                Raw: (IReadOnlyDictionary<string, string?>)JsonSerializer.Deserialize<Dictionary<string, string?>>(row.Fields)!,
                row.Employer));
            var answers = await candidates.FindAsync(AccountScope.Hub, asked, ct);
            var likely = answers.Index().Where(one => one.Item.Candidates is [{ Explanation.Probability: >= Believed }, ..]).ToList();
            found = found with
            {
                Asked = found.Asked + rows.Count,
                Likely = found.Likely + likely.Count,
                After = rows[^1].Key,
                Samples = [.. found.Samples, .. likely.Take(Shown - found.Samples.Count).Select(one => Sample(rows[one.Index], asked[one.Index].Raw, one.Item.Candidates[0], ofAccounts))],
            };
        }
        while (await db.Set<ImportDraft>().Where(d => d.MatchRun == run && d.RunId == null).ExecuteUpdateAsync(set => set.SetProperty(d => d.Matches, found), ct) > 0);
    }

    private static MatchSample Sample(NewRow row, IReadOnlyDictionary<string, string?> raw, FoundCandidate best, bool ofAccounts) => new(
        row.Line, ofAccounts ? raw.GetValueOrDefault("name") ?? "" : Person(raw), best.Golden.Name, best.Golden.Id, best.Explanation.Sentence);

    private static string Person(IReadOnlyDictionary<string, string?> raw)
    {
        var name = Said(" ", raw.GetValueOrDefault("given_name"), raw.GetValueOrDefault("family_name"));
        return Said(", ", name.Length > 0 ? name : raw.GetValueOrDefault("email"), raw.GetValueOrDefault("company_name"));
    }

    private static string Said(string between, params IEnumerable<string?> parts) => string.Join(between, parts.OfType<string>());

    private async Task<FoundMatches> CountAsync(ImportDraft draft, CancellationToken ct)
    {
        var (kind, ofAccounts) = (draft.Kind.ToString()!, draft.Kind is RecordKind.Account);
        var counts = (await db.Database.SqlQuery<Counts>(
            $"""
            select count(*) as new, count(*) filter (where case when {ofAccounts}
              then exists (select from accounts a where a.siren = coalesce(d.fields ->> 'siren', left(d.fields ->> 'siret', 9)))
              else exists (select from contacts c where c.emails @> array[d.fields ->> 'email']) end) as known
            from (select distinct on (external_key) external_key, fields from draft_rows where draft_id = {draft.Id} order by external_key, place desc) d
            where not exists (select from records r join sources s on s.id = r.source_id
                where s.name = {draft.SourceName} and r.kind = {kind} and r.external_key = d.external_key and r.removed_at is null)
            """).ToListAsync(ct)).Single();
        return new FoundMatches { New = counts.New, ByKey = counts.Known };
    }

    private Task<List<NewRow>> NextAsync(ImportDraft draft, string after, CancellationToken ct) => db.Database.SqlQuery<NewRow>(
        $"""
        select distinct on (d.external_key) d.external_key as key, d.line, d.fields::text as fields,
          (select l.cluster_id from records a join sources s on s.id = a.source_id join links l on l.record_id = a.id and l.kind = 'Account'
            where s.name = {draft.SourceName} and a.kind = 'Account' and a.external_key = d.fields ->> 'account_key') as employer
        from draft_rows d
        where d.draft_id = {draft.Id} and d.external_key > {after}
          and not exists (select from records r join sources s on s.id = r.source_id
            where s.name = {draft.SourceName} and r.kind = {draft.Kind.ToString()!} and r.external_key = d.external_key and r.removed_at is null)
        order by d.external_key, d.place desc limit {BatchSize}
        """).ToListAsync(ct);

    internal sealed record NewRow(string Key, long Line, string Fields, Guid? Employer);

    internal sealed record Counts(long New, long Known);
}
