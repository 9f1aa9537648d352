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

        output.Content.AppendHtml(Markup.Element("label", null, texts[Label].Value).With("for", id));
        var input = Markup.Element("input", errors.Count == 0 ? "form-control" : "form-control is-invalid")
            .With("id", id)
            .With("name", For.Name)
            .With("type", Type)
            .With("autocomplete", Autocomplete)
            .With("value", Type == "password" ? null : For.Model?.ToString())
            .With("required", Required ? "required" : null)
            .With("aria-describedby", described.Count == 0 ? null : string.Join(' ', described))
            .With("aria-invalid", errors.Count == 0 ? null : "true");
        input.TagRenderMode = TagRenderMode.SelfClosing;
        output.Content.AppendHtml(input);
        if (Hint is not null)
        {
            output.Content.AppendHtml(Markup.Element("p", "hint", texts[Hint].Value).With("id", $"{id}-hint"));
        }

        if (errors.Count > 0)
        {
            output.Content.AppendHtml(
                Markup.Element("p", "field-error", string.Join(' ', errors.Select(e => e.ErrorMessage))).With("id", $"{id}-error"));
        }
    }
}
