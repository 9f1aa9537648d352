using Microsoft.Extensions.Localization;
using Rcu.Insight.Computed;

namespace Rcu.Web.Pages.Analysis;

/// <summary>A formula in one sentence, and its values, in the reader's language.</summary>
internal static class ComputedTexts
{
    private static readonly string[] Named = ["measure", "field", "over"];

    public static string Sentence(this IStringLocalizer<Texts> texts, Formula formula)
    {
        var over = texts[$"computed.over.{formula.Over}"].Value;
        var upper = Conditions(texts, formula.Upper);
        var field = formula.Field is { Length: > 0 } name ? FactName(texts, name) : null;
        var what = formula.Measure is ComputedMeasure.Ratio && field is null
            ? texts["computed.say.Ratio.count", over, upper].Value
            : texts[$"computed.say.{formula.Measure}", field ?? "", over, upper].Value;
        var when = formula.Days is { } days ? texts["computed.say.days", days].Value : texts["computed.say.always"].Value;
        var where = formula.Kept.Count == 0 ? "" : texts["computed.say.where", Conditions(texts, formula.Kept)].Value;
        return $"{what} {when}{where}, {texts[$"computed.level.{formula.Level}.by"]}.";
    }

    /// <summary>Why a formula is refused, as its form calls measures, facts and fields.</summary>
    public static Error Told(this IStringLocalizer<Texts> texts, Error error) => error with
    {
        Values = [.. error.Values.Select(value => Worded(texts, error.Code, $"{value}"))],
    };

    private static string Worded(IStringLocalizer<Texts> texts, string code, string value) =>
        code.StartsWith("computed.", StringComparison.Ordinal)
        && Named.Select(what => texts[$"computed.{what}.{value}"]).FirstOrDefault(text => !text.ResourceNotFound) is { } known
            ? known.Value
            : value.Length == 0 ? "…" : value;

    public static string FactName(this IStringLocalizer<Texts> texts, string field) => texts[$"computed.field.{field}"];

    /// <summary>A ratio as a percentage, a number without useless decimals, a day as days are written.</summary>
    public static string Show(this IStringLocalizer<Texts> texts, Formula formula, decimal? number, DateOnly? day, string? text)
    {
        if (day is { } date)
        {
            return Hosting.Show.Date(date);
        }

        if (number is not { } value)
        {
            return formula.Field is { Length: > 0 } field && formula.Measure is ComputedMeasure.Last or ComputedMeasure.First
                ? Value(texts, formula.Over, formula.Field!, text ?? Hosting.Show.Nothing) : text ?? Hosting.Show.Nothing;
        }

        return formula.Measure is ComputedMeasure.Ratio ? Hosting.Show.Percent((double)value, 1)
            : formula.Field is "net" or "gross" or "amount" && formula.Measure is not ComputedMeasure.Distinct ? Hosting.Show.Money(value)
            : Hosting.Show.Number(value);
    }

    private static string Conditions(IStringLocalizer<Texts> texts, IReadOnlyList<FactFilter> filters) => string.Join(
        texts["computed.say.and"].Value, filters.Select(f => texts[$"computed.say.test.{f.Test}", FactName(texts, f.Field), f.Value].Value));

    // What the hub itself names is said as everywhere else.
    private static string Value(IStringLocalizer<Texts> texts, string over, string field, string text) => (over, field) switch
    {
        ("documents", "type") => Known(texts, $"document.{text}", text),
        ("opportunities", "stage") => Known(texts, $"stage.{text}", text),
        ("interactions", "channel") => Known(texts, $"channel.{text}", text),
        ("interactions", "kind") => Known(texts, $"interaction.{text}", text),
        _ => text,
    };

    private static string Known(IStringLocalizer<Texts> texts, string key, string text) => texts[key] is { ResourceNotFound: false } known ? known.Value : text;
}
