using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Rcu.Web.Pages.Home;

/// <summary>What each role looks at first.</summary>
internal sealed class IndexModel : PageModel;
