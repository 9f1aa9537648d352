using System.Globalization;
using Rcu.Resolution;

namespace Rcu.Web.Pages.Matches;

/// <summary>The two cuts as a person types them: in percent, with a comma or a point.</summary>
internal static class CutsForm
{
    /// <returns>Null when either is no percentage.</returns>
    public static Cuts? Read(string? automatic, string? review) =>
        Part(automatic) is { } first && Part(review) is { } second ? new Cuts(first, second) : null;

    /// <summary>« 99.5 », as a number field wants it.</summary>
    public static string Percent(double cut) => (cut * 100).ToString("0.##", CultureInfo.InvariantCulture);

    private static double? Part(string? percent) =>
        double.TryParse(percent?.Trim().Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? Math.Round(number / 100, 6)
            : null;
}
