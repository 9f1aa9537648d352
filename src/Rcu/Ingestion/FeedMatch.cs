using System.IO.Enumeration;
using Rcu.Ingestion.Reading;

namespace Rcu.Ingestion;

/// <summary>Finds which declared mappings a file is for: by its name, and by the columns it holds.</summary>
public static class FeedMatch
{
    private const double EnoughColumns = 0.5;

    /// <summary>
    /// The feeds that read the file, the best first: all of one source, and more than one when each takes its own rows.
    /// Empty when no feed knows it.
    /// </summary>
    public static IReadOnlyList<Feed> Of(SourceFile file, IReadOnlyCollection<Feed> feeds)
    {
        var best = feeds
            .Select(feed => (Feed: feed, Score: Score(file, feed)))
            .Where(scored => scored.Score > 0)
            .OrderByDescending(scored => scored.Score)
            .ThenBy(scored => scored.Feed.Name, StringComparer.Ordinal)
            .Select(scored => scored.Feed)
            .FirstOrDefault();
        return best is null ? [] : With(best, feeds);
    }

    /// <summary>A feed and those that share its files with it.</summary>
    public static IReadOnlyList<Feed> With(Feed feed, IEnumerable<Feed> feeds) =>
    [
        feed,
        .. feeds.Where(other => other.Id != feed.Id && other.SourceId == feed.SourceId && other.FilePattern == feed.FilePattern)
            .OrderBy(other => other.Name, StringComparer.Ordinal),
    ];

    private static double Score(SourceFile file, Feed feed)
    {
        var named = FileSystemName.MatchesSimpleExpression(feed.FilePattern, file.Name, ignoreCase: true);
        if (file.Columns.Count == 0)
        {
            return named ? 1 : 0; // events name no columns: only their file's name tells
        }

        var columns = file.Columns.ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (!feed.KeyColumns.TrueForAll(columns.Contains))
        {
            return 0;
        }

        var mapped = feed.Columns.SelectMany(column => column.Columns).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var share = mapped.Count == 0 ? 1 : mapped.Count(columns.Contains) / (double)mapped.Count;
        return named ? 1 + share : share >= EnoughColumns ? share : 0;
    }
}
