using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Rcu.Web.Pages.Shared;

/// <summary>Leads from the form of a sheet to where both values are shown, without losing what was typed.</summary>
internal static class EditConflicts
{
    public static LocalRedirectResult ShowBoth(this PageModel page, string? mine, string address)
    {
        page.TempData[EditForm.Mine] = mine ?? "";
        return page.LocalRedirect(address);
    }
}
