using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Rcu.Web.Hosting;

/// <summary>What the hub refuses and what it did, told to the person at the page.</summary>
internal static class PageRefusals
{
    private const string NoticeKey = "notice";

    /// <summary>
    /// A refusal shown in place: the sentence alone for htmx (app.js shows it as a notice), above the form otherwise.
    /// The page must have loaded what it shows.
    /// </summary>
    public static IActionResult Refuse(this PageModel page, Error error)
    {
        var texts = page.HttpContext.RequestServices.GetRequiredService<IStringLocalizer<Texts>>();
        if (page.Request.IsHtmx)
        {
            return new ContentResult { StatusCode = error.Status(), Content = error.In(texts), ContentType = "text/plain; charset=utf-8" };
        }

        if (error.Kind is ErrorKind.NotFound)
        {
            return page.NotFound();
        }

        page.ModelState.AddModelError("", error.In(texts));
        foreach (var (field, messages) in error.Fields ?? new Dictionary<string, string[]>())
        {
            page.ModelState.AddModelError(field, string.Join(' ', messages));
        }

        var answer = page.Page();
        answer.StatusCode = error.Status();
        return answer;
    }

    /// <summary>A sentence for the page that comes next: « Utilisateur créé ».</summary>
    public static void Notice(this PageModel page, string key, params object[] values)
    {
        var texts = page.HttpContext.RequestServices.GetRequiredService<IStringLocalizer<Texts>>();
        page.TempData[NoticeKey] = texts[key, values].Value;
    }

    /// <summary>The same for a refusal of an act that has no form of its own, as a button in a list.</summary>
    public static IActionResult RefuseAndReturn(this PageModel page, Error error)
    {
        page.NoticeRefusal(error);
        return page.RedirectToPage();
    }

    /// <summary>A refusal for the page that comes next, whichever it is.</summary>
    public static void NoticeRefusal(this PageModel page, Error error)
    {
        var texts = page.HttpContext.RequestServices.GetRequiredService<IStringLocalizer<Texts>>();
        page.TempData["refusal"] = error.In(texts);
    }
}
