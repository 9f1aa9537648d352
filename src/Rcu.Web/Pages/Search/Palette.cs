using Rcu.Exploration;

namespace Rcu.Web.Pages.Search;

/// <summary>What stands under the search field: what was found and what can be done; with nothing typed, what one looked at last.</summary>
/// <param name="Recent">The accounts looked at last; only while nothing is typed.</param>
/// <param name="Entries">Pages and acts.</param>
internal sealed record Palette(SearchAnswer Answer, IReadOnlyList<SearchHit> Recent, IReadOnlyList<PaletteEntry> Entries)
{
    public int Count => Answer.Count + Recent.Count + Entries.Count;
}
