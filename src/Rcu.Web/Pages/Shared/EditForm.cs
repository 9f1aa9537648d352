using Rcu.Customers;

namespace Rcu.Web.Pages.Shared;

/// <summary>What « Corriger une valeur » shows: the fields people may correct, and what was typed when it was refused.</summary>
/// <param name="Origins">What the page says of each: another value that came meanwhile is not written over.</param>
internal sealed record EditForm(
    Guid Id, IReadOnlyList<string> Fields, IReadOnlyDictionary<string, Origin> Origins, string? Field = null, string? Value = null)
{
    /// <summary>Where what was typed waits while both values are shown.</summary>
    public const string Mine = "mine";
}
