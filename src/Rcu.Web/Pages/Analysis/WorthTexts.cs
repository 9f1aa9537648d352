using Microsoft.Extensions.Localization;
using Rcu.Customers;

namespace Rcu.Web.Pages.Analysis;

/// <summary>The reasons of a score or of a risk, in the reader's language.</summary>
internal static class WorthTexts
{
    /// <summary>« 3 × Formulaire envoyé (Décideur) »</summary>
    public static string LeadReason(this IStringLocalizer<Texts> texts, WorthReason reason)
    {
        var kind = texts[$"interaction.{reason.Code}"] is { ResourceNotFound: false } known ? known.Value : reason.Code;
        return reason.Of is { } function
            ? texts["worth.lead.reason.of", reason.First ?? 1, kind, texts[$"function.{function}"].Value]
            : texts["worth.lead.reason", reason.First ?? 1, kind];
    }

    public static string ChurnReason(this IStringLocalizer<Texts> texts, WorthReason reason) =>
        texts[reason is { Code: "silent", First: null } ? "worth.churn.silent.never" : $"worth.churn.{reason.Code}", reason.First ?? 0, reason.Second ?? 0];

    public static string Points(this IStringLocalizer<Texts> texts, WorthReason reason) => texts["worth.points", Hosting.Show.Number(reason.Points)];

    /// <summary>How a state is coloured: none is told by its colour alone.</summary>
    public static string Kind(LeadState state) => state switch
    {
        LeadState.Customer => "good",
        LeadState.Hot or LeadState.Strategic => "info",
        LeadState.Warm => "warn",
        LeadState.Former => "bad",
        _ => "",
    };
}
