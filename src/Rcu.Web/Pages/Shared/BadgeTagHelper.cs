using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Rcu.Web.Pages.Shared;

/// <summary>
/// A state, always a word, with a drawing and a colour beside it: <c>&lt;badge kind="good" icon="check"&gt;Active&lt;/badge&gt;</c>.
/// Kinds: <c>good</c>, <c>warn</c>, <c>bad</c>, <c>info</c>, none.
/// </summary>
public sealed class BadgeTagHelper(IFileVersionProvider versions) : TagHelper
{
    public string? Kind { get; set; }

    public string? Icon { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "span";
        output.Attributes.SetAttribute("class", Kind is null ? "badge" : $"badge badge-{Kind}");
        if (Icon is not null)
        {
            output.PreContent.AppendHtml(versions.Icon(Icon));
        }
    }
}
