using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Ingestion;
using Rcu.Ingestion.Drafts;
using Rcu.Ingestion.Reading;

namespace Rcu.Cleaning.Checking;

/// <summary>Counts, before a file that is the whole state of its source goes in, the records that it does not hold.</summary>
internal sealed class DraftAbsences(RcuDb db, ImportDraft draft)
{
    private readonly List<PresentKey> _present = [];

    /// <summary>Rows of which nobody can tell whom they speak of.</summary>
    public long Unread { get; private set; }

    /// <summary>Takes the rows that cannot go in: who they speak of is there all the same.</summary>
    public void Note(IEnumerable<(RejectReason Why, PresentKey? Spoken)> refused)
    {
        foreach (var (why, spoken) in draft.IsWhole ? refused : [])
        {
            if (spoken is not null)
            {
                _present.Add(spoken);
            }
            else if (!why.IsNoRecord)
            {
                Unread++;
            }
        }
    }

    /// <summary>Null when the file is not whole, or when nothing came by its mapping yet.</summary>
    public async Task<Absence?> CountAsync(CancellationToken ct)
    {
        var feed = !draft.IsWhole || draft.Options.NumberTwins ? null : await db.Feeds.AsNoTracking()
            .Where(f => f.Name == draft.MappingName && f.Active && db.Sources.Any(s => s.Id == f.SourceId && s.Name == draft.SourceName)).FirstOrDefaultAsync(ct);
        if (feed is null)
        {
            return null;
        }

        var whole = new WholeState(db, feed.SourceId, [feed.Id], draft.Id);
        await whole.ForgetAsync(ct);
        await whole.NoteAsync(_present, ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into present_keys (scope_id, kind, external_key)
            select distinct draft_id, {feed.Kind.ToString()}, external_key from draft_rows where draft_id = {draft.Id} on conflict do nothing
            """,
            ct);
        var absence = await whole.CountAsync(ct);
        await whole.ForgetAsync(ct);
        return absence;
    }
}
