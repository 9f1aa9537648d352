using System.Text;
using Rcu.Web.Commands.Csv;

namespace Rcu.Web.Commands.Duplicates;

/// <summary>What some rows of a file say in one column: enough to tell what it holds.</summary>
internal sealed class ColumnSample(IReadOnlyList<string> values)
{
    private const int MostRows = 2000;

    // A lone value proves nothing.
    private const int Enough = 2;

    private readonly int _distinct = values.Distinct(StringComparer.OrdinalIgnoreCase).Count();

    /// <summary>The values that are not empty.</summary>
    public IReadOnlyList<string> Values => values;

    public bool IsTelling => values.Count >= Enough;

    public int Distinct => _distinct;

    /// <summary>From 0, every row the same, to 1, none.</summary>
    public double Variety => values.Count == 0 ? 0 : (double)_distinct / values.Count;

    public static IReadOnlyList<ColumnSample> Of(CsvShape shape)
    {
        var values = shape.Columns.Select(_ => new List<string>()).ToList();
        using var row = shape.Open();
        for (var read = 0; read < MostRows && row.Next(); read++)
        {
            for (var column = 0; column < Math.Min(values.Count, row.Count); column++)
            {
                var value = row.Value(column).Trim(" \t"u8);
                if (value.Length > 0)
                {
                    values[column].Add(Encoding.UTF8.GetString(value));
                }
            }
        }

        return values.ConvertAll(column => new ColumnSample(column));
    }

    /// <summary>How much of the values is so, from 0 to 1.</summary>
    public double Share(Func<string, bool> test) => values.Count == 0 ? 0 : (double)values.Count(test) / values.Count;
}
