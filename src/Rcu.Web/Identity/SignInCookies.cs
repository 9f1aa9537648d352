using Microsoft.AspNetCore.Authentication.Cookies;

namespace Rcu.Web.Identity;

/// <summary>
/// The cookie of a sign-in is <c>__Host-rcu</c>, which browsers only keep over https. On plain http to this very
/// machine, where nothing travels, it is <c>rcu</c>, which they all keep.
/// </summary>
internal sealed class SignInCookies : ICookieManager
{
    private readonly ChunkingCookieManager _cookies = new();

    public string? GetRequestCookie(HttpContext context, string key) => _cookies.GetRequestCookie(context, Name(context, key));

    public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options)
    {
        options.Secure = !IsThisMachine(context);
        _cookies.AppendResponseCookie(context, Name(context, key), value, options);
    }

    public void DeleteCookie(HttpContext context, string key, CookieOptions options)
    {
        options.Secure = !IsThisMachine(context);
        _cookies.DeleteCookie(context, Name(context, key), options);
    }

    private static string Name(HttpContext context, string key) => IsThisMachine(context) ? key : $"__Host-{key}";

    private static bool IsThisMachine(HttpContext context) =>
        !context.Request.IsHttps && (context.Request.Host.Host is "localhost" or "127.0.0.1" or "[::1]");
}
