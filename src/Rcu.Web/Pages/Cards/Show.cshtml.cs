using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rcu.Exploration;
using Rcu.Exploration.Desk;
using Rcu.Security;
using Rcu.Web.Hosting;
using Rcu.Web.Identity;

namespace Rcu.Web.Pages.Cards;

/// <summary>
/// The card of an account inside another program: whoever holds the signed address reads it, with the rights of whoever made it,
/// until its day, its revocation, or the departure of its maker.
/// </summary>
internal sealed class ShowModel(AccountCards cards, AccountSheets sheets, Colleagues colleagues, TimeProvider clock) : PageModel
{
    public AccountSheet Sheet { get; private set; } = null!;

    public OpenCard Card { get; private set; } = null!;

    public DateTimeOffset Now { get; } = clock.GetUtcNow();

    public async Task<IActionResult> OnGetAsync(string address, CancellationToken ct)
    {
        if (await cards.OpenAsync(address, ct) is not { } card || (card.MadeBy.Contains('@') && await colleagues.RefusalAsync(card.MadeBy, ct) is not null))
        {
            return NotFound();
        }

        var read = await sheets.ReadAsync(new AccountScope(card.MadeBy), card.AccountId, ct);
        if (!read.Succeeded)
        {
            return NotFound();
        }

        (Sheet, Card) = (read.Value, card);
        HttpContext.Items[SecurityHeaders.Frames] = await cards.OriginsAsync(ct);
        return Page();
    }
}
