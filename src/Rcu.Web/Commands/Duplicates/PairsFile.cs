using System.Globalization;
using Rcu.Matching;
using Rcu.Web.Commands.Csv;

namespace Rcu.Web.Commands.Duplicates;

/// <summary>The pairs that were joined, the surest first, each with its reason in one sentence.</summary>
internal static class PairsFile
{
    public static void Write(CsvOutput to, Plan plan, MatchResult result, IEnumerable<ScoredPair> joined, CancellationToken ct)
    {
        foreach (var name in new[] { "id_a", "id_b", "probability", "weight", "explanation" })
        {
            to.Cell(name);
        }

        to.EndRow();
        foreach (var pair in joined)
        {
            ct.ThrowIfCancellationRequested();
            to.Cell(IdOf(plan, result, Math.Min(pair.Left, pair.Right)));
            to.Cell(IdOf(plan, result, Math.Max(pair.Left, pair.Right)));
            to.Cell(pair.Probability, "0.######");
            to.Cell(pair.Weight, "0.##");
            to.SafeCell(result.Explain(pair.Left, pair.Right).Sentence);
            to.EndRow();
        }
    }

    private static string IdOf(Plan plan, MatchResult result, int record) =>
        plan.Files[0].Id >= 0 ? result.Index.RecordKey(record) : (record + 1).ToString(CultureInfo.InvariantCulture);
}
