using Rcu.Resolution;

namespace Rcu.Web.Pages.Shared;

/// <summary>What « Séparer cette fiche » needs to know: <c>&lt;partial name="_Unmerge" model="new UnmergeForm(…)" /&gt;</c>.</summary>
/// <param name="ReturnUrl">The page to come back to.</param>
internal sealed record UnmergeForm(ClusterKind Kind, Guid RecordId, string ReturnUrl);
