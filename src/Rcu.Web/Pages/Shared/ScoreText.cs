using System.Globalization;
using Microsoft.Extensions.Localization;
using Rcu.Customers;

namespace Rcu.Web.Pages.Shared;

/// <summary>What a score of quality says, in the reader's words.</summary>
internal static class ScoreText
{
    /// <summary>In the order of their weight.</summary>
    public static readonly IReadOnlyList<string> Dimensions = ["completeness", "validity", "freshness", "coherence", "uniqueness"];

    public static IEnumerable<(string Part, int Value)> Parts(QualityScore score) =>
        Dimensions.Zip([score.Completeness, score.Validity, score.Freshness, score.Coherence, score.Uniqueness]);

    /// <summary>What costs the most, and what to do first.</summary>
    public static string Sentence(IStringLocalizer texts, QualityScore score) => score.Problems.Count == 0
        ? texts["score.perfect"]
        : texts["score.sentence", Problem(texts, score.Problems[0]), Points(texts, score.Costs[0]), Fix(texts, score.Problems[0])];

    /// <summary>« Téléphone : valeur manquante ».</summary>
    public static string Problem(IStringLocalizer texts, string problem)
    {
        var (dimension, field) = Parted(problem);
        return texts[$"score.check.{field}"] is { ResourceNotFound: false } check ? check.Value : texts[$"score.problem.{dimension}", Field(texts, field)];
    }

    /// <summary>What to do about it.</summary>
    public static string Fix(IStringLocalizer texts, string problem)
    {
        var (dimension, field) = Parted(problem);
        return texts[$"score.fix.{field}"] is { ResourceNotFound: false } check ? check.Value : texts[$"score.fix.{dimension}", Field(texts, field)];
    }

    public static string Field(IStringLocalizer texts, string field) => texts[$"score.field.{field}"] is { ResourceNotFound: false } known ? known.Value : field;

    /// <param name="cost">In hundredths of a point.</param>
    public static string Points(IStringLocalizer texts, int cost) =>
        texts["score.points", (cost / 100m).ToString("0.#", CultureInfo.CurrentCulture)];

    private static (string Dimension, string Field) Parted(string problem) =>
        problem.Split('.', 2) is [var dimension, var field] ? (dimension, field) : (problem, "");
}
