using System.Globalization;
using Rcu.Matching;
using Rcu.Resolution;

namespace Rcu.Web.Pages.Matches;

/// <summary>Why a pair is likely, as a cascade: where it starts, what each evidence adds or takes away, where it ends.</summary>
internal sealed class Waterfall
{
    /// <summary>The width of the drawing, in its own units.</summary>
    public const int Width = 1000;

    // A bar that says almost nothing is still seen.
    private const double Thinnest = 6;

    private readonly double _low;
    private readonly double _scale;

    private Waterfall(ComparedPair pair)
    {
        var at = pair.Prior;
        var told = pair.Match.Evidence.Where(e => e.Level != "missing")
            .OrderByDescending(e => Math.Abs(e.Weight + e.TermFrequencyPart)).ToList();
        List<double> ends = [0, at];
        ends.AddRange(told.Select(e => at += e.Weight + e.TermFrequencyPart));
        _low = ends.Min();
        _scale = (Width - Thinnest) / Math.Max(1, ends.Max() - _low);

        Start = Bar(null, 0, pair.Prior);
        at = pair.Prior;
        List<WaterfallBar> steps = [];
        foreach (var evidence in told)
        {
            var next = at + evidence.Weight + evidence.TermFrequencyPart;
            steps.Add(Bar(evidence, at, next));
            at = next;
        }

        Steps = steps;
        End = Bar(null, 0, pair.Match.Weight);
        Zero = Number((0 - _low) * _scale);
    }

    public WaterfallBar Start { get; }

    public IReadOnlyList<WaterfallBar> Steps { get; }

    public WaterfallBar End { get; }

    /// <summary>Where chances are even.</summary>
    public string Zero { get; }

    public static Waterfall Of(ComparedPair pair) => new(pair);

    private WaterfallBar Bar(Evidence? evidence, double from, double to) => new(
        evidence,
        to - from,
        Number((Math.Min(from, to) - _low) * _scale),
        Number(Math.Max(Thinnest, Math.Abs(to - from) * _scale)));

    // As SVG wants numbers, whatever the reader's language.
    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}

/// <summary>One bar.</summary>
/// <param name="Bits">How many times it doubles the chances; negative when it halves them.</param>
internal sealed record WaterfallBar(Evidence? Evidence, double Bits, string X, string Width)
{
    public bool Helps => Bits >= 0;
}
