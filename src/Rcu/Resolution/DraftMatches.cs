using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Ingestion.Drafts;
using Rcu.Security;

namespace Rcu.Resolution;

/// <summary>Which of the new rows of a file that waits the hub would take for someone it knows.</summary>
public sealed class DraftMatches(RcuDb db, Candidates candidates)
{
    private const int Asked = 200;
    private const int Shown = 10;
    private const double Believed = .5;

    public async Task<FoundMatches> FindAsync(ImportDraft draft, AccountScope scope, CancellationToken ct)
    {
        if (draft.Kind is not (RecordKind.Account or RecordKind.Contact))
        {
            return new FoundMatches(0, 0, 0, []);
        }

        var (kind, ofAccounts) = (draft.Kind.ToString()!, draft.Kind is RecordKind.Account);
        var byKey = (await db.Database.SqlQuery<long>(
            $"""
            select count(*) as "Value" from draft_rows d
            where d.draft_id = {draft.Id}
              and not exists (select from records r join sources s on s.id = r.source_id
                where s.name = {draft.SourceName} and r.kind = {kind} and r.external_key = d.external_key and r.removed_at is null)
              and case when {ofAccounts}
                then exists (select from accounts a where a.siren = coalesce(d.fields ->> 'siren', left(d.fields ->> 'siret', 9)))
                else exists (select from contacts c where c.emails @> array[d.fields ->> 'email']) end
            """).ToListAsync(ct)).Single();
        var rows = await db.Database.SqlQuery<NewRow>(
            $"""
            select d.line, d.fields::text as fields from draft_rows d
            where d.draft_id = {draft.Id}
              and not exists (select from records r join sources s on s.id = r.source_id
                where s.name = {draft.SourceName} and r.kind = {kind} and r.external_key = d.external_key and r.removed_at is null)
            order by d.place limit {Asked}
            """).ToListAsync(ct);
        var asked = rows.ConvertAll(row => (Kind: ofAccounts ? ClusterKind.Account : ClusterKind.Contact,
            Raw: (IReadOnlyDictionary<string, string?>)JsonSerializer.Deserialize<Dictionary<string, string?>>(row.Fields)!));
        var found = rows.Count == 0 ? [] : await candidates.FindAsync(scope, asked, ct);
        var likely = found.Index()
            .Where(one => one.Item.Candidates is [{ Explanation.Probability: >= Believed }, ..])
            .Select(one => (Row: rows[one.Index], asked[one.Index].Raw, Best: one.Item.Candidates[0]))
            .ToList();
        return new FoundMatches(
            byKey, rows.Count, likely.Count,
            [
                .. likely.Take(Shown).Select(one => new MatchSample(
                    one.Row.Line, one.Raw.GetValueOrDefault(ofAccounts ? "name" : "family_name") ?? one.Raw.GetValueOrDefault("email") ?? "", one.Best.Golden.Name,
                    one.Best.Golden.Id, one.Best.Explanation.Sentence)),
            ]);
    }

    internal sealed record NewRow(long Line, string Fields);
}

/// <summary>New rows the hub seems to know already.</summary>
/// <param name="ByKey">All of those that an official number or an address names.</param>
/// <param name="Asked">How many of the new rows were looked up by all they say, names included.</param>
/// <param name="Likely">How many of these are more likely known than not.</param>
public sealed record FoundMatches(long ByKey, int Asked, int Likely, IReadOnlyList<MatchSample> Samples);
