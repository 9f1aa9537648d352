using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace Rcu.Reference;

/// <summary>Reads the lists delivered with the hub. Each is read once, when first needed, and then kept in memory.</summary>
internal static class ReferenceTable
{
    /// <summary>The rows of one list, each by column name.</summary>
    public static IEnumerable<Func<string, string>> Read(string name)
    {
        using var stream = typeof(ReferenceTable).Assembly.GetManifestResourceStream($"Rcu.Reference.Tables.{name}.csv")
            ?? throw new InvalidOperationException($"The reference list '{name}' is not delivered with this build.");
        using var reader = new StreamReader(stream);
        using var csv = new CsvReader(reader, new CsvConfiguration(CultureInfo.InvariantCulture));
        csv.Read();
        csv.ReadHeader();
        while (csv.Read())
        {
            yield return column => csv.GetField(column) ?? "";
        }
    }
}
