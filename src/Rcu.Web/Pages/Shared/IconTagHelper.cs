using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace Rcu.Web.Pages.Shared;

/// <summary>A drawing of the sprite, <c>&lt;icon name="building" /&gt;</c>; with a <c>label</c> it says something, without it only adorns.</summary>
public sealed class IconTagHelper(IFileVersionProvider versions) : TagHelper
{
    public string Name { get; set; } = "";

    public string? Label { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "svg";
        output.TagMode = TagMode.StartTagAndEndTag;
        var classes = output.Attributes["class"]?.Value;
        output.Attributes.SetAttribute("class", $"icon {classes}".TrimEnd());
        if (Label is null)
        {
            output.Attributes.SetAttribute("aria-hidden", "true");
        }
        else
        {
            output.Attributes.SetAttribute("role", "img");
            output.Attributes.SetAttribute("aria-label", Label);
        }

        output.Content.SetHtmlContent($"""<use href="{versions.AddFileVersionToPath("", "/lib/icons.svg")}#{Name}"></use>""");
    }
}
