using System.Globalization;
using Microsoft.Extensions.Localization;
using Rcu.Matching;
using Rcu.Resolution;

namespace Rcu.Web.Pages.Matches;

/// <summary>What the engine found, in words.</summary>
internal static class EvidenceTexts
{
    // As many as a row of the queue has room for.
    private const int Told = 3;

    public static string Of(this IStringLocalizer<Texts> texts, Evidence evidence) =>
        texts[$"evidence.{evidence.Field}.{evidence.Level}"] is { ResourceNotFound: false } text
            ? text.Value
            : texts[$"evidence.{(evidence.Level is "same" ? "same" : evidence.Level is "near" or "same_year" ? "near" : "different")}", texts.Field(evidence.Field)];

    public static string Field(this IStringLocalizer<Texts> texts, string field) =>
        texts[$"record.{field}"] is { ResourceNotFound: false } label ? label.Value
            : texts[$"field.{field}"] is { ResourceNotFound: false } known ? known.Value
            : field;

    /// <summary>What speaks the loudest for the pair.</summary>
    public static IEnumerable<string> Reasons(this IStringLocalizer<Texts> texts, Match match) =>
        match.Evidence.Where(e => Bits(e) > 0).OrderByDescending(Bits).Take(Told).Select(e => texts.Of(e));

    /// <summary>What speaks the loudest against it: a veto before any evidence.</summary>
    public static string? Blocker(this IStringLocalizer<Texts> texts, Match match) =>
        match.Veto is { } veto && texts[$"veto.{veto}"] is { ResourceNotFound: false } text
            ? text.Value
            : match.Evidence.Where(e => e.Level is not "same" && Bits(e) < 0).OrderBy(Bits).Select(e => texts.Of(e)).FirstOrDefault();

    /// <summary>« +13,3 bits »</summary>
    public static string Signed(double bits) => bits.ToString("+0.0;−0.0;0.0", CultureInfo.CurrentCulture);

    private static double Bits(Evidence evidence) => evidence.Weight + evidence.TermFrequencyPart;

    /// <summary>What two records had to have in common to be compared at all.</summary>
    public static string Rule(this IStringLocalizer<Texts> texts, string rule) =>
        texts[$"rule.{rule}"] is { ResourceNotFound: false } text ? text : rule.Replace('_', ' ');
}
