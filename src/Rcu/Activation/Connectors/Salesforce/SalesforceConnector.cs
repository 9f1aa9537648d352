using System.Text.Json;
using Rcu.Activation.Connectors.Calls;

namespace Rcu.Activation.Connectors.Salesforce;

/// <summary>
/// Feeds a Salesforce organisation: contacts and accounts by an external id, two hundred a call, or by Bulk 2.0 beyond two thousand.
/// One that leaves the segment stays, its checkbox unticked.
/// </summary>
public sealed class SalesforceConnector(ToolCalls calls) : IFieldedConnector
{
    public string Kind => "salesforce";

    public Type Settings => typeof(SalesforceSettings);

    public bool NeedsSecret => true;

    public int BatchSize => 10_000;

    public int PerCall => 200;

    public Error? Refusal(JsonElement settings) => SettingsReader.Read<SalesforceSettings>(settings) switch
    {
        null or { LoginUrl: null or "" } or { ClientId: null or "" } => ActivationErrors.BadSettings("donnez l’adresse de l’organisation et l’identifiant du client."),
        { ExternalIdField: null or "" } or { SegmentField: null or "" } => ActivationErrors.BadSettings("donnez les noms des champs de l’identifiant et du segment."),
        var read when !calls.Allows(read.LoginUrl) => ActivationErrors.BadAddress,
        _ => null,
    };

    public async Task<Result<string>> TestAsync(JsonElement settings, string? secret, CancellationToken ct)
    {
        if (Refusal(settings) is { } refused)
        {
            return refused;
        }

        var api = new SalesforceApi(calls, SettingsReader.Read<SalesforceSettings>(settings)!);
        if ((await api.OpenAsync(secret, ct)).Refusal is { } closed)
        {
            return closed;
        }

        foreach (var (type, fields) in new[] { ("Contact", SalesforceRecords.Contacts), ("Account", SalesforceRecords.Accounts) })
        {
            var answer = await api.GetAsync($"sobjects/{type}/describe", ct);
            if (answer.Refusal is { } failed)
            {
                return failed;
            }

            var there = answer.Rows("fields").Select(f => ToolAnswer.TextAt(f, "name")).ToHashSet();
            if (fields.Names.Append(api.Settings.ExternalIdField).Append(api.Settings.SegmentField).FirstOrDefault(name => !there.Contains(name)) is { } missing)
            {
                return ActivationErrors.BadSettings(SalesforceApi.Lacks(missing, type));
            }
        }

        return "";
    }

    public IReadOnlyList<FieldRule> UsualFields(bool accounts) => (accounts ? SalesforceRecords.Accounts : SalesforceRecords.Contacts).Usual;

    public async Task<Result<IReadOnlyList<string>>> FieldsAsync(JsonElement settings, string? secret, bool accounts, CancellationToken ct)
    {
        if (Refusal(settings) is { } refused)
        {
            return refused;
        }

        var api = new SalesforceApi(calls, SettingsReader.Read<SalesforceSettings>(settings)!);
        return (await api.OpenAsync(secret, ct)).Refusal is { } closed ? closed
            : (await api.GetAsync($"sobjects/{(accounts ? "Account" : "Contact")}/describe", ct)).Names(["fields"], "name");
    }

    public string Show(Change change) => ToolCalls.Write(SalesforceRecords.Body(change, new SalesforceSettings("", "")));

    public async Task<IReadOnlyList<Outcome>> DeliverAsync(DeliveryBatch batch, CancellationToken ct)
    {
        var rows = new Rows(batch.Changes);
        if (Refusal(batch.Settings) is { } refused)
        {
            rows.Stop(new Outcome.Closed(refused.Message));
            return rows.Outcomes;
        }

        var api = new SalesforceApi(calls, SettingsReader.Read<SalesforceSettings>(batch.Settings)!);
        rows.StopsOn(await api.OpenAsync(batch.Secret, ct));
        foreach (var accounts in new[] { true, false })
        {
            var open = rows.Open(change => change.IsAccount == accounts);
            if (rows.GoOn && open.Count > 0)
            {
                await (open.Count > SalesforceBulk.From ? new SalesforceBulk(api, rows, accounts).DeliverAsync(open, ct) : new SalesforceRecords(api, rows, accounts).DeliverAsync(open, ct));
            }
        }

        return rows.Outcomes;
    }
}
