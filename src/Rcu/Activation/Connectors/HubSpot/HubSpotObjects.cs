using System.Globalization;
using System.Text.RegularExpressions;
using Rcu.Activation.Connectors.Calls;

namespace Rcu.Activation.Connectors.HubSpot;

/// <summary>The contacts, or the companies, of one batch: written by the identifier of the hub, then put in the list or taken out.</summary>
internal sealed partial class HubSpotObjects(HubSpotApi api, Rows rows, bool accounts)
{
    private readonly string _type = accounts ? "companies" : "contacts";

    public static FieldMap Contacts { get; } = new(
        ("email", "email"), ("given_name", "firstname"), ("family_name", "lastname"), ("civility", "salutation"), ("job_title", "jobtitle"), ("phone", "phone"),
        ("mobile", "mobilephone"), ("account.name", "company"), ("account.postal_code", "zip"), ("account.city", "city"));

    public static FieldMap Companies { get; } = new(
        ("name", "name"), ("website", "domain"), ("phone", "phone"), ("street", "address"), ("postal_code", "zip"), ("city", "city"),
        ("headcount", "numberofemployees"), ("siren", "siren"));

    public static string Lacks(string property) =>
        $"HubSpot n’a pas la propriété {property} : créez-la dans Paramètres, Propriétés (celle de l’identifiant exige des valeurs uniques).";

    /// <summary>What differs, as HubSpot writes it: an empty text empties.</summary>
    public static Dictionary<string, object> Properties(Change change) =>
        (change.IsAccount ? Companies : Contacts).Changed(change).ToDictionary(pair => pair.Key, pair => pair.Value ?? "");

    public async Task DeliverAsync(CancellationToken ct)
    {
        var ids = new Dictionary<Row, string>();
        await RemovedAsync(ids, ct);
        if (rows.GoOn)
        {
            await UpsertAsync(rows.Open(change => change.IsAccount == accounts && !change.IsRemoval), ids, ct);
        }

        if (ids.Count > 0 && rows.GoOn && await ListAsync(ids, ct) && !accounts)
        {
            await new HubSpotTies(api, rows).TieAsync([.. ids.Where(pair => !pair.Key.Change.IsRemoval)], ct);
        }

        foreach (var (row, id) in ids.TakeWhile(_ => rows.GoOn))
        {
            rows.Done(row, id);
        }
    }

    private async Task RemovedAsync(Dictionary<Row, string> ids, CancellationToken ct)
    {
        var gone = rows.Open(change => change.IsAccount == accounts && change.IsRemoval);
        var unknown = gone.Where(row => row.Change.RemoteId is null).ToList();
        var found = new Dictionary<string, string>();
        if (unknown.Count > 0)
        {
            (found, var answer) = await api.FindAsync(_type, unknown.Select(row => $"{row.Change.ProfileId}"), ct);
            if (rows.StopsOn(answer))
            {
                return;
            }
        }

        foreach (var row in gone)
        {
            if ((row.Change.RemoteId ?? found.GetValueOrDefault($"{row.Change.ProfileId}")) is { } id)
            {
                ids[row] = id;
            }
            else
            {
                rows.Done(row, null, "Absent de HubSpot.");
            }
        }
    }

    private async Task UpsertAsync(IReadOnlyList<Row> batch, Dictionary<Row, string> ids, CancellationToken ct)
    {
        if (batch.Count == 0)
        {
            return;
        }

        var answer = await api.PostAsync(
            $"crm/v3/objects/{_type}/batch/upsert",
            new
            {
                inputs = batch.Select(row => new
                {
                    idProperty = api.Settings.KeyProperty,
                    id = $"{row.Change.ProfileId}",
                    objectWriteTraceId = Trace(row),
                    properties = Properties(row.Change),
                }),
            },
            ct);
        if (rows.StopsOn(answer))
        {
            return;
        }

        if (answer.Failure is not null)
        {
            await RefusedAsync(batch, answer, ids, ct);
            return;
        }

        var byTrace = batch.ToDictionary(Trace);
        foreach (var result in answer.Rows("results"))
        {
            ids[byTrace[ToolAnswer.TextAt(result, "objectWriteTraceId")!]] = ToolAnswer.TextAt(result, "id")!;
        }

        foreach (var error in answer.Rows("errors"))
        {
            foreach (var trace in error.GetProperty("context").GetProperty("objectWriteTraceId").EnumerateArray())
            {
                await JudgeAsync(byTrace[trace.GetString()!], error, ids, ct);
            }
        }
    }

    // The whole batch was refused: a property is not there, or one row spoils it and each goes alone.
    private async Task RefusedAsync(IReadOnlyList<Row> batch, ToolAnswer answer, Dictionary<Row, string> ids, CancellationToken ct)
    {
        if (answer.At("message") is { } said && MissingProperty().Match(said) is { Success: true } missing)
        {
            rows.Stop(new Outcome.Closed(Lacks(missing.Groups[1].Value), answer.Text));
        }
        else if (batch is [var alone])
        {
            rows.Say(alone, new Outcome.Rejected($"HubSpot refuse cette fiche : {answer.At("message")}", answer.Text));
        }
        else
        {
            foreach (var row in batch.TakeWhile(_ => rows.GoOn))
            {
                await UpsertAsync([row], ids, ct);
            }
        }
    }

    // Someone the tool already knew by their address becomes ours, once; someone it knows under another number is never doubled.
    private async Task JudgeAsync(Row row, System.Text.Json.JsonElement error, Dictionary<Row, string> ids, CancellationToken ct)
    {
        var said = ToolAnswer.TextAt(error, "message") ?? "";
        if (row.Change.RemoteId is null && ExistingId().Match(said) is { Success: true } existing)
        {
            var properties = Properties(row.Change);
            properties[api.Settings.KeyProperty] = $"{row.Change.ProfileId}";
            var answer = await api.PostAsync($"crm/v3/objects/{_type}/batch/update", new { inputs = new[] { new { id = existing.Groups[1].Value, properties } } }, ct);
            if (rows.StopsOn(answer))
            {
                return;
            }

            if (answer.Failure is null)
            {
                ids[row] = existing.Groups[1].Value;
                return;
            }
        }

        rows.Say(row, new Outcome.Rejected($"HubSpot refuse cette fiche : {said}", error.GetRawText()));
    }

    private async Task<bool> ListAsync(Dictionary<Row, string> ids, CancellationToken ct)
    {
        var answer = await api.PutAsync(
            string.Create(CultureInfo.InvariantCulture, $"crm/v3/lists/{api.Settings.ListId}/memberships/add-and-remove"),
            new
            {
                recordIdsToAdd = ids.Where(pair => !pair.Key.Change.IsRemoval).Select(pair => pair.Value),
                recordIdsToRemove = ids.Where(pair => pair.Key.Change.IsRemoval).Select(pair => pair.Value),
            },
            ct);
        if (!rows.StopsOn(answer) && answer.Failure is not null)
        {
            rows.Stop(new Outcome.Closed($"HubSpot refuse la liste {api.Settings.ListId} : {answer.At("message")}", answer.Text));
        }

        return rows.GoOn;
    }

    private static string Trace(Row row) => string.Create(CultureInfo.InvariantCulture, $"row-{row.Index}");

    [GeneratedRegex("PROPERTY_DOESNT_EXIST.*?\"name\":\"([^\"]+)\"")]
    private static partial Regex MissingProperty();

    [GeneratedRegex(@"Existing ID: (\d+)")]
    private static partial Regex ExistingId();
}
