using System.Globalization;

namespace Rcu.Cleaning.Rules;

/// <summary>Net and tax make the gross amount; a paper where they do not deserves a look.</summary>
internal sealed class DocumentTotalsRule : ICleaningRule
{
    // A cent per rate and per line rounded apart.
    private const decimal Tolerance = 0.05m;

    public void Apply(Draft draft)
    {
        if (Amount(draft["net"]) is { } net && Amount(draft["tax"]) is { } tax && Amount(draft["gross"]) is { } gross
            && Math.Abs(net + tax - gross) > Tolerance)
        {
            draft.Warn(
                "gross",
                "document.totals",
                draft["gross"],
                $"Le total TTC ({draft["gross"]}) n'est pas la somme du HT ({draft["net"]}) et de la TVA ({draft["tax"]}).");
        }
    }

    private static decimal? Amount(string? text) => text is null ? null : decimal.Parse(text, CultureInfo.InvariantCulture);
}
