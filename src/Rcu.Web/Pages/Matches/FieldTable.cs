using Microsoft.Extensions.Localization;
using Rcu.Ingestion;
using Rcu.Resolution;
using Rcu.Unification.Joins;
using Rcu.Web.Pages.Shared;

namespace Rcu.Web.Pages.Matches;

/// <summary>The two records field by field: what differs is in sight, what is equal is folded away.</summary>
internal sealed record FieldTable(IReadOnlyList<FieldGroup> Differing, IReadOnlyList<FieldLine> Equal)
{
    private static readonly (string Group, string[] Fields)[] Known =
    [
        ("identity",
        [
            "name", "legal_name", "usual_name", "brand", "legal_form", "siren", "siret", "vat", "naf", "naf2025", "headcount", "headcount_band",
            "civility", "full_name", "given_name", "family_name", "job_title", "job_department", "job_level", "company_name", "company_siren", "company_siret",
        ]),
        ("address", ["street", "complement", "postal_code", "city", "cedex", "commune_code", "department", "region", "country"]),
        ("contact", ["phone", "mobile", "email", "website", "domain", "linkedin", "company_domain"]),
        ("commercial", ["type", "account_code", "account_key", "ledger_account", "payment_terms", "blocked", "created_on", "seen_at"]),
        ("consent", ["opt_in", "opt_in_source", "opt_out"]),
    ];

    /// <param name="forecast">What the two would be as one; null when they may not be joined.</param>
    public static FieldTable Of(IStringLocalizer<Texts> texts, ClusterKind kind, MatchSide left, MatchSide right, JoinForecast? forecast)
    {
        var typable = kind is ClusterKind.Account ? Saisie.AccountFields : Saisie.ContactFields;
        var groups = Known.SelectMany(g => g.Fields.Select(f => (f, g.Group))).ToDictionary();
        var order = Known.SelectMany(g => g.Fields).ToList();
        var lines = left.Fields.Keys.Union(right.Fields.Keys)
            .OrderBy(f => order.IndexOf(f) is >= 0 and var place ? place : int.MaxValue).ThenBy(f => f, StringComparer.Ordinal)
            .Select(f => FieldLine.Of(texts, f, left[f], right[f]) with
            {
                LeftValue = left[f],
                RightValue = right[f],
                Result = forecast?.Values.GetValueOrDefault(f),
                ResultShown = Written(texts, f, forecast?.Values.GetValueOrDefault(f)?.Value),
                MayBeChosen = forecast is not null && typable.Contains(f),
            })
            .ToList();
        return new FieldTable(
            [.. lines.Where(l => !l.IsFolded).GroupBy(l => groups.GetValueOrDefault(l.Field, "other")).Select(g => new FieldGroup(g.Key, [.. g]))],
            [.. lines.Where(l => l.IsFolded)]);
    }

    /// <summary>A value as a reader writes it; an activity by its code alone, which is what the two sides differ in.</summary>
    internal static string? Written(IStringLocalizer<Texts> texts, string field, string? value) =>
        value is null || field is "naf" or "naf2025" ? value : CustomerText.Field(texts, field, value);
}

/// <summary>Fields that are read together.</summary>
internal sealed record FieldGroup(string Name, IReadOnlyList<FieldLine> Lines);

/// <summary>One field of the two records, as it is shown.</summary>
internal sealed record FieldLine(string Field, IReadOnlyList<TextPart> Left, IReadOnlyList<TextPart> Right, bool IsEqual)
{
    public string? LeftValue { get; init; }

    public string? RightValue { get; init; }

    private static readonly Dictionary<string, string[]> Coded = new()
    {
        ["type"] = ["prospect", "client", "former", "partner"],
        ["civility"] = ["M", "MME"],
    };

    /// <summary>The value it would have once they are one, and why.</summary>
    public ForecastValue? Result { get; init; }

    /// <summary>A steward may want another value than the rules.</summary>
    public bool MayBeChosen { get; init; }

    /// <summary>The values a steward chooses from where a code is kept, that of the rules first; null where text is typed.</summary>
    public IReadOnlyList<string>? Choices =>
        Coded.GetValueOrDefault(Field) is { } codes ? [.. codes.Prepend(Result?.Value ?? "").Distinct()] : null;

    /// <summary>Both say the same, and so would the one they become.</summary>
    public bool IsFolded => IsEqual && (Result is null || Result.Value == LeftValue);

    /// <summary>As a reader writes it.</summary>
    public string? ResultShown { get; init; }

    public static FieldLine Of(IStringLocalizer<Texts> texts, string field, string? left, string? right)
    {
        var (one, other) = (FieldTable.Written(texts, field, left), FieldTable.Written(texts, field, right));
        if (one is null || other is null)
        {
            return new FieldLine(field, Whole(one), Whole(other), false);
        }

        var (before, after) = CharacterDiff.Of(one, other);
        return new FieldLine(field, before, after, one == other);
    }

    private static IReadOnlyList<TextPart> Whole(string? text) => text is null ? [] : [new TextPart(text, false)];
}
