using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Rcu.Tests;

/// <summary>Every sentence a person reads stands in both languages, and pages hold nothing a strict content policy refuses.</summary>
public partial class TextTests
{
    private const string French = "src/Rcu.Web/Texts.resx";
    private const string English = "src/Rcu.Web/Texts.en.resx";

    [Fact]
    public void The_two_languages_say_the_same_things()
    {
        var french = Texts(French);
        var english = Texts(English);

        Assert.Empty(french.Keys.Except(english.Keys).Select(key => $"{key} has no English"));
        Assert.Empty(english.Keys.Except(french.Keys).Select(key => $"{key} has no French"));
        Assert.Empty(french.Concat(english).Where(text => string.IsNullOrWhiteSpace(text.Value)).Select(text => text.Key));
    }

    [Fact]
    public void Both_languages_fill_the_same_blanks()
    {
        var english = Texts(English);

        Assert.Empty(
            from french in Texts(French)
            where english.ContainsKey(french.Key) && !Blanks(french.Value).SequenceEqual(Blanks(english[french.Key]))
            select french.Key);
    }

    [Fact]
    public void A_text_is_written_once()
    {
        foreach (var file in new[] { French, English })
        {
            Assert.Empty(Entries(file).GroupBy(entry => entry.Key).Where(same => same.Count() > 1).Select(same => $"{file}: {same.Key}"));
        }
    }

    [Fact]
    public void Every_refusal_has_its_text() => AssertKnown(SourceTree.Files("src", ".cs"), RefusalCode());

    [Fact]
    public void Every_text_a_page_asks_for_exists() =>
        AssertKnown(SourceTree.Files("src/Rcu.Web", ".cshtml").Concat(SourceTree.Files("src/Rcu.Web", ".cs")), AskedText());

    [Fact]
    public void A_page_never_prints_raw_markup() => AssertAbsent(RawMarkup());

    [Fact]
    public void A_page_holds_no_script_and_no_style_of_its_own() => AssertAbsent(InlineCode());

    private static void AssertKnown(IEnumerable<string> files, Regex asked)
    {
        var known = Texts(French);

        Assert.Empty(
            from file in files
            from Match match in asked.Matches(SourceTree.Text(file))
            where !known.ContainsKey(match.Groups[1].Value)
            select $"{file}: {match.Groups[1].Value}");
    }

    private static void AssertAbsent(Regex forbidden) =>
        Assert.Empty(
            from file in SourceTree.Files("src/Rcu.Web", ".cshtml")
            from Match match in forbidden.Matches(SourceTree.Text(file))
            select $"{file}: {match.Value.Trim()}");

    private static Dictionary<string, string> Texts(string file) =>
        Entries(file).GroupBy(entry => entry.Key).ToDictionary(same => same.Key, same => same.First().Value);

    private static IEnumerable<KeyValuePair<string, string>> Entries(string file) =>
        XDocument.Parse(SourceTree.Text(file)).Root!.Elements("data")
            .Select(data => KeyValuePair.Create(data.Attribute("name")!.Value, data.Element("value")?.Value ?? ""));

    private static IEnumerable<string> Blanks(string text) => Blank().Matches(text).Select(blank => blank.Groups[1].Value).Distinct().Order();

    [GeneratedRegex(@"ErrorKind\.\w+,\s*""([^""]+)""")]
    private static partial Regex RefusalCode();

    [GeneratedRegex(@"\bT\[""([^""]+)""")]
    private static partial Regex AskedText();

    [GeneratedRegex(@"\{(\d+)")]
    private static partial Regex Blank();

    [GeneratedRegex(@"Html\.Raw|HtmlString")]
    private static partial Regex RawMarkup();

    // <script> without src, <style>, style="", onclick="", hx-on: what needs 'unsafe-inline' or 'unsafe-eval'.
    [GeneratedRegex(@"<script(?![^>]*\ssrc=)[^>]*>|<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[""']|\shx-on\b|javascript:", RegexOptions.IgnoreCase)]
    private static partial Regex InlineCode();
}
