using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Rcu.Web.Pages.Shared;

/// <summary>A drawing of the sprite, <c>&lt;icon name="building" /&gt;</c>; with a <c>label</c> it says something, without it only adorns.</summary>
public sealed class IconTagHelper(IFileVersionProvider versions) : TagHelper
{
    public string Name { get; set; } = "";

    public string? Label { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var drawn = versions.Icon(Name);
        output.TagName = "svg";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", $"icon {output.Attributes["class"]?.Value}".TrimEnd());
        output.Attributes.SetAttribute(Label is null ? "aria-hidden" : "aria-label", Label ?? "true");
        if (Label is not null)
        {
            output.Attributes.SetAttribute("role", "img");
        }

        output.Content.SetHtmlContent(drawn.InnerHtml);
    }
}
