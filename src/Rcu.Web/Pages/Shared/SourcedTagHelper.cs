using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;
using Rcu.Customers;

namespace Rcu.Web.Pages.Shared;

/// <summary>
/// A value that tells where it comes from when pointed at or focused: <c>&lt;sourced field="phone" origins="Model.Origins"&gt;…</c>.
/// A value without an origin is only shown.
/// </summary>
public sealed class SourcedTagHelper(IStringLocalizer<Texts> texts) : TagHelper
{
    /// <summary>The canonical fields it may come from: the first that has an origin is told.</summary>
    public string Field { get; set; } = "";

    public IReadOnlyDictionary<string, Origin>? Origins { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        var origin = Field.Split(' ').Select(field => Origins?.GetValueOrDefault(field)).FirstOrDefault(found => found is not null);
        output.Content.AppendHtml(content);
        if (origin is null)
        {
            return;
        }

        output.Attributes.SetAttribute("class", "sourced");
        output.Attributes.SetAttribute("tabindex", "0");
        output.Content.AppendHtml("<span class=\"origin\">");
        output.Content.Append(CustomerText.Origin(texts, origin));
        var disputed = origin.Lost.Count(lost => lost.Value != origin.Value && !lost.IsEcho);
        if (disputed > 0)
        {
            output.Content.Append($" · {texts[disputed == 1 ? "origin.other" : "origin.others", disputed]}");
        }

        output.Content.AppendHtml("</span>");
    }
}
