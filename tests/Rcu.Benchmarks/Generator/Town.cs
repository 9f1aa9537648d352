using System.Text;
using Rcu.Reference;

namespace Rcu.Benchmarks.Generator;

/// <summary>A real commune: its postal code, its official name, the label the post prints, and the name it had before a merger.</summary>
internal sealed record Town(string PostalCode, string Name, string Label, string? FormerName)
{
    private const int Slots = 1 << 16;

    // Large towns fill more of the slots than small ones: a place is picked by people, not by area.
    private static readonly Town[] ByPeople = Load();

    public static Town Pick(ref Dice dice) => ByPeople[dice.Below(Slots)];

    private static Town[] Load()
    {
        var former = Rows("communes").Where(row => row[2] is "commune-deleguee" or "commune-associee")
            .GroupBy(row => row[9]).ToDictionary(group => group.Key, group => group.First()[1]);
        var labels = Rows("acheminement_laposte").DistinctBy(row => (row[0], row[1])).ToDictionary(row => (row[0], row[1]), row => row[3]);
        var towns = Rows("codes_postaux")
            .Select(row => (Commune: Communes.Find(row[1]), Town: new Town(row[0], row[2], labels.GetValueOrDefault((row[0], row[1]), row[2].ToUpperInvariant()),
                former.GetValueOrDefault(row[1]) is { } old && old != row[2] ? old : null)))
            .Where(known => known.Commune is { IsArrondissement: false }).ToList();
        var codes = towns.GroupBy(known => known.Commune!.Code).ToDictionary(group => group.Key, group => group.Count());
        var weights = towns.ConvertAll(known => Math.Pow(Math.Max(50, known.Commune!.Population) / (double)codes[known.Commune.Code], .85));
        var (total, sum, filled) = (weights.Sum(), 0.0, new Town[Slots]);
        var next = 0;
        for (var i = 0; i < towns.Count; i++)
        {
            sum += weights[i];
            for (; next < Slots && next < sum / total * Slots; next++)
            {
                filled[next] = towns[i].Town;
            }
        }

        Array.Fill(filled, towns[^1].Town, next, Slots - next);
        return filled;
    }

    private static IEnumerable<string[]> Rows(string table)
    {
        using var stream = typeof(Communes).Assembly.GetManifestResourceStream($"Rcu.Reference.Tables.{table}.csv")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            yield return line.Split(',');
        }
    }
}
