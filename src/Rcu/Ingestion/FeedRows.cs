using Rcu.Ingestion.Reading;

namespace Rcu.Ingestion;

/// <summary>Gives each row of a file to the feed that takes it, under the key its source knows it by.</summary>
/// <param name="feeds">Those of one source.</param>
/// <param name="judge">Who may keep a row out; null for nobody.</param>
public sealed class FeedRows(IReadOnlyList<Feed> feeds, RowJudge? judge = null)
{
    // A longer key cannot be looked up: the index would refuse it.
    private const int LongestKey = 500;

    private readonly IReadOnlyList<(Feed Feed, FeedCondition? Only)> _feeds = [.. feeds.Select(feed => (feed, FeedOptions.Of(feed).Only))];

    /// <summary>The feed and the key of a row, or why there is none.</summary>
    public (Feed Feed, string Key)? Take(RowFields row, out RejectReason? reason)
    {
        var found = Find(row, out reason);
        reason ??= found is { } taken ? judge?.Invoke(taken.Feed, row) : null;
        return reason is null ? found : null;
    }

    /// <summary>The record that a row set aside speaks of; null when nobody can tell.</summary>
    internal PresentKey? Spoken(ReadRow row) =>
        (row is ReadRow.Kept kept ? kept.Fields : (row as ReadRow.Rejected)?.Fields) is { } cells && Find(cells, out _) is { } spoken
            ? new PresentKey(spoken.Feed.Kind, spoken.Key) : null;

    /// <summary>The same for a row of which only the key counts: nobody judges what it says.</summary>
    public (Feed Feed, string Key)? Find(RowFields row, out RejectReason? reason)
    {
        reason = null;
        var feed = _feeds.FirstOrDefault(f => f.Only is not { } only || only.Values.Contains(row[only.Column] ?? "", StringComparer.OrdinalIgnoreCase)).Feed;
        if (feed is null)
        {
            var only = _feeds.First(f => f.Only is not null).Only!;
            reason = RejectReason.NotWanted(only.Column, row[only.Column]);
            return null;
        }

        var parts = feed.KeyColumns.Select(column => row[column]?.Trim() ?? "").ToList();
        var key = string.Join('|', parts);
        reason = parts[0].Length == 0 ? RejectReason.NoKey(feed.KeyColumns[0])
            : key.Length > LongestKey ? RejectReason.LongKey(feed.KeyColumns[0], key)
            : null;
        return reason is null ? (feed, key) : null;
    }
}
