using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Rcu.Web.Hosting;

/// <summary>
/// A form holds a date, a number or a choice that cannot be read, or a text with the character that no table keeps (U+0000): nothing is
/// done and the value is told, where the page would otherwise act as if it had been left empty.
/// </summary>
internal sealed class UnreadableFields : IAsyncPageFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var request = context.HttpContext.Request;
        var unread = HttpMethods.IsPost(request.Method)
            ? context.ModelState.Values.Where(value => value.Errors.Count > 0 || value.AttemptedValue?.Contains('\0', StringComparison.Ordinal) is true)
                .Select(value => value.AttemptedValue).FirstOrDefault(value => !string.IsNullOrWhiteSpace(value))
            : null;
        if (unread is null || context.HandlerInstance is not PageModel page)
        {
            await next();
            return;
        }

        var error = new Error(ErrorKind.Invalid, "form.unreadable", $"'{unread}' cannot be read.") { Values = [unread] };
        if (request.IsHtmx)
        {
            var texts = context.HttpContext.RequestServices.GetRequiredService<IStringLocalizer<Texts>>();
            context.Result = new ContentResult { StatusCode = error.Status(), Content = error.In(texts), ContentType = "text/plain; charset=utf-8" };
            return;
        }

        page.NoticeRefusal(error);
        var query = QueryString.Create(request.Query.Where(one => !one.Key.Equals("handler", StringComparison.OrdinalIgnoreCase)));
        context.Result = new LocalRedirectResult($"{request.PathBase}{request.Path}{query}");
    }
}
