using System.Globalization;

namespace Rcu.Web.Pages.Shared;

/// <summary>A share that was typed: a number field writes a point whatever the language of the page, a person a comma.</summary>
internal static class PercentText
{
    /// <summary>What no share is, so that it is refused where shares are.</summary>
    private const decimal Unreadable = -1;

    /// <summary>Null when nothing was typed.</summary>
    public static decimal? Read(string? typed) =>
        string.IsNullOrWhiteSpace(typed) ? null
        : decimal.TryParse(typed.Trim().TrimEnd('%').Replace(',', '.'), NumberStyles.Number, CultureInfo.InvariantCulture, out var share) ? share
        : Unreadable;
}
