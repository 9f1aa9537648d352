using Microsoft.Extensions.Localization;
using Rcu.Resolution;
using Rcu.Web.Hosting;

namespace Rcu.Web.Pages.Matches;

/// <summary>What a resolution did, in a sentence: what it looked at, and what it moved.</summary>
internal static class ResolutionTexts
{
    public static string Of(this IStringLocalizer<Texts> texts, ResolutionRun run)
    {
        var key = run.Scope is ResolutionScope.Full ? "corrected" : "moved";
        var told = run.Corrected switch
        {
            0 => texts[$"resolution.{key}.none"],
            1 => texts[$"resolution.{key}.one"],
            _ => texts[$"resolution.{key}.many", Show.Count(run.Corrected)],
        };
        return $"{texts[$"resolution.scope.{run.Scope}", Show.Moment(run.At), Show.Count(run.Records)]} {told}";
    }
}
