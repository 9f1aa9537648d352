using Microsoft.Playwright;

namespace Rcu.Web.Tests.Support;

/// <summary>What a hand on the keyboard does: Tab to a field, type, let the page answer.</summary>
internal sealed class Keyboard(IPage page)
{
    /// <summary>How many keys were pressed.</summary>
    public int Pressed { get; private set; }

    public async Task PressAsync(string key)
    {
        await page.Keyboard.PressAsync(key);
        Pressed++;
    }

    /// <summary>Goes to a field and types in the place of what it holds.</summary>
    public async Task TypeAsync(string field, string text)
    {
        await ReachAsync(field);
        await PressAsync("Control+A");
        await SayAsync(text);
    }

    /// <summary>Goes to a button and presses it, until the page shows what it gives.</summary>
    public async Task PressAsync(string button, string then)
    {
        await ReachAsync(button);
        await PressAsync("Enter");
        await page.WaitForSelectorAsync(then);
    }

    /// <summary>Goes to a link or a button that leads to another page, and there.</summary>
    public async Task FollowAsync(string link, string to)
    {
        await ReachAsync(link);
        await PressAsync("Enter");
        await page.WaitForURLAsync(to);
    }

    public async Task FollowAsync(string link, Func<string, bool> to)
    {
        await ReachAsync(link);
        await PressAsync("Enter");
        await page.WaitForURLAsync(to);
    }

    /// <summary>What the file holds that a link gives.</summary>
    public async Task<string> DownloadAsync(string link)
    {
        await ReachAsync(link);
        var file = await page.RunAndWaitForDownloadAsync(() => PressAsync("Enter"));
        using var reader = new StreamReader(await file.CreateReadStreamAsync());
        return await reader.ReadToEndAsync();
    }

    /// <summary>Letters typed in a list choose what begins with them.</summary>
    public async Task ChooseAsync(string list, string label)
    {
        await ReachAsync(list);
        if (await ChosenAsync(list) == label)
        {
            return;
        }

        // A list of fields or comparisons answers with a new one: only then is the page ready for the next.
        await page.EvaluateAsync("s => document.querySelector(s).dataset.old = 'yes'", list);
        await SayAsync(new string([.. label.TakeWhile(char.IsAscii)]));

        // Letters with accents are not on every keyboard: arrows are.
        for (var pressed = 0; pressed < 100 && await ChosenAsync(list) != label; pressed++)
        {
            await PressAsync("ArrowDown");
        }

        if (!list.Contains("value:", StringComparison.Ordinal))
        {
            await page.WaitForFunctionAsync("s => document.querySelector(s).dataset.old !== 'yes'", list);
        }

        Assert.Equal(label, await ChosenAsync(list));
    }

    /// <summary>Fills one line of a rule.</summary>
    public async Task LineAsync(string at, string field, string? how, string value)
    {
        await ChooseAsync($"[name='field:{at}']", field);
        if (how is not null)
        {
            await ChooseAsync($"[name='how:{at}']", how);
        }

        if (await page.Locator($"select[name='value:{at}']").CountAsync() > 0)
        {
            await ChooseAsync($"[name='value:{at}']", value);
        }
        else
        {
            await TypeAsync($"[name='value:{at}']", value);
        }
    }

    private async Task SayAsync(string text)
    {
        await page.Keyboard.TypeAsync(text);
        Pressed += text.Length;
    }

    private Task<string> ChosenAsync(string list) =>
        page.EvaluateAsync<string>("s => document.querySelector(s).selectedOptions[0]?.label.split(' · ')[0] ?? ''", list);

    private async Task ReachAsync(string wanted)
    {
        await page.WaitForFunctionAsync("() => document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling') === null");
        for (var pressed = 0; pressed < 200; pressed++)
        {
            if (await page.EvaluateAsync<bool>("s => document.activeElement?.matches(s) ?? false", wanted))
            {
                return;
            }

            await PressAsync("Tab");
        }

        Assert.Fail($"Tab never reaches {wanted}.");
    }
}
