using System.Globalization;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Rcu.Web.Hosting;

namespace Rcu.Web.Pages.Shared;

/// <summary>How long ago, the exact moment on hover: <c>&lt;ago at="@run.EndedAt" /&gt;</c>.</summary>
public sealed class AgoTagHelper(TimeProvider clock) : TagHelper
{
    public DateTimeOffset? At { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = At is null ? "span" : "time";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Content.SetContent(Show.Ago(At, clock.GetUtcNow()));
        if (At is { } instant)
        {
            output.Attributes.SetAttribute("datetime", instant.ToString("O", CultureInfo.InvariantCulture));
            output.Attributes.SetAttribute("title", Show.Moment(instant));
        }
    }
}
