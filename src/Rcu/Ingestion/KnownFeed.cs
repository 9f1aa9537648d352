using System.Text.Json;
using Rcu.Customers;

namespace Rcu.Ingestion;

/// <summary>A mapping as it is declared in code: <paramref name="Mapping"/> reads « field=Column; field=Column ».</summary>
internal sealed record KnownFeed(
    string Source, string Name, RecordKind Kind, string FilePattern, IReadOnlyList<string> KeyColumns, string Mapping)
{
    public FeedOptions Options { get; init; } = new();

    /// <summary>Fields whose value the feed itself knows.</summary>
    public Dictionary<string, string> Constants { get; } = [];

    /// <summary>Columns that feed a field on some rows only.</summary>
    public IReadOnlyList<FeedColumn> Conditional { get; init; } = [];

    public IReadOnlyList<FeedColumn> Columns =>
    [
        .. Mapping.Split("; ").Select(pair => pair.Split('=', 2)).Select(pair => new FeedColumn(pair[0], [pair[1]])),
        .. Conditional,
        .. Constants.Select(constant => new FeedColumn(constant.Key, [], constant.Value)),
    ];

    public bool Says(Feed feed) =>
        (feed.Kind, feed.FilePattern, feed.Active) == (Kind, FilePattern, true)
        && feed.KeyColumns.SequenceEqual(KeyColumns)
        && JsonElement.DeepEquals(feed.Format, Options.ToJson())
        && JsonSerializer.Serialize(feed.Columns) == JsonSerializer.Serialize(Columns);

    public Feed ToFeed(Guid sourceId, int version, DateTimeOffset at, string by) => new()
    {
        SourceId = sourceId,
        Name = Name,
        Version = version,
        Kind = Kind,
        FilePattern = FilePattern,
        Format = Options.ToJson(),
        KeyColumns = [.. KeyColumns],
        Columns = Columns,
        CreatedAt = at,
        CreatedBy = by,
    };
}
