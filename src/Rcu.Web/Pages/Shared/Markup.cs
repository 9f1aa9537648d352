using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace Rcu.Web.Pages.Shared;

/// <summary>Elements built in code, every text of them encoded.</summary>
internal static class Markup
{
    public static TagBuilder Element(string name, string? css, params ReadOnlySpan<object?> children)
    {
        var element = new TagBuilder(name);
        if (css is not null)
        {
            element.AddCssClass(css);
        }

        foreach (var child in children)
        {
            if (child is IHtmlContent content)
            {
                element.InnerHtml.AppendHtml(content);
            }
            else if (child is not null)
            {
                element.InnerHtml.Append(child.ToString()!);
            }
        }

        return element;
    }

    public static TagBuilder With(this TagBuilder element, string attribute, string? value)
    {
        if (value is not null)
        {
            element.MergeAttribute(attribute, value);
        }

        return element;
    }

    /// <summary>A drawing of the sprite, which only adorns.</summary>
    public static TagBuilder Icon(this IFileVersionProvider versions, string name)
    {
        var use = Element("use", null).With("href", $"{versions.AddFileVersionToPath("", "/lib/icons.svg")}#{name}");
        return Element("svg", "icon", use).With("aria-hidden", "true");
    }
}
