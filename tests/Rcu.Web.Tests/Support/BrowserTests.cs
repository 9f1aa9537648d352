using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Rcu.Web.Tests.Support;

/// <summary>The eyes of the browser tests do see what they are there for.</summary>
public class BrowserTests
{
    [Fact]
    public async Task A_sound_page_gives_no_trouble()
    {
        await using var site = await ServeAsync("<main><h1>Bonjour</h1></main>");

        foreach (var screen in Screen.All)
        {
            await using var window = await Browser.OpenAsync(new Uri(site.Urls.First()), screen);
            await window.GoAsync("/");

            await window.AssertSoundAsync();
        }
    }

    [Fact]
    public async Task A_script_in_the_page_is_refused_and_seen()
    {
        await using var site = await ServeAsync("<main><h1>Bonjour</h1><script>document.title = 'x'</script></main>");
        await using var window = await Browser.OpenAsync(new Uri(site.Urls.First()), Screen.Desk);

        await window.GoAsync("/");

        Assert.Contains(window.Troubles, trouble => trouble.Contains("script-src", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_field_without_a_name_and_a_page_too_wide_are_seen()
    {
        await using var site = await ServeAsync("<main><h1>Bonjour</h1><input type='text' size='200'></main>");
        await using var window = await Browser.OpenAsync(new Uri(site.Urls.First()), Screen.Phone);

        await window.GoAsync("/");

        Assert.Contains(await window.AccessibilityTroublesAsync(), trouble => trouble.Contains(" label:", StringComparison.Ordinal));
        Assert.True(await window.OverflowsAsync());
    }

    private static async Task<WebApplication> ServeAsync(string body)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(async context =>
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            context.Response.Headers.ContentSecurityPolicy = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:";
            await context.Response.WriteAsync(
                $"<!doctype html><html lang='fr'><head><title>Essai</title><link rel='icon' href='data:,'></head><body>{body}</body></html>");
        });
        await app.StartAsync();
        return app;
    }
}
