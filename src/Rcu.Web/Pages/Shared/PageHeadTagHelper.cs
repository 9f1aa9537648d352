using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Rcu.Web.Pages.Shared;

/// <summary>
/// The head of a page: where one is, what it shows, what can be done (its content).
/// <c>&lt;page-head title="Acme" crumb="Comptes" crumb-href="/comptes"&gt;buttons&lt;/page-head&gt;</c>
/// </summary>
public sealed class PageHeadTagHelper : TagHelper
{
    public string Title { get; set; } = "";

    public string? Crumb { get; set; }

    public string? CrumbHref { get; set; }

    /// <summary>Small text beside the title: a count, a date.</summary>
    public string? Aside { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var actions = await output.GetChildContentAsync();
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "page-head");
        output.Content.Clear();
        if (Crumb is not null)
        {
            output.Content.AppendHtml(Markup.Element("p", "crumbs", Markup.Element("a", null, Crumb).With("href", CrumbHref), " /"));
        }

        output.Content.AppendHtml(Markup.Element("h1", null, Title));
        if (Aside is not null)
        {
            output.Content.AppendHtml(Markup.Element("span", "aside", Aside));
        }

        if (!actions.IsEmptyOrWhiteSpace)
        {
            output.Content.AppendHtml(Markup.Element("div", "page-actions", actions));
        }
    }
}
