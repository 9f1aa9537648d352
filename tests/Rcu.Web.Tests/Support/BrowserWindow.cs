using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Rcu.Web.Tests.Support;

/// <summary>One window of the browser, and all that went wrong in it.</summary>
public sealed class BrowserWindow : IAsyncDisposable
{
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    private readonly IBrowserContext _context;
    private readonly List<string> _troubles = [];

    private BrowserWindow(IBrowserContext context, IPage page) => (_context, Page) = (context, page);

    public IPage Page { get; }

    /// <summary>Errors of the console and of scripts, refusals of the content security policy, pieces that did not load.</summary>
    public IReadOnlyCollection<string> Troubles
    {
        get
        {
            lock (_troubles)
            {
                return [.. _troubles];
            }
        }
    }

    public static async Task<BrowserWindow> OpenAsync(IBrowserContext context)
    {
        // The browser's own event says which directive refused what; the console carries it to us.
        await context.AddInitScriptAsync(
            "addEventListener('securitypolicyviolation', e => console.error('CSP ' + e.violatedDirective + ' ' + e.blockedURI))");
        context.SetDefaultTimeout(120_000); // two cores may be shared by many tests: slow is not broken
        var window = new BrowserWindow(context, await context.NewPageAsync());
        window.Page.Console += (_, message) => window.Note(message.Type == "error", $"console: {message.Text}");
        window.Page.PageError += (_, error) => window.Note(true, $"script: {error}");
        window.Page.Response += (_, answer) => window.Note(answer.Status >= 500, $"{answer.Status}: {answer.Url}");
        return window;
    }

    /// <summary>Opens a page of the hub and waits until nothing more is loading.</summary>
    public async Task<IResponse> GoAsync(string path)
    {
        var answer = await Page.GotoAsync(path, new() { WaitUntil = WaitUntilState.NetworkIdle });
        return answer ?? throw new InvalidOperationException($"{path} gave no answer.");
    }

    /// <summary>Keeps a picture of the window in the folder that RCU_TEST_SHOTS names, for whoever wants to look.</summary>
    public async Task ShootAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("RCU_TEST_SHOTS") is { Length: > 0 } folder)
        {
            await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png") });
        }
    }

    /// <summary>What a person who cannot see, or has no mouse, would stumble on: one line for each element.</summary>
    /// <param name="rules">The only ones to look for; none for all.</param>
    public async Task<IReadOnlyList<string>> AccessibilityTroublesAsync(params string[] rules)
    {
        // Once for each page, and without the window of its own that the package opens each time.
        if (!await Page.EvaluateAsync<bool>("'axe' in window"))
        {
            await Page.EvaluateAsync(Axe);
        }

        return await Page.EvaluateAsync<string[]>(
            """
            async rules => {
              const found = await axe.run(document, { resultTypes: ["violations"], ...(rules.length && { runOnly: rules }) });
              return found.violations.flatMap(v => v.nodes.map(node => `${v.impact} ${v.id}: ${node.html} (${v.help})`));
            }
            """,
            rules);
    }

    /// <summary>
    /// All that is wrong with a page on a desk, by night and on a phone, one line each. It is opened once and shown on one
    /// after the other: by night, only colours differ.
    /// </summary>
    public async Task<IReadOnlyList<string>> TroublesOnEveryScreenAsync(string path)
    {
        await ShowOnAsync(Screen.Desk);
        var known = Troubles.Count;
        var answer = await GoAsync(path);
        return answer.Ok ? [.. await TroublesOnEveryScreenAsync(), .. Troubles.Skip(known).Select(trouble => $"{path} {trouble}")] : [$"{path} {answer.Status}"];
    }

    /// <summary>The same of the page that is open, as it is.</summary>
    public async Task<IReadOnlyList<string>> TroublesOnEveryScreenAsync()
    {
        List<string> seen = [];
        var page = new Uri(Page.Url).PathAndQuery;
        foreach (var screen in Screen.All)
        {
            await ShowOnAsync(screen);
            await ShootAsync($"{string.Concat(page.Select(c => char.IsLetterOrDigit(c) ? c : '-'))}-{screen.Name}");
            var troubles = screen.Dark ? await AccessibilityTroublesAsync("color-contrast", "link-in-text-block") : await AccessibilityTroublesAsync();
            seen.AddRange(troubles.Select(trouble => $"{screen.Name} {page} {trouble}"));
            if (await OverflowsAsync())
            {
                seen.Add($"{screen.Name} {page} is wider than the window");
            }
        }

        return seen;
    }

    /// <summary>Whether the page is wider than the window, so that a phone would have to slide it.</summary>
    public Task<bool> OverflowsAsync() =>
        Page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth");

    /// <summary>No trouble of any kind on the page that is open.</summary>
    public async Task AssertSoundAsync()
    {
        Assert.Empty(Troubles);
        Assert.Empty(await AccessibilityTroublesAsync());
        Assert.False(await OverflowsAsync(), $"{Page.Url} is wider than the window.");
    }

    /// <summary>No trouble of any kind on any screen of any of these pages.</summary>
    public async Task AssertSoundOnEveryScreenAsync(params IEnumerable<string> paths)
    {
        List<string> troubles = [];
        foreach (var path in paths)
        {
            troubles.AddRange(await TroublesOnEveryScreenAsync(path));
        }

        Assert.True(troubles.Count == 0, string.Join("\n", troubles));
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    private async Task ShowOnAsync(Screen screen)
    {
        await Page.SetViewportSizeAsync(screen.Width, screen.Height);
        await Page.EmulateMediaAsync(new() { ColorScheme = screen.Dark ? ColorScheme.Dark : ColorScheme.Light });

        // A colour half way between two themes is nobody's.
        await Page.EvaluateAsync(
            """
            () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => {
              document.getAnimations().filter(a => a instanceof CSSTransition).forEach(a => a.finish());
              done();
            })))
            """);
    }

    private void Note(bool isTrouble, string what)
    {
        if (isTrouble)
        {
            lock (_troubles)
            {
                _troubles.Add(what);
            }
        }
    }
}
