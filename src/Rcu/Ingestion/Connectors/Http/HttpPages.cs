using System.Globalization;
using Rcu.Ingestion.Connectors.Calls;
using Rcu.Ingestion.Reading.Json;

namespace Rcu.Ingestion.Connectors.Http;

/// <summary>Where each page of an API is found.</summary>
internal static class HttpPages
{
    public static Uri Url(HttpSourceSettings settings, HttpCursor at)
    {
        if (settings.Paging is HttpPaging.LinkHeader or HttpPaging.NextUrl && at.Next is { } address)
        {
            return new Uri(new Uri(settings.Url), address);
        }

        var url = settings.Url;
        url = With(url, settings.SinceParameter, at.Since);
        url = settings.Paging is HttpPaging.None ? url : With(url, settings.SizeParameter, settings.PageSize.ToString(CultureInfo.InvariantCulture));
        return new Uri(settings.Paging switch
        {
            HttpPaging.Page => With(url, settings.PageParameter, at.Next ?? settings.FirstPage.ToString(CultureInfo.InvariantCulture)),
            HttpPaging.Offset => With(url, settings.PageParameter, at.Next ?? "0"),
            HttpPaging.Cursor => With(url, settings.PageParameter, at.Next),
            _ => url,
        });
    }

    /// <summary>Whether an address is at the server the settings name: the secret is shown to no other.</summary>
    public static bool IsAtHome(HttpSourceSettings settings, Uri url)
    {
        var home = new Uri(settings.Url);
        return (url.Scheme, url.Host, url.Port) == (home.Scheme, home.Host, home.Port);
    }

    /// <summary>What the next page is asked by; null when there is none. Only an empty page ends a count: a server may give less than asked.</summary>
    public static string? Next(HttpSourceSettings settings, HttpCursor at, ApiAnswer answer, int rows) => settings.Paging switch
    {
        HttpPaging.Page => rows == 0 ? null : (Number(at.Next, settings.FirstPage) + 1).ToString(CultureInfo.InvariantCulture),
        HttpPaging.Offset => rows == 0 ? null : (Number(at.Next, 0) + rows).ToString(CultureInfo.InvariantCulture),
        HttpPaging.Cursor => JsonPath.Text(answer.Body, settings.NextPath) is { Length: > 0 } next && next != "false" && next != at.Next ? next : null,
        HttpPaging.NextUrl => JsonPath.Text(answer.Body, settings.NextPath) is { Length: > 0 } next && next != "false" ? next : null,
        HttpPaging.LinkHeader => answer.NextLink,
        _ => null,
    };

    private static long Number(string? next, int first) => next is null ? first : long.Parse(next, CultureInfo.InvariantCulture);

    private static string With(string url, string? name, string? value) => string.IsNullOrWhiteSpace(name) || value is null ? url
        : $"{url}{(url.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{Uri.EscapeDataString(name)}={Uri.EscapeDataString(value)}";
}
