using Microsoft.Net.Http.Headers;

namespace Rcu.Web.Hosting;

/// <summary>What every answer of the hub tells the browser to refuse.</summary>
internal static class SecurityHeaders
{
    /// <summary>Where a page that may be shown in other programs leaves their origins, for its own headers.</summary>
    public const string Frames = "frames";

    private const string Policy =
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self' data:; object-src 'none'; "
        + "base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        context.Response.OnStarting(
            state =>
            {
                Write((HttpContext)state);
                return Task.CompletedTask;
            },
            context);
        return next(context);
    });

    private static void Write(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.XFrameOptions = "DENY";
        if (context.Items[Frames] is IReadOnlyList<string> frames)
        {
            // Nothing but its own words and style, in the frames that were allowed.
            headers.ContentSecurityPolicy =
                $"default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors {(frames.Count == 0 ? "'none'" : string.Join(' ', frames))}";
            headers["Referrer-Policy"] = "no-referrer";
            if (frames.Count > 0)
            {
                headers.Remove("X-Frame-Options");
            }
        }

        if (context.Request.IsHttps)
        {
            headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
        }

        // Only files of the program say for how long they are good: the rest is data.
        if (!headers.CacheControl.ToString().Contains("max-age", StringComparison.Ordinal)
            && context.GetEndpoint()?.Metadata.GetMetadata<Microsoft.AspNetCore.StaticAssets.StaticAssetDescriptor>() is null)
        {
            headers[HeaderNames.CacheControl] = "no-store";
        }
    }
}
