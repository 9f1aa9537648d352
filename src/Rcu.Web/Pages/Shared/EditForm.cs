namespace Rcu.Web.Pages.Shared;

/// <summary>What « Corriger une valeur » shows: the fields people may correct, and what was typed when it was refused.</summary>
/// <param name="Version">The version of the golden row on the page.</param>
internal sealed record EditForm(Guid Id, IReadOnlyList<string> Fields, int Version, string? Field = null, string? Value = null);
