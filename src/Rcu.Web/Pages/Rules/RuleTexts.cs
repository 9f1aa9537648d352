using Microsoft.Extensions.Localization;
using Rcu.Cleaning.Steward;

namespace Rcu.Web.Pages.Rules;

/// <summary>A rule in a sentence, in the reader's language.</summary>
internal static class RuleTexts
{
    private const int Shown = 80;

    public static string FieldName(this IStringLocalizer<Texts> texts, string field) =>
        texts[$"record.{field}"] is { ResourceNotFound: false } label ? label.Value
        : texts[$"field.{field}"] is { ResourceNotFound: false } other ? other.Value
        : field;

    public static string Sentence(this IStringLocalizer<Texts> texts, StewardRule rule) => rule.Condition is null
        ? Clause(texts, rule.Claim)
        : texts["rule.sentence.if", Clause(texts, rule.Condition), Clause(texts, rule.Claim)];

    /// <summary>What is wrong, in a few words: of a cleaning rule of the hub or of a steward.</summary>
    /// <param name="otherwise">What is said where there are no words; the code when it is null.</param>
    public static string Problem(this IStringLocalizer<Texts> texts, string code, string? otherwise = null) =>
        texts[$"problem.{code}"] is { ResourceNotFound: false } known ? known.Value : texts.RuleName(code) ?? otherwise ?? code;

    /// <summary>What people call the problem a rule finds; null for the code of another problem.</summary>
    public static string? RuleName(this IStringLocalizer<Texts> texts, string code) =>
        code.StartsWith("rule.", StringComparison.Ordinal) && int.TryParse(code.AsSpan(5), out var number) ? texts["rule.called", number].Value : null;

    private static string Clause(IStringLocalizer<Texts> texts, RuleClause clause)
    {
        var field = texts.FieldName(clause.Field);
        return clause.Test switch
        {
            RuleTest.Between or RuleTest.LengthBetween when string.IsNullOrWhiteSpace(clause.High) => texts[$"rule.say.{clause.Test}.low", field, clause.Value ?? ""],
            RuleTest.Between or RuleTest.LengthBetween when string.IsNullOrWhiteSpace(clause.Value) => texts[$"rule.say.{clause.Test}.high", field, clause.High ?? ""],
            RuleTest.Between or RuleTest.LengthBetween => texts[$"rule.say.{clause.Test}", field, clause.Value ?? "", clause.High ?? ""],
            _ => texts[$"rule.say.{clause.Test}", field, clause.Other is { Length: > 0 } other ? texts.FieldName(other) : Cut(clause.Value ?? "")],
        };
    }

    private static string Cut(string text)
    {
        var line = string.Join(" ; ", text.Split(['\n', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        return line.Length > Shown ? string.Concat(line.AsSpan(0, Shown), "…") : line;
    }
}
