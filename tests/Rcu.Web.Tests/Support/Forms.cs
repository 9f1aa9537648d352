using System.Net;
using System.Text.RegularExpressions;

namespace Rcu.Web.Tests.Support;

/// <summary>Posts a form as a browser does, with the antiforgery token of the page it is on.</summary>
internal static partial class Forms
{
    /// <param name="page">Where the form is.</param>
    /// <param name="action">Where it goes.</param>
    public static async Task<HttpResponseMessage> PostFormAsync(
        this HttpClient browser, string page, string action, params KeyValuePair<string, string>[] fields)
    {
        using var post = new HttpRequestMessage(HttpMethod.Post, action)
        {
            Content = new FormUrlEncodedContent([.. fields, new("__RequestVerificationToken", await browser.TokenAsync(page))]),
        };
        return await browser.SendAsync(post);
    }

    /// <summary>The same as htmx does: the answer is a fragment.</summary>
    public static async Task<HttpResponseMessage> PostFragmentAsync(
        this HttpClient browser, string page, string action, params KeyValuePair<string, string>[] fields)
    {
        using var post = new HttpRequestMessage(HttpMethod.Post, action)
        {
            Content = new FormUrlEncodedContent([.. fields, new("__RequestVerificationToken", await browser.TokenAsync(page))]),
            Headers = { { "HX-Request", "true" } },
        };
        return await browser.SendAsync(post);
    }

    /// <summary>The text of a page, its entities decoded.</summary>
    public static async Task<string> ReadAsync(this HttpClient browser, string page) =>
        WebUtility.HtmlDecode(await browser.GetStringAsync(page));

    /// <summary>What the forms of a page carry to prove where they come from.</summary>
    public static async Task<string> TokenAsync(this HttpClient browser, string page) =>
        Token().Match(await browser.GetStringAsync(page)) is { Success: true } found
            ? found.Groups[1].Value
            : throw new InvalidOperationException($"{page} holds no form.");

    [GeneratedRegex("""name="__RequestVerificationToken" type="hidden" value="([^"]+)""")]
    private static partial Regex Token();
}
