using Microsoft.Extensions.Localization;

namespace Rcu.Web.Pages.Segments;

/// <summary>
/// Why a rule is refused, as its form calls things: programs are told a pointer into the tree and the names of the fields, people
/// the line and what it says.
/// </summary>
internal static class RuleRefusal
{
    private const string Root = "/rule";
    private static readonly string[] Subjects = ["account", "contact", "role", "establishment", "interaction", "document", "opportunity", "consent", "bought"];

    // Of the codes whose second value is a field.
    private static readonly string[] OfFields = ["segment.unknown_operator", "segment.bad_value", "segment.value_count"];

    /// <param name="own">What people call the fields of their own.</param>
    /// <param name="lines">Where each condition of the rule stands among the lines of the form, which may hold unfinished ones.</param>
    public static Error Told(Error error, IStringLocalizer<Texts> texts, IReadOnlyDictionary<string, string> own, IReadOnlyList<int> lines)
    {
        if (error.Values is not [string path, ..] || !path.StartsWith(Root, StringComparison.Ordinal))
        {
            return error;
        }

        object[] values = [.. error.Values];
        values[0] = path.Split('/') is [_, _, "of", var at, ..] && int.TryParse(at, out var condition)
            ? texts["segment.at_line", condition < lines.Count ? lines[condition] : condition + 1].Value
            : texts["segment.at_rule"].Value;
        if (OfFields.Contains(error.Code))
        {
            values[1] = Label($"{values[1]}", texts, own);
        }

        return error with { Values = values, Fields = null };
    }

    private static string Label(string field, IStringLocalizer<Texts> texts, IReadOnlyDictionary<string, string> own) =>
        own.GetValueOrDefault(field)
        ?? Subjects.Select(subject => texts[$"segment.field.{subject}.{field}"]).Prepend(texts[$"segment.field.{field}"]).FirstOrDefault(text => !text.ResourceNotFound)?.Value
        ?? field;
}
