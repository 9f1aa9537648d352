using System.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Rcu.Web.Pages;

/// <summary>What could not be shown, why in one sentence, and what to do.</summary>
[ResponseCache(NoStore = true), IgnoreAntiforgeryToken]
internal sealed class ErrorModel : PageModel
{
    private static readonly int[] Told = [400, 403, 404, 413, 429, 500, 503];

    public int Status { get; private set; }

    /// <summary>The status there are words for.</summary>
    public int Known => Told.Contains(Status) ? Status : Status < 500 ? 400 : 500;

    public string Trace => Activity.Current?.TraceId.ToString() ?? HttpContext.TraceIdentifier;

    public void OnGet(int status) => Show(status);

    public void OnPost(int status) => Show(status);

    private void Show(int status)
    {
        Status = status is >= 400 and < 600 ? status : StatusCodes.Status404NotFound;
        Response.StatusCode = Status;
    }
}
