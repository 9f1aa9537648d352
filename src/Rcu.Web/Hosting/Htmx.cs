using System.Security.Claims;
using Rcu.Web.Identity;

namespace Rcu.Web.Hosting;

/// <summary>Who asks, and for what: a page, a fragment of it, or an answer for a program.</summary>
internal static class Htmx
{
    extension(HttpRequest request)
    {
        /// <summary>Whether htmx asks for a fragment, rather than the browser for a page.</summary>
        public bool IsHtmx => request.Headers.ContainsKey("HX-Request") && !request.Headers.ContainsKey("HX-History-Restore-Request");

        /// <summary>Whether a program asks, by the API.</summary>
        public bool IsApi => request.Path.StartsWithSegments("/api");
    }

    extension(ClaimsPrincipal user)
    {
        /// <summary>The e-mail a person signs in with: what the hub notes as the author of an act.</summary>
        public string Name => user.Identity?.Name ?? "anonymous";

        /// <summary>How sources may name this person: by e-mail or by name, in small letters.</summary>
        public IReadOnlyList<string> Names =>
            [.. new[] { user.Identity?.Name, user.FindFirst(UserClaims.DisplayName)?.Value }.OfType<string>().Select(name => name.Trim().ToLowerInvariant())];

        public bool IsInAny(params ReadOnlySpan<string> roles)
        {
            foreach (var role in roles)
            {
                if (user.IsInRole(role))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
