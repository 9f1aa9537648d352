using System.Globalization;
using System.Text.Json;
using Rcu.Activation.Connectors.Calls;

namespace Rcu.Activation.Connectors.HubSpot;

/// <summary>
/// Feeds a HubSpot account: contacts and companies by a unique property that keeps the identifier of the hub, then the static list,
/// then who works where. Whether someone may be mailed is never written there.
/// </summary>
public sealed class HubSpotConnector(ToolCalls calls) : IFieldedConnector
{
    public string Kind => "hubspot";

    public Type Settings => typeof(HubSpotSettings);

    public bool NeedsSecret => true;

    // What a batch of HubSpot's objects takes.
    public int BatchSize => 100;

    public Error? Refusal(JsonElement settings) => SettingsReader.Read<HubSpotSettings>(settings) switch
    {
        null or { ListId: <= 0 } => ActivationErrors.BadSettings("donnez le numéro de la liste statique, tel que l’adresse de sa page HubSpot le montre."),
        { KeyProperty: null or "" } => ActivationErrors.BadSettings("donnez le nom interne de la propriété qui garde l’identifiant du référentiel."),
        var read when !calls.Allows(read.BaseUrl) => ActivationErrors.BadAddress,
        _ => null,
    };

    public async Task<Result<string>> TestAsync(JsonElement settings, string? secret, CancellationToken ct)
    {
        if (Refusal(settings) is { } refused)
        {
            return refused;
        }

        var api = new HubSpotApi(calls, SettingsReader.Read<HubSpotSettings>(settings)!, secret);
        var list = await api.GetAsync(string.Create(CultureInfo.InvariantCulture, $"crm/v3/lists/{api.Settings.ListId}"), ct);
        if (list.Status == 404)
        {
            return ActivationErrors.BadSettings($"HubSpot n’a pas de liste {api.Settings.ListId}.");
        }

        foreach (var (type, fields) in new[] { ("contacts", HubSpotObjects.Contacts), ("companies", HubSpotObjects.Companies) })
        {
            var answer = list.Failure is null ? await api.GetAsync($"crm/v3/properties/{type}", ct) : list;
            if (answer.Refusal is { } failed)
            {
                return failed;
            }

            var there = answer.Rows("results").Select(p => ToolAnswer.TextAt(p, "name")).ToHashSet();
            if (fields.Names.Append(api.Settings.KeyProperty).FirstOrDefault(name => !there.Contains(name)) is { } missing)
            {
                return ActivationErrors.BadSettings(HubSpotObjects.Lacks(missing));
            }
        }

        return list.At("list", "name") ?? "";
    }

    public IReadOnlyList<FieldRule> UsualFields(bool accounts) => (accounts ? HubSpotObjects.Companies : HubSpotObjects.Contacts).Usual;

    public async Task<Result<IReadOnlyList<string>>> FieldsAsync(JsonElement settings, string? secret, bool accounts, CancellationToken ct) =>
        Refusal(settings) is { } refused ? refused
        : (await new HubSpotApi(calls, SettingsReader.Read<HubSpotSettings>(settings)!, secret).GetAsync($"crm/v3/properties/{(accounts ? "companies" : "contacts")}", ct))
            .Names(["results"], "name");

    public string Show(Change change) => ToolCalls.Write(
        change.IsRemoval ? new { recordIdsToRemove = new[] { change.RemoteId ?? "…" } }
        : new { id = change.ProfileId, properties = HubSpotObjects.Properties(change) });

    public async Task<IReadOnlyList<Outcome>> DeliverAsync(DeliveryBatch batch, CancellationToken ct)
    {
        var rows = new Rows(batch.Changes);
        if (Refusal(batch.Settings) is { } refused)
        {
            rows.Stop(new Outcome.Closed(refused.Message));
            return rows.Outcomes;
        }

        var api = new HubSpotApi(calls, SettingsReader.Read<HubSpotSettings>(batch.Settings)!, batch.Secret);
        foreach (var accounts in new[] { true, false })
        {
            if (rows.GoOn && rows.Open(change => change.IsAccount == accounts) is not [])
            {
                await new HubSpotObjects(api, rows, accounts).DeliverAsync(ct);
            }
        }

        return rows.Outcomes;
    }
}
