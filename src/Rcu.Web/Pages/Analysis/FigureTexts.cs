using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Localization;
using Rcu.Insight.Boards;
using Rcu.Web.Hosting;
using Rcu.Web.Pages.Shared;

namespace Rcu.Web.Pages.Analysis;

/// <summary>A figure's labels and address, for the boards and its list.</summary>
internal static class FigureTexts
{
    public static string Label(this IStringLocalizer<Texts> texts, Figure figure, string? label) =>
        label is not { Length: > 0 } ? Show.Nothing
        : label == Figure.Missing && figure.Lacks is { } lacks ? texts[$"figure.lacks.{lacks}"]
        : figure.Name == "problems" ? ScoreText.Problem(texts, label)
        : figure.Name == "journey" && label.Split('-', 2) is [var stage, var channel]
            ? $"{texts[$"path.{stage}"]} · {(texts[$"channel.{channel}"] is { ResourceNotFound: false } way ? way.Value : channel)}"
        : figure.Words is { } words && texts[$"{words}{label}"] is { ResourceNotFound: false } known ? known.Value
        : label;

    public static string Link(string figure, FigureAsked asked, string? label = null, string? handler = null)
    {
        var query = new QueryBuilder { { "du", asked.From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) }, { "au", asked.To.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) } };
        foreach (var (name, value) in new[] { ("p", label ?? asked.Label), ("campagne", asked.Campaign), ("handler", handler) })
        {
            if (!string.IsNullOrEmpty(value))
            {
                query.Add(name, value);
            }
        }

        return $"/analyse/liste/{figure}{query}";
    }
}
