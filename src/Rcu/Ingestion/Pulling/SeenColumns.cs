using Rcu.Ingestion.Reading.Json;

namespace Rcu.Ingestion.Pulling;

/// <summary>The columns the rows of one pull had, set against those its mappings read.</summary>
internal sealed class SeenColumns(IReadOnlyList<Feed> feeds)
{
    // A record that leaves a property out proves nothing; so many in a row do.
    private const int EnoughRows = 20;

    private readonly SortedSet<string> _seen = new(StringComparer.OrdinalIgnoreCase);
    private bool _declared;
    private long _rows;

    public IReadOnlyCollection<string> Names => _seen;

    /// <summary>The columns that mappings read and no row has.</summary>
    public IEnumerable<string> Missing => !_declared && _rows < EnoughRows ? [] : feeds
        .SelectMany(feed => feed.Columns.SelectMany(c => c.Columns)).Distinct(StringComparer.OrdinalIgnoreCase)
        .Where(column => !Has(column));

    /// <summary>The key column a page should declare and does not; null when all is well.</summary>
    public string? Add(PullAnswer.Page page)
    {
        if (page.Columns is { } declared)
        {
            _declared = true;
            _seen.UnionWith(declared);
            return feeds.SelectMany(feed => feed.KeyColumns).FirstOrDefault(column => !Has(column));
        }

        // A row that is no more may well say less.
        foreach (var row in page.Rows.OfType<Reading.ReadRow.Kept>())
        {
            _rows++;
            _seen.UnionWith(row.Fields.Leaves().Select(leaf => leaf.Path));
        }

        return null;
    }

    // A path into an object is there when the object is.
    private bool Has(string column)
    {
        var path = JsonPath.Normal(column);
        return _seen.Contains(column) || _seen.Contains(path) || _seen.Any(name => name.StartsWith(path + ".", StringComparison.OrdinalIgnoreCase));
    }
}
