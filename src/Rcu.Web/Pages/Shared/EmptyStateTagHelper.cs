using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Rcu.Web.Pages.Shared;

/// <summary>What a list says when it has nothing to show, and the button that changes it (its content).</summary>
public sealed class EmptyStateTagHelper(IFileVersionProvider versions) : TagHelper
{
    public string Icon { get; set; } = "search";

    public string Title { get; set; } = "";

    public string? Text { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var actions = await output.GetChildContentAsync();
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "empty");
        output.Content.Clear();
        output.Content.AppendHtml(versions.Icon(Icon));
        output.Content.AppendHtml(Markup.Element("strong", null, Title));
        if (Text is not null)
        {
            output.Content.AppendHtml(Markup.Element("p", null, Text));
        }

        output.Content.AppendHtml(actions);
    }
}
