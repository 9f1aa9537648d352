using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Rcu.Web.Identity;

/// <summary>A page where a password or a code is tried: nobody tries more than <see cref="GuessLimit"/> allows.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class LimitsGuessesAttribute : Attribute, IAsyncAuthorizationFilter, IOrderedFilter
{
    /// <summary>Before anything else is looked at.</summary>
    public int Order => int.MinValue;

    public async Task OnAuthorizationAsync(AuthorizationFilterContext context)
    {
        var http = context.HttpContext;
        if (HttpMethods.IsPost(http.Request.Method) && !await http.RequestServices.GetRequiredService<GuessLimit>().AllowsAsync(http))
        {
            context.Result = new StatusCodeResult(StatusCodes.Status429TooManyRequests);
        }
    }
}
