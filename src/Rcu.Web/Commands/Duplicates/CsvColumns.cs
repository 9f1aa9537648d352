using System.Text;
using Rcu.Ingestion.Mapping;
using Rcu.Matching;
using Rcu.Web.Commands.Csv;

namespace Rcu.Web.Commands.Duplicates;

/// <summary>What the columns of a delimited file hold, as its first rows show.</summary>
internal static class CsvColumns
{
    public static FieldKind?[] KindsOf(CsvShape shape) => ColumnGuess.Of(shape.Columns, shape.HasHeader, Sample(shape));

    private static List<ColumnSample> Sample(CsvShape shape)
    {
        var values = shape.Columns.Select(_ => new List<string>()).ToList();
        using var row = shape.Open();
        for (var read = 0; read < ColumnSample.MostRows && row.Next(); read++)
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
}
