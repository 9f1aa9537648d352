using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Rcu.Web.Pages.Shared;

/// <summary>A figure and the list that makes it: <c>&lt;stat-tile label="Comptes" value="1 204" href="/comptes" /&gt;</c></summary>
public sealed class StatTileTagHelper(IFileVersionProvider versions) : TagHelper
{
    public string Label { get; set; } = "";

    public string Value { get; set; } = "";

    public string? Href { get; set; }

    public string? Icon { get; set; }

    public string? Hint { get; set; }

    /// <summary>It asks for someone to act.</summary>
    public bool Bad { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = Href is null ? "div" : "a";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", Bad ? "tile tile-bad" : "tile");
        if (Href is not null)
        {
            output.Attributes.SetAttribute("href", Href);
        }

        output.Content.AppendHtml(Markup.Element("span", "tile-label", Icon is null ? null : versions.Icon(Icon), Label));
        output.Content.AppendHtml(Markup.Element("span", "tile-value", Value));
        if (Hint is not null)
        {
            output.Content.AppendHtml(Markup.Element("span", "tile-hint", Hint));
        }
    }
}
