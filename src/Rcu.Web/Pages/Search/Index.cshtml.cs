using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rcu.Exploration;
using Rcu.Security;
using Rcu.Web.Hosting;

namespace Rcu.Web.Pages.Search;

/// <summary>The one search field: a fragment under it while typing, a page when Enter is pressed, the record itself when it is certain.</summary>
internal sealed class IndexModel(Exploration.Search search, CommentSearch comments, AccountScope scope) : PageModel
{
    private const int InFragment = 6;
    private const int OnPage = 25;

    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Text { get; set; }

    public SearchAnswer Answer { get; private set; } = null!;

    /// <summary>What was said with these words.</summary>
    public IReadOnlyList<CommentHit> Comments { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        Answer = await search.FindAsync(scope, Text, Request.IsHtmx ? InFragment : OnPage, ct);
        if (!Request.IsHtmx && Answer.Direct.Count != 1)
        {
            Comments = await comments.FindAsync(scope, Text, OnPage, ct);
        }

        return Request.IsHtmx ? Partial("_Results", Answer)
            : Answer.Direct.Count == 1 ? Redirect(AddressOf(Answer.Direct[0]))
            : Page();
    }

    public static string AddressOf(SearchHit hit) => hit.Kind switch
    {
        SearchKind.Account => $"/comptes/{hit.Id}",
        SearchKind.Contact => $"/contacts/{hit.Id}",
        SearchKind.Segment => $"/segments/{hit.Id}",
        _ => throw new ArgumentOutOfRangeException(nameof(hit)),
    };
}
