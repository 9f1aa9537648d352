using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Rcu.Web.Tests.Support;

/// <summary>One window of the browser, and all that went wrong in it.</summary>
public sealed class BrowserWindow : IAsyncDisposable
{
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
    public async Task<IReadOnlyList<string>> AccessibilityTroublesAsync()
    {
        var result = await Page.RunAxe();
        return
        [
            .. result.Violations.SelectMany(violation => violation.Nodes.Select(node =>
                $"{violation.Impact} {violation.Id}: {node.Html} ({violation.Help})")),
        ];
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

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

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
