using System.Globalization;
using CsvHelper;

namespace Rcu.Demo;

/// <summary>The reference tables the demonstration draws from: real towns, common names.</summary>
internal static class DemoTables
{
    public static IEnumerable<string[]> Rows(string table)
    {
        using var stream = typeof(DemoTables).Assembly.GetManifestResourceStream($"Rcu.Reference.Tables.{table}.csv")
            ?? throw new InvalidOperationException($"The table {table} is not part of the program.");
        using var csv = new CsvParser(new StreamReader(stream), CultureInfo.InvariantCulture);
        csv.Read();
        while (csv.Read())
        {
            yield return csv.Record!;
        }
    }
}
