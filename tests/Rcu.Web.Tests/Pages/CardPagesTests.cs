using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rcu.Data;
using Rcu.Exploration.Desk;
using Rcu.Web.Tests.Api;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Pages;

/// <summary>The card of an account in another program: a signed address that opens only as it was given.</summary>
public class CardPagesTests
{
    [Fact]
    public async Task A_card_is_read_by_whoever_holds_its_address_in_the_frames_that_are_allowed_and_closes()
    {
        await using var api = await ApiHub.StartAsync();
        var account = (await api.AddSampleAsync()).First.Account;
        using var rep = await SignedIn.ClientAsync(api.Hub);
        using var nobody = api.Hub.NewBrowser();
        var page = $"/comptes/{account.Id}/carte";

        using var made = await rep.PostFormAsync(page, page, new KeyValuePair<string, string>("days", "7"));
        var (sent, view) = await api.SendAsync(HttpMethod.Post, $"/accounts/{account.Id}/cards", new { days = 30 });
        var (_, long_) = await api.SendAsync(HttpMethod.Post, $"/accounts/{account.Id}/cards", new { days = 400 });
        var cards = await api.InAsync(s => s.GetRequiredService<AccountCards>().ListAsync(account.Id, default));
        var byPage = $"/carte/{cards.Single(c => c.MadeBy == SignedIn.Email).Address}";
        var byKey = new Uri(view.GetProperty("url").GetString()!).AbsolutePath;
        using var closed = await nobody.GetAsync(byPage);
        using var allowed = await rep.PostFormAsync(page, $"{page}?handler=Allow", new KeyValuePair<string, string>("origins", "https://crm.exemple.fr\nhttps://erp.exemple.fr/"));
        using var refusedOrigin = await rep.PostFormAsync(page, $"{page}?handler=Allow", new KeyValuePair<string, string>("origins", "https://x.fr; script-src *"));
        using var framed = await nobody.GetAsync(byPage);
        var html = WebUtility.HtmlDecode(await framed.Content.ReadAsStringAsync());
        var same = WebUtility.HtmlDecode(await nobody.GetStringAsync(byKey));
        await api.SendAsync(HttpMethod.Delete, $"/accounts/{account.Id}/cards/{view.GetProperty("id").GetGuid()}", null);
        using var revoked = await nobody.GetAsync(byKey);

        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Created, "card.days"), (made.StatusCode, sent.StatusCode, long_.GetProperty("code").GetString()));
        Assert.Contains("frame-ancestors 'none'", Policy(closed), StringComparison.Ordinal);
        Assert.True(closed.Headers.Contains("X-Frame-Options"));
        Assert.EndsWith("frame-ancestors https://crm.exemple.fr https://erp.exemple.fr", Policy(framed), StringComparison.Ordinal);
        Assert.StartsWith("default-src 'none'; style-src 'self'", Policy(framed), StringComparison.Ordinal);
        Assert.False(framed.Headers.Contains("X-Frame-Options"));
        Assert.Contains(account.Name, html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.Equal(Body(html), Body(same));
        Assert.Equal(HttpStatusCode.NotFound, revoked.StatusCode);
    }

    [Fact]
    public async Task An_address_altered_anywhere_or_past_its_day_opens_nothing()
    {
        await using var api = await ApiHub.StartAsync();
        var account = (await api.AddSampleAsync()).First.Account.Id;
        using var nobody = api.Hub.NewBrowser();
        var (_, view) = await api.SendAsync(HttpMethod.Post, $"/accounts/{account}/cards", new { days = 1 });
        var (_, other) = await api.SendAsync(HttpMethod.Post, $"/accounts/{account}/cards", new { days = 90 });
        string Of(System.Text.Json.JsonElement card) => new Uri(card.GetProperty("url").GetString()!).AbsolutePath["/carte/".Length..];
        var (address, longer) = (Of(view), Of(other));
        List<string> opened = [];

        async Task TryAsync(string how, string altered)
        {
            using var answer = await nobody.GetAsync($"/carte/{altered}");
            if (answer.StatusCode != HttpStatusCode.NotFound)
            {
                opened.Add($"{how}: {(int)answer.StatusCode}, {altered} for {address}");
            }
        }

        for (var i = 0; i < address.Length; i++)
        {
            var altered = address[..i] + (address[i] == 'A' ? 'B' : 'A') + address[(i + 1)..];
            await TryAsync($"letter {i}", altered);
        }

        // The day of one card under the name of the other, cut, and lengthened.
        await TryAsync("day of the other", address[..22] + longer[22..]);
        await TryAsync("name of the other", longer[..22] + address[22..]);
        await TryAsync("cut", address[..^1]);
        await TryAsync("lengthened", address + "A");
        await TryAsync("last letter with bits of no byte", address[..^1] + 'B');
        await TryAsync("letters of no address", new string('~', address.Length));

        using var intact = await nobody.GetAsync($"/carte/{address}");
        await api.InAsync(s => s.GetRequiredService<RcuDb>().Set<AccountCard>()
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.ExpiresAt, c => c.ExpiresAt.AddDays(-200))));
        using var expired = await nobody.GetAsync($"/carte/{address}");

        Assert.Empty(opened);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (intact.StatusCode, expired.StatusCode));
    }

    private static string Policy(HttpResponseMessage answer) => answer.Headers.GetValues("Content-Security-Policy").Single();

    private static string Body(string html) => html[..html.IndexOf("class=\"foot\"", StringComparison.Ordinal)];
}
