using Rcu.Cleaning.Steward;
using Rcu.Ingestion;
using Rcu.Ingestion.Drafts;
using Rcu.Ingestion.Reading;

namespace Rcu.Cleaning.Checking;

/// <summary>Says what one row of a file that waits would be, or why it cannot go in, as its import would.</summary>
internal sealed class RowCheck
{
    /// <summary>Characters that no database keeps were replaced, or an encoding was mended.</summary>
    public const string Repaired = "cell.repaired";

    /// <summary>Cells stand where the header names no column.</summary>
    public const string Beyond = "cell.beyond";

    private readonly FeedReader _reader;
    private readonly FeedRows _rows;
    private readonly RuleSet _rules;
    private readonly HashSet<(string, string)> _answered;

    public RowCheck(ImportDraft draft, RuleSet rules)
    {
        var feed = draft.ToFeed(Guid.Empty, 1, draft.ChangedAt, draft.CreatedBy);
        (_reader, _rows, _rules) = (FeedReader.Of(feed, rules), new FeedRows([feed]), rules);
        _answered = [.. (draft.Options.Fixes ?? []).Select(fix => (fix.Field, fix.Code))];
    }

    /// <summary>The record that a row which cannot go in speaks of; null when nobody can tell.</summary>
    public PresentKey? Spoken(ReadRow row) => _rows.Spoken(row);

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

        var cleaned = Told(kept, _reader.Clean(kept.Fields));
        return _rules.Blocked(taken.Feed.Kind, cleaned) is { } blocked
            ? new CheckedRow(place, row.Line, null, null, blocked)
            : new CheckedRow(place, row.Line, taken.Key, cleaned, null);
    }

    // What the reader of the file did to a row, before any rule saw it.
    private CleanedRecord Told(ReadRow.Kept row, CleanedRecord cleaned)
    {
        if (row.Repaired.Count == 0 && row.Beyond.Count == 0)
        {
            return cleaned;
        }

        var found = row.Repaired
            .Select(column => new Issue(column, Repaired, row.Fields[column], Severity.Warning, $"Des caractères illisibles de « {column} » ont été remplacés : {RejectReason.Cut(row.Fields[column])}"))
            .ToList();
        if (row.Beyond.Count > 0)
        {
            var said = string.Join(" | ", row.Beyond.Select(column => row.Fields[column]));
            found.Add(new Issue(
                "", Beyond, RejectReason.Cut(said), Severity.Warning,
                $"Au-delà de la dernière colonne nommée : « {RejectReason.Cut(said)} ». C'est gardé avec la ligne, sans rien alimenter tant que la colonne n'est pas associée à un champ."));
        }

        found.RemoveAll(issue => _answered.Contains((issue.Field, issue.Code)));
        return cleaned with { Issues = [.. cleaned.Issues, .. found] };
    }
}
