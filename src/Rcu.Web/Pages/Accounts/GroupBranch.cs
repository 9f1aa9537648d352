using Rcu.Exploration;

namespace Rcu.Web.Pages.Accounts;

/// <summary>One level of a group as a page shows it.</summary>
/// <param name="AccountId">The account whose page it is.</param>
/// <param name="Parent">The account these hang on.</param>
/// <param name="Tree">The line to open further down; null for a level that was asked for alone.</param>
internal sealed record GroupBranch(Guid AccountId, Guid Parent, GroupPage Page, GroupTree? Tree = null, int Height = 0)
{
    /// <summary>The level below, when the line to the account goes through this one.</summary>
    public GroupBranch? Below(GroupNode node) =>
        Tree is not null && Height + 1 < Tree.Line.Count && Tree.Line[Height + 1].Id == node.Id && Tree.Children.TryGetValue(node.Id, out var page)
            ? new GroupBranch(AccountId, node.Id, page, Tree, Height + 1)
            : null;

    public string Link(Guid node, GroupCursor? after = null) =>
        $"/comptes/{AccountId}?onglet=etablissements&noeud={node}{(after is null ? "" : $"&apres={Uri.EscapeDataString(after.ToString())}")}";
}
