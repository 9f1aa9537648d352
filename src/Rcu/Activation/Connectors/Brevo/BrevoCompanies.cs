using System.Globalization;
using Rcu.Activation.Connectors.Calls;

namespace Rcu.Activation.Connectors.Brevo;

/// <summary>
/// Companies of Brevo, found by the attribute <c>rcu_id</c>. One that leaves the segment stays in Brevo, where people work on it:
/// only its mark <c>rcu_segment</c> goes.
/// </summary>
internal static class BrevoCompanies
{
    private const string Mark = "rcu_segment";

    public static FieldMap Fields { get; } = new(
        ("siren", "siren"), ("website", "domain"), ("phone", "phone_number"), ("city", "city"), ("postal_code", "zip"), ("naf", "naf"), ("headcount", "number_of_employees"));

    public static object Body(Change change) => new { name = FieldMap.Text(change.Payload, "name"), attributes = Attributes(change, Fields.Changed(change)) };

    public static async Task DeliverAsync(BrevoApi api, Rows rows, CancellationToken ct)
    {
        foreach (var row in rows.Open(change => change.IsAccount))
        {
            var (id, found) = row.Change.RemoteId is { } known ? (known, null) : await FindAsync(api, row.Change, ct);
            if (found is not null && rows.StopsOn(found))
            {
                return;
            }

            if (id is null && row.Change.IsRemoval)
            {
                rows.Done(row, null, "Absente de Brevo.");
                continue;
            }

            var answer = row.Change.IsRemoval
                ? await api.PatchAsync($"companies/{id}", new { attributes = new Dictionary<string, object?> { [Mark] = "" } }, ct)
                : id is not null ? await api.PatchAsync($"companies/{id}", Body(row.Change), ct) : null;
            if (answer is null || (answer.Status == 404 && !row.Change.IsRemoval))
            {
                answer = await api.PostAsync("companies", Body(row.Change with { Held = null }), ct);
                id = answer.At("id");
            }

            if (rows.StopsOn(answer))
            {
                return;
            }

            rows.Say(row, answer.Failure is null || (answer.Status == 404 && row.Change.IsRemoval) ? new Outcome.Delivered(id, answer.Text) : BrevoApi.Refused(answer));
        }
    }

    private static async Task<(string? Id, ToolAnswer Answer)> FindAsync(BrevoApi api, Change change, CancellationToken ct)
    {
        var filters = Uri.EscapeDataString(ToolCalls.Write(new Dictionary<string, object> { ["attributes.rcu_id"] = change.ProfileId }));
        var answer = await api.GetAsync(string.Create(CultureInfo.InvariantCulture, $"companies?filters={filters}&limit=1"), ct);
        return (answer.Rows("items").Select(item => ToolAnswer.TextAt(item, "id")).FirstOrDefault(), answer);
    }

    private static Dictionary<string, object?> Attributes(Change change, Dictionary<string, object?> changed)
    {
        var attributes = changed.ToDictionary(pair => pair.Key, pair => pair.Value ?? "");
        (attributes["rcu_id"], attributes[Mark]) = (change.ProfileId, "oui");
        return attributes!;
    }
}
