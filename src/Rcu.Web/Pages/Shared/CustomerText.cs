using System.Globalization;
using Microsoft.Extensions.Localization;
using Rcu.Customers;
using Rcu.Exploration;
using Rcu.Reference;
using Rcu.Web.Hosting;

namespace Rcu.Web.Pages.Shared;

/// <summary>How what the hub knows of accounts and people is put into words: values of fields, origins, facts to remember.</summary>
internal static class CustomerText
{
    /// <summary>« 50 à 99 » for a band, without the word everybody knows.</summary>
    public static string Band(HeadcountBand band) =>
        band.Label.Split(" (")[0].Replace(" salariés", "", StringComparison.Ordinal).Replace(" salarié", "", StringComparison.Ordinal);

    /// <summary>« 45.20A Entretien et réparation de véhicules »</summary>
    public static string Activity(string? naf) => Naf.Find(naf) is { } found ? $"{found.Code} {found.Label}" : naf ?? Show.Nothing;

    /// <summary>« FR 96 552100554 »</summary>
    public static string Vat(string? vat) => vat is ['F', 'R', _, _, ..] ? $"FR\u00a0{vat[2..4]}\u00a0{vat[4..]}" : vat ?? Show.Nothing;

    public static string Percent(double probability) => Show.Percent(probability, probability is > 0.99 and < 1 ? 1 : 0);

    /// <summary>A canonical value as a reader writes it.</summary>
    public static string Field(IStringLocalizer<Texts> t, string name, string? value) => value is null ? Show.Nothing : name switch
    {
        "siren" or "company_siren" => Show.Siren(value),
        "siret" or "company_siret" => Show.Siret(value),
        "vat" => Vat(value),
        "phone" or "mobile" or "fax" => Show.Phone(value),
        "naf" or "naf2025" => Activity(value),
        "headcount_band" => HeadcountBands.Find(value)?.Label.Split(" (")[0] ?? value,
        "department" => Departments.Find(value) is { } found ? $"{found.Name} ({found.Code})" : value,
        "job_department" => Known(t, $"department.{value}") ?? value,
        "email_kind" => Known(t, $"email_kind.{value}") ?? value,
        "blocked" or "opt_in" or "opt_out" or "cedex" => value switch { "true" => t["own.yes"], "false" => t["own.no"], _ => value },
        "job_level" => Known(t, $"level.{value}") ?? value,
        "civility" => Known(t, $"civility.{value}") ?? value,
        "type" => Known(t, $"account.type.{value switch { "client" => "Customer", "former" => "FormerCustomer", _ => Capital(value) }}") ?? value,
        "founded_on" or "closed_on" or "created_on" => DateOnly.TryParse(value, CultureInfo.InvariantCulture, out var day) ? Show.Date(day) : value,
        _ => value,
    };

    /// <summary>The value of a filter of a list, in words.</summary>
    public static string Filter(IStringLocalizer<Texts> t, string name, string value) => name switch
    {
        "type" => t[$"account.type.{value}"],
        "vue" => t[$"watch.{value}"],
        "etape" => t[$"opportunity.{value}"],
        "dep" => Field(t, "department", value),
        "effectif" => HeadcountBands.Find(value)?.Label.Split(" (")[0] ?? value,
        "role" => t[$"function.{value}"],
        "service" => Known(t, $"department.{value}") ?? value,
        "niveau" => Known(t, $"level.{value}") ?? value,
        "email" => t[$"reach.{value}"],
        "probleme" => ScoreText.Problem(t, value),
        "proprietaire" => value switch { "moi" => t["filter.de.me"], "personne" => t["filter.nobody"], _ => value },
        "suivi" => t["filter.suivi.me"],
        "de" => value == "moi" ? t["filter.de.me"] : value,
        _ => value,
    };

    /// <summary>« ERP · 1er nov. 2026 · source la plus fiable »</summary>
    public static string Origin(IStringLocalizer<Texts> t, Origin origin) =>
        $"{origin.Source.ToUpperInvariant()} · {Show.Date(origin.At)} · {Rule(t, origin.Rule)}";

    public static string Rule(IStringLocalizer<Texts> t, string rule) => Known(t, $"rule.{rule}") ?? rule;

    /// <summary>« Nom + Ville » for <c>name+city</c>.</summary>
    public static string Link(IStringLocalizer<Texts> t, string rule) => Known(t, $"link.{rule}")
        ?? string.Join(" + ", rule.Split('+').Select(part => Known(t, $"field.{part}") ?? part));

    /// <summary>The sentence of a fact to remember, in the singular when its first figure asks for it.</summary>
    public static string Notable(IStringLocalizer<Texts> t, Notable notable)
    {
        var key = $"notable.{notable.Code}";
        var values = notable.Values.Select(value => (object)(value switch
        {
            decimal amount => Show.Compact(amount),
            DateOnly day => Show.LongDate(day),
            int number => Show.Count(number),
            ProceedingKind kind => t[$"proceeding.{kind}"].Value,
            _ => value,
        })).ToArray();
        return notable.Values is [int and < 2, ..] && t[$"{key}.one", values] is { ResourceNotFound: false } one ? one : t[key, values];
    }

    /// <summary>What an interaction, a paper or a sale is called.</summary>
    public static string Kind(IStringLocalizer<Texts> t, TimelineItem item) => item.Nature switch
    {
        TimelineNature.Document => t[$"document.{item.Kind}"],
        TimelineNature.Opportunity => t[$"stage.{item.Kind}"],
        _ => Known(t, $"interaction.{item.Kind}") ?? item.Kind.Replace('_', ' '),
    };

    public static string Icon(TimelineItem item) => item.Nature switch
    {
        TimelineNature.Document => item.Kind is nameof(DocumentType.Quote) or nameof(DocumentType.Order) ? "file-text" : "file-invoice",
        TimelineNature.Opportunity => "target",
        _ => item.Channel switch
        {
            "phone" => "phone",
            "email" => "mail",
            "web" => "world",
            "meeting" => "users",
            "event" => "calendar-event",
            "post" => "mail",
            _ => "note",
        },
    };

    public static string? Known(IStringLocalizer<Texts> t, string key) => t[key] is { ResourceNotFound: false } text ? text.Value : null;

    private static string Capital(string value) => value.Length == 0 ? value : char.ToUpperInvariant(value[0]) + value[1..];
}
