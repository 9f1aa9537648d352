using System.Globalization;
using Rcu.Ingestion;

namespace Rcu.Web.Pages.Imports;

/// <summary>The rows of a file as one bar: a stretch for each way they ended.</summary>
internal static class RowBar
{
    public const int Width = 1000;

    // Few rejects among many rows must still be seen.
    private const double Thinnest = 12;

    public static IReadOnlyList<(string End, string X, string Width)> Of(ImportView import)
    {
        var counts = ImportTexts.Ends.Select(end => (End: end, Count: (double)import[end])).Where(end => end.Count > 0).ToList();
        var all = counts.Sum(end => end.Count);
        var wanted = counts.Select(end => Math.Max(Thinnest, end.Count / all * Width)).ToList();
        var shrink = wanted.Count == 0 ? 1 : Width / wanted.Sum();
        List<(string, string, string)> stretches = [];
        var at = 0d;
        for (var i = 0; i < counts.Count; i++)
        {
            var width = wanted[i] * shrink;
            stretches.Add((counts[i].End, Number(at), Number(width)));
            at += width;
        }

        return stretches;
    }

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
