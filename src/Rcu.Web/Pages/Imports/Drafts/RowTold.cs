using Rcu.Cleaning.Checking;

namespace Rcu.Web.Pages.Imports.Drafts;

/// <summary>What there is to say of a row that is being put right.</summary>
/// <param name="Wrong">The places, among the columns, of the cells it is about.</param>
internal sealed record RowTold(DraftRow Row, IReadOnlyList<string> Columns, IReadOnlyList<int> Wrong);
