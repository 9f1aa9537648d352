using System.Globalization;

namespace Rcu.Web.Pages.Shared;

/// <summary>Numbers as people type them: « 1 250,50 € » as well as « 1250.5 ».</summary>
internal static class AmountText
{
    /// <summary>Null for what is no number.</summary>
    public static decimal? Read(string? typed) => decimal.TryParse(
        string.Concat((typed ?? "").Where(c => !char.IsWhiteSpace(c) && c is not '€')).Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        ? number
        : null;
}
