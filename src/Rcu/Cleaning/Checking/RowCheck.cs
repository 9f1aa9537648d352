using Rcu.Cleaning.Steward;
using Rcu.Ingestion;
using Rcu.Ingestion.Drafts;
using Rcu.Ingestion.Reading;

namespace Rcu.Cleaning.Checking;

/// <summary>Says what one row of a file that waits would be, or why it cannot go in, as its import would.</summary>
internal sealed class RowCheck
{
    private readonly FeedReader _reader;
    private readonly FeedRows _rows;
    private readonly RuleSet _rules;

    public RowCheck(ImportDraft draft, RuleSet rules)
    {
        var feed = draft.ToFeed(Guid.Empty, 1, draft.ChangedAt, draft.CreatedBy);
        (_reader, _rows, _rules) = (FeedReader.Of(feed, rules), new FeedRows([feed]), rules);
    }

    public CheckedRow Check(ReadRow row, long place)
    {
        if (row is ReadRow.Rejected bad)
        {
            return new CheckedRow(place, row.Line, null, null, bad.Reason);
        }

        var kept = (ReadRow.Kept)row;
        if (_rows.Take(kept.Fields, out var reason) is not { } taken)
        {
            return new CheckedRow(place, row.Line, null, null, reason);
        }

        var cleaned = _reader.Clean(kept.Fields);
        return _rules.Blocked(taken.Feed.Kind, cleaned) is { } blocked
            ? new CheckedRow(place, row.Line, null, null, blocked)
            : new CheckedRow(place, row.Line, taken.Key, cleaned, null);
    }
}
