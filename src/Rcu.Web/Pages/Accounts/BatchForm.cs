using Rcu.Exploration.Desk;

namespace Rcu.Web.Pages.Accounts;

/// <summary>An act on many accounts as the bar of a list says it.</summary>
/// <param name="All">All those of the list, rather than those that were ticked.</param>
internal sealed record BatchForm(BatchAct Act, List<Guid>? Ids, bool All, string? Owner, string? Tag, string? Title, DateOnly? DueOn)
{
    public DoBatch Command => new(
        Act,
        Act switch
        {
            BatchAct.Assign => Owner,
            BatchAct.Tag => Tag,
            BatchAct.Task => Title,
            _ => null,
        },
        All ? null : Ids ?? [],
        DueOn,
        Act is BatchAct.Task && !string.IsNullOrWhiteSpace(Owner) ? Owner : null);
}
