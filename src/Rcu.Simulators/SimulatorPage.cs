using System.Globalization;
using System.Net;
using System.Text;

namespace Rcu.Simulators;

/// <summary>What simulators hold, as plain pages: a person sees there what the hub sent.</summary>
internal static class SimulatorPage
{
    private const int Most = 200;

    public static string Of(IReadOnlyList<Simulator> all) => Whole(
        "Simulateurs",
        $"<p>Outils joués sur cette machine pour essayer le référentiel. Aucun n’est celui de l’éditeur.</p><ul>{string.Concat(all.Select(s => $"<li><a href=\"/{s.Name}\">{s.Name}</a></li>"))}</ul>");

    public static string Of(Simulator simulator)
    {
        var body = new StringBuilder($"<p><a href=\"/\">Simulateurs</a> · {simulator.Calls} appels reçus, {simulator.TooFast} refusés car trop rapides.</p>");
        foreach (var (shelf, rows) in simulator.Shelves)
        {
            var columns = rows.SelectMany(row => row.Keys).Distinct().ToList();
            var email = simulator.Hook is null ? null : columns.Find(column => column.Equals("email", StringComparison.OrdinalIgnoreCase));
            body.Append(CultureInfo.InvariantCulture, $"<h2>{Safe(shelf)} ({rows.Count})</h2><div><table><thead><tr>{string.Concat(columns.Select(c => $"<th>{Safe(c)}</th>"))}{(email is null ? "" : "<th></th>")}</tr></thead><tbody>");
            foreach (var row in rows.Take(Most))
            {
                body.Append(CultureInfo.InvariantCulture, $"<tr>{string.Concat(columns.Select(c => $"<td>{Safe(row.GetValueOrDefault(c))}</td>"))}{Button(simulator, email is null ? null : row.GetValueOrDefault(email))}</tr>");
            }

            body.Append("</tbody></table></div>");
        }

        return Whole($"{simulator.Name} (simulateur)", body.ToString());
    }

    // As the person would from a message: the hub is told by the tool.
    private static string Button(Simulator simulator, string? email) => email is null ? "" :
        $"<td><form method=\"post\" action=\"/{simulator.Name}/_unsubscribe\"><button name=\"email\" value=\"{Safe(email)}\">Se désabonner</button></form></td>";

    private static string Whole(string title, string body) =>
        $$"""
        <!doctype html><html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{{Safe(title)}}</title>
        <style>:root{color-scheme:light dark}body{font:15px/1.5 system-ui,sans-serif;margin:24px;max-width:1200px}div{overflow-x:auto}table{border-collapse:collapse}th,td{padding:4px 12px;border-bottom:1px solid #8884;text-align:left;white-space:nowrap}</style>
        </head><body><h1>{{Safe(title)}}</h1>{{body}}</body></html>
        """;

    private static string Safe(string? text) => WebUtility.HtmlEncode(text ?? "");
}
