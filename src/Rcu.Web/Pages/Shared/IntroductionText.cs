using Microsoft.Extensions.Localization;
using Rcu.Exploration;
using Rcu.Web.Hosting;

namespace Rcu.Web.Pages.Shared;

/// <summary>How a way to a person is put into one sentence.</summary>
internal static class IntroductionText
{
    /// <summary>« Vous connaissez Zoé Étienne (vue le 3 nov. 2026), qui a travaillé avec Paul Vasseur chez Garnier. »</summary>
    public static string Of(IStringLocalizer<Texts> t, Introduction way)
    {
        var known = way.Met is { } met ? t["intro.met", way.Through.Name, Show.Date(met)] : t["intro.owned", way.Through.Name, way.Place ?? Show.Nothing];
        if (way.Steps.Count == 0)
        {
            return t["intro.already", known.Value];
        }

        var steps = way.Steps.Select(step => t[$"intro.{step.Kind}{(step.IsReversed ? ".reverse" : "")}", step.To.Name, step.Place ?? ""].Value);
        return t["intro.sentence", known.Value, string.Join(t["intro.then"].Value, steps)];
    }
}
