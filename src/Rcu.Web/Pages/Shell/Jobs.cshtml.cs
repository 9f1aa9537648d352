using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rcu.Web.Hosting;

namespace Rcu.Web.Pages.Shell;

/// <summary>The « n travaux en cours » of the top bar, which asks for itself again while something runs.</summary>
internal sealed class JobsModel : PageModel
{
    public IActionResult OnGet() => Request.IsHtmx ? Page() : RedirectToPage("/Home/Index");
}
