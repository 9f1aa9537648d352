using System.Collections.Frozen;
using System.Globalization;
using Rcu.Identifiers;

namespace Rcu.Reference;

/// <summary>The INSEE bands of company headcount, from none to ten thousand and more.</summary>
public static class HeadcountBands
{
    public static readonly IReadOnlyList<HeadcountBand> All = ReferenceTable.Read("tranches_effectif")
        .Select(row => new HeadcountBand(
            row("code"),
            row("libelle"),
            int.Parse(row("min"), CultureInfo.InvariantCulture),
            row("max") is { Length: > 0 } max ? int.Parse(max, CultureInfo.InvariantCulture) : null,
            int.Parse(row("ordre"), CultureInfo.InvariantCulture)))
        .OrderBy(band => band.Order)
        .ToArray();

    private static readonly FrozenDictionary<string, HeadcountBand> ByText = All
        .SelectMany(band => new (string Key, HeadcountBand Band)[] { (band.Code, band), (band.Label.Folded(), band) })
        .Concat(All.Where(band => band.Max is not null).Select(band => (Key: $"{band.Min} {band.Max}", Band: band)))
        .DistinctBy(entry => entry.Key)
        .ToFrozenDictionary(entry => entry.Key, entry => entry.Band);

    /// <summary>From its code, its label, or its bounds (<c>10-19</c>).</summary>
    public static HeadcountBand? Find(string? text) => text is null ? null : ByText.GetValueOrDefault(text.Folded());

    /// <summary>The band of a known number of people; nobody is <c>00</c>, since <c>NN</c> says more than a zero does.</summary>
    public static HeadcountBand Of(int people) => All.First(band => band.Code != "NN" && (band.Max is null || people <= band.Max));
}

/// <summary>One band: its code is text (<c>NN</c>, <c>01</c>), and its order is not that of the codes.</summary>
public sealed record HeadcountBand(string Code, string Label, int Min, int? Max, int Order);
