using System.Text.RegularExpressions;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Pages;

/// <summary>A page that is added is looked at in a browser, or is said here not to be one.</summary>
public partial class ScreensSeenTests
{
    // Nearly all answer with something else than a page of their own.
    private static readonly string[] NoScreens =
    [
        "/comptes/{id:guid}/actes", "/comptes/{id:guid}/suivi", "/segments/de-comptes", "/segments/de-contacts", // lead elsewhere
        "/comptes/export", "/contacts/export", // files
        "/comptes/{id:guid}/voisins", "/comptes/{id:guid}/apercu", "/contacts/{id:guid}/apercu", "/travaux", // pieces of a page
        "/erreur/{status:int}", // seen as /nulle-part
    ];

    [Fact]
    public void Every_page_is_looked_at_in_a_browser()
    {
        var seen = Directory.EnumerateFiles(Path.Combine(TestServer.Root, "tests", "Rcu.Web.Tests"), "*.cs", SearchOption.AllDirectories)
            .Select(File.ReadAllText)
            .Where(text => text.Contains("OnEveryScreenAsync", StringComparison.Ordinal))
            .SelectMany(text => Literal().Matches(text).Select(match => Hole().Replace(match.Groups[1].Value, "x")))
            .Select(address => address.Split('?')[0])
            .Distinct()
            .ToList();
        var pages = Directory.EnumerateFiles(Path.Combine(TestServer.Root, "src", "Rcu.Web", "Pages"), "*.cshtml", SearchOption.AllDirectories)
            .Select(file => Route().Match(File.ReadAllText(file)))
            .Where(match => match.Success)
            .Select(match => match.Groups[1].Value)
            .ToList();

        Assert.NotEmpty(pages);
        Assert.Empty(NoScreens.Except(pages));
        Assert.DoesNotContain(pages.Except(NoScreens), page => !seen.Exists(address => Regex.IsMatch(address, $"^{Hole().Replace(page, "[^/]+")}$")));
    }

    [GeneratedRegex("""^@page "([^"]+)"$""", RegexOptions.Multiline)]
    private static partial Regex Route();

    [GeneratedRegex("""\$?"(/[^"]*)["]""")]
    private static partial Regex Literal();

    [GeneratedRegex(@"\{[^{}]*\}")]
    private static partial Regex Hole();
}
