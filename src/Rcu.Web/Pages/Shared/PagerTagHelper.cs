using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;

namespace Rcu.Web.Pages.Shared;

/// <summary>The way through a list read by key: back to its first page, on to the next. Null: there is none.</summary>
public sealed class PagerTagHelper(IStringLocalizer<Texts> texts, IFileVersionProvider versions) : TagHelper
{
    public string? First { get; set; }

    public string? Next { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (First is null && Next is null)
        {
            output.SuppressOutput();
            return;
        }

        output.TagName = "nav";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "pager");
        output.Attributes.SetAttribute("aria-label", texts["pager.label"].Value);
        if (First is not null)
        {
            output.Content.AppendHtml(Markup.Element("a", "btn btn-sm", texts["pager.first"].Value).With("href", First));
        }

        if (Next is not null)
        {
            output.Content.AppendHtml(
                Markup.Element("a", "btn btn-sm", texts["pager.next"].Value, versions.Icon("chevron-right")).With("href", Next).With("rel", "next"));
        }
    }
}
