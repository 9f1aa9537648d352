using System.Text.Json;
using Microsoft.Playwright;

namespace Rcu.Benchmarks.Pages;

/// <summary>
/// What the first visit of a page costs in Chromium on the same machine, with nothing kept from another page: when its largest piece
/// is painted (LCP), how far pieces jump (CLS), and the bytes that came.
/// </summary>
internal static class BrowserFigures
{
    private const string Chromium = "/usr/bin/chromium";
    private const int Times = 10;
    private const double MostPainted = 400;
    private const double MostKilobytes = 220;
    private const double MostShift = 0.02;

    private const string Measured =
        """
        () => new Promise(done => {
          let lcp = 0, shift = 0;
          new PerformanceObserver(list => { for (const one of list.getEntries()) lcp = one.startTime }).observe({ type: 'largest-contentful-paint', buffered: true });
          new PerformanceObserver(list => { for (const one of list.getEntries()) shift += one.hadRecentInput ? 0 : one.value }).observe({ type: 'layout-shift', buffered: true });
          setTimeout(() => done({ lcp, shift }), 300);
        })
        """;

    public static async IAsyncEnumerable<Figure> MeasureAsync(string name, Uri address, IReadOnlyList<(string Name, IReadOnlyList<string> Pages)> asked)
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = ["--no-sandbox", "--disable-gpu"] });
        var signedIn = await SignInAsync(browser, address);
        foreach (var (page, paths) in asked)
        {
            var visits = new List<Visit>();
            for (var n = 0; n < Times; n++)
            {
                visits.Add(await VisitAsync(browser, address, signedIn, paths[n % paths.Count]));
            }

            var painted = visits.Select(v => v.Painted).Order().ToList();
            yield return new Figure($"{name}.{page}.lcp", painted[Times / 2], $"ms until the largest piece is painted, median of {Times} first visits; slowest {painted[^1]:0}")
                .ValueAtMost(MostPainted, hard: false);
            yield return new Figure($"{name}.{page}.weight", visits.Max(v => v.Kilobytes), "KB of a first visit, compressed, the heaviest").ValueAtMost(MostKilobytes, hard: true);
            yield return new Figure($"{name}.{page}.shift", visits.Max(v => v.Shift), "layout shift, the largest").ValueAtMost(MostShift, hard: true);
        }
    }

    private static async Task<string> SignInAsync(IBrowser browser, Uri address)
    {
        await using var context = await browser.NewContextAsync(new() { BaseURL = address.ToString() });
        var page = await context.NewPageAsync();
        await page.GotoAsync("/connexion");
        await page.FillAsync("[name=email]", Visitor.EmailOf(Web.Identity.HubRoles.Steward));
        await page.FillAsync("[name=password]", Visitor.Password);
        await page.PressAsync("[name=password]", "Enter");
        await page.WaitForURLAsync("**/");
        return await context.StorageStateAsync();
    }

    private static async Task<Visit> VisitAsync(IBrowser browser, Uri address, string signedIn, string path)
    {
        await using var context = await browser.NewContextAsync(new()
        {
            BaseURL = address.ToString(),
            StorageState = signedIn,
            ViewportSize = new() { Width = 1440, Height = 900 },
        });
        var page = await context.NewPageAsync();
        var network = await context.NewCDPSessionAsync(page);
        var bytes = 0d;
        await network.SendAsync("Network.enable");
        network.Event("Network.loadingFinished").OnEvent += (_, told) => bytes += told?.GetProperty("encodedDataLength").GetDouble() ?? 0;
        await page.GotoAsync(path, new() { WaitUntil = WaitUntilState.NetworkIdle });
        var seen = await page.EvaluateAsync<JsonElement>(Measured);
        return new Visit(seen.GetProperty("lcp").GetDouble(), seen.GetProperty("shift").GetDouble(), bytes / 1_000);
    }

    private sealed record Visit(double Painted, double Shift, double Kilobytes);
}
