using Microsoft.Playwright;

namespace Rcu.Web.Tests.Support;

/// <summary>Debian's Chromium, one for the whole run; each test has a window of its own.</summary>
public static class Browser
{
    private const string Chromium = "/usr/bin/chromium";

    private static readonly Lazy<Task<IBrowser>> Running = new(async () =>
    {
        if (!File.Exists(Chromium))
        {
            throw new InvalidOperationException($"No browser at {Chromium}. As root: apt-get install chromium");
        }

        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Chromium,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
                "--disable-sync", "--no-first-run", "--disable-quic", "--disable-dev-shm-usage",
            ],
        });
        TestRun.AtItsEnd(() => Task.Run(playwright.Dispose));
        return browser;
    });

    /// <summary>A new window on the hub, with nothing kept from another.</summary>
    public static Task<BrowserWindow> OpenAsync(TestHub hub, Screen screen) =>
        OpenAsync(hub.ClientOptions.BaseAddress, screen);

    public static async Task<BrowserWindow> OpenAsync(Uri address, Screen screen)
    {
        var browser = await Running.Value;
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = address.ToString(),
            Locale = "fr-FR",
            TimezoneId = "Europe/Paris",
            ColorScheme = screen.Dark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
            ViewportSize = new() { Width = screen.Width, Height = screen.Height },
        });
        return await BrowserWindow.OpenAsync(context);
    }
}
