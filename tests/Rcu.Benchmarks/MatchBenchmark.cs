using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Rcu.Demo;
using Rcu.Matching;

namespace Rcu.Benchmarks;

/// <summary>The engine alone on companies two systems know: records a second, found pairs, and what four times as many cost.</summary>
internal static class MatchBenchmark
{
    private const string Reference = "exact grouping on folded name + postal code";

    private static readonly Field[] Fields =
    [
        new("name", FieldKind.CompanyName), new("siren", FieldKind.Siren), new("postal_code", FieldKind.PostalCode), new("city", FieldKind.Town),
    ];

    public static async IAsyncEnumerable<Figure> RunAsync(BenchData data, [EnumeratorCancellation] CancellationToken ct)
    {
        await Task.CompletedTask.WaitAsync(ct);
        Run(RecordsOf(2_000), ct); // compiled, word lists read
        var small = Run(RecordsOf(10_000), ct);
        var records = RecordsOf(20_000);
        var middle = Run(records, ct);
        var large = Run(RecordsOf(40_000), ct);

        Group(records);
        var watch = Stopwatch.StartNew();
        var groups = Group(records);
        var grouping = watch.Elapsed.TotalSeconds;

        yield return new Figure("match.companies", records.Count / middle.Seconds, "records/s", Reference, grouping / middle.Seconds);
        yield return new Figure(
            "match.companies.flat", large.Seconds / 40_000 * 1e6, "µs per record at 40,000", "per record at 10,000", large.Seconds / 4 / small.Seconds)
            .RatioAtMost(1.3);
        var (found, exact) = (Quality(records, middle.Result.ClusterOf), Quality(records, groups));
        yield return new Figure("match.companies.f1", found.F1, "pairwise F1", Reference, found.F1 / exact.F1);
    }

    private static (MatchResult Result, double Seconds) Run(RecordSet records, CancellationToken ct)
    {
        var watch = Stopwatch.StartNew();
        var result = Matcher.Run(records, new MatchSettings(), [], ct: ct);
        return (result, watch.Elapsed.TotalSeconds);
    }

    private static RecordSet RecordsOf(int count)
    {
        var records = new RecordSet(EntityKind.Company, Fields);
        foreach (var company in Enumerable.Range(0, count / 2).Select(InventedCompanies.At))
        {
            var again = InventedCompanies.Again(company);
            records.Add($"{company.Number}", "crm", [$"{company.Name} {company.Form}", company.Siren, company.PostalCode, company.Town]);
            records.Add($"{company.Number}", "erp", [again.Name, again.Siren, company.PostalCode, company.Town]);
        }

        return records;
    }

    private static List<int> Group(RecordSet records)
    {
        var groups = new Dictionary<string, int>();
        var groupOf = new List<int>(records.Count);
        for (var i = 0; i < records.Count; i++)
        {
            var key = $"{Folded(records.ValuesOf(i)[0]!)} {records.ValuesOf(i)[2]}";
            groups.TryAdd(key, i);
            groupOf.Add(groups[key]);
        }

        return groupOf;
    }

    // Without accents, case, signs, nor the order of words.
    internal static string Folded(string name)
    {
        var plain = name.Normalize(NormalizationForm.FormD).Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark);
        return string.Join(' ', string.Concat(plain).ToUpperInvariant().Split([' ', '-', '\'', '.', ','], StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
    }

    private static PairQuality Quality(RecordSet records, IReadOnlyList<int> clusterOf)
    {
        var all = Enumerable.Range(0, records.Count);
        return PairQuality.Of(all.ToDictionary(i => i, records.KeyOf), all.ToDictionary(i => i, i => clusterOf[i]));
    }
}
