using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;

namespace Rcu.Web.Pages.Shared;

/// <summary>
/// A field of a form with its label, its hint and what is wrong with it:
/// <c>&lt;form-field for="Name" label="field.name" /&gt;</c>. The label and the hint are keys of the texts.
/// </summary>
public sealed class FormFieldTagHelper(IStringLocalizer<Texts> texts) : TagHelper
{
    public required ModelExpression For { get; set; }

    public string Label { get; set; } = "";

    public string? Hint { get; set; }

    public string Type { get; set; } = "text";

    public string? Autocomplete { get; set; }

    public bool Required { get; set; } = true;

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "field");
        var id = TagBuilder.CreateSanitizedId(For.Name, "_");
        var errors = View.ModelState.TryGetValue(For.Name, out var state) ? state.Errors : [];
        List<string> described = [.. Hint is null ? [] : new[] { $"{id}-hint" }, .. errors.Count == 0 ? [] : new[] { $"{id}-error" }];

        output.Content.AppendHtml(Tag("label", texts[Label], ("for", id)));
        var input = new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing };
        input.MergeAttribute("class", errors.Count == 0 ? "form-control" : "form-control is-invalid");
        input.MergeAttribute("id", id);
        input.MergeAttribute("name", For.Name);
        input.MergeAttribute("type", Type);
        Add(input, "autocomplete", Autocomplete);
        Add(input, "value", Type == "password" ? null : For.Model?.ToString());
        Add(input, "required", Required ? "required" : null);
        Add(input, "aria-describedby", described.Count == 0 ? null : string.Join(' ', described));
        Add(input, "aria-invalid", errors.Count == 0 ? null : "true");
        output.Content.AppendHtml(input);
        if (Hint is not null)
        {
            output.Content.AppendHtml(Tag("p", texts[Hint], ("id", $"{id}-hint"), ("class", "hint")));
        }

        if (errors.Count > 0)
        {
            output.Content.AppendHtml(
                Tag("p", string.Join(' ', errors.Select(e => e.ErrorMessage)), ("id", $"{id}-error"), ("class", "field-error")));
        }
    }

    private static TagBuilder Tag(string name, string text, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        var tag = new TagBuilder(name);
        tag.InnerHtml.Append(text);
        foreach (var (attribute, value) in attributes)
        {
            tag.MergeAttribute(attribute, value);
        }

        return tag;
    }

    private static void Add(TagBuilder tag, string name, string? value)
    {
        if (value is not null)
        {
            tag.MergeAttribute(name, value);
        }
    }
}
