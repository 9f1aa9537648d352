
namespace Rcu.Ingestion.Mapping;

/// <summary>What some rows of a file say in one column: enough to tell what it holds.</summary>
public sealed class ColumnSample(IReadOnlyList<string> values)
{
    /// <summary>How many rows are enough to tell.</summary>
    public const int MostRows = 2000;

    // A lone value proves nothing.
    private const int Enough = 2;

    private readonly int _distinct = values.Distinct(StringComparer.OrdinalIgnoreCase).Count();

    /// <summary>The values that are not empty.</summary>
    public IReadOnlyList<string> Values => values;

    public bool IsTelling => values.Count >= Enough;

    public int Distinct => _distinct;

    /// <summary>From 0, every row the same, to 1, none.</summary>
    public double Variety => values.Count == 0 ? 0 : (double)_distinct / values.Count;

    /// <summary>How much of the values is so, from 0 to 1.</summary>
    public double Share(Func<string, bool> test) => values.Count == 0 ? 0 : (double)values.Count(test) / values.Count;
}
