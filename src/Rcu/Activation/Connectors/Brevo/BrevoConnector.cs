using System.Text.Json;
using Rcu.Activation.Connectors.Calls;

namespace Rcu.Activation.Connectors.Brevo;

/// <summary>
/// Feeds a Brevo account: people by the identifier of the hub, in one list; companies by an attribute of their own. Nobody who
/// unsubscribed there is ever subscribed again: the hub never writes whether a contact may be mailed.
/// </summary>
public sealed class BrevoConnector(ToolCalls calls) : IFieldedConnector
{
    public string Kind => "brevo";

    public Type Settings => typeof(BrevoSettings);

    public bool NeedsSecret => true;

    public int BatchSize => 1000;

    public int PerCall => 100;

    public Error? Refusal(JsonElement settings) => SettingsReader.Read<BrevoSettings>(settings) switch
    {
        null or { ListId: <= 0 } => ActivationErrors.BadSettings("donnez le numéro de la liste, tel que Brevo le montre (#12)."),
        { DoubleOptInTemplate: > 0, ConfirmationUrl: null or "" } => ActivationErrors.BadSettings("la double confirmation demande l’adresse où l’on arrive après avoir confirmé."),
        var read when !calls.Allows(read.BaseUrl) => ActivationErrors.BadAddress,
        _ => null,
    };

    public async Task<Result<string>> TestAsync(JsonElement settings, string? secret, CancellationToken ct)
    {
        if (Refusal(settings) is { } refused)
        {
            return refused;
        }

        var api = new BrevoApi(calls, SettingsReader.Read<BrevoSettings>(settings)!, secret);
        var list = await api.GetAsync($"contacts/lists/{api.Settings.ListId}", ct);
        if (list.Status == 404)
        {
            return ActivationErrors.BadSettings($"Brevo n’a pas de liste #{api.Settings.ListId}.");
        }

        if (list.Refusal is { } failed)
        {
            return failed;
        }

        var (missing, answer) = await BrevoContacts.MissingAsync(api, BrevoContacts.Fields.Names, ct);
        return answer.Refusal is { } unread ? unread
            : missing.Count > 0 ? ActivationErrors.BadSettings(BrevoContacts.Lacks(missing))
            : list.At("name") ?? "";
    }

    public IReadOnlyList<FieldRule> UsualFields(bool accounts) => (accounts ? BrevoCompanies.Fields : BrevoContacts.Fields).Usual;

    public async Task<Result<IReadOnlyList<string>>> FieldsAsync(JsonElement settings, string? secret, bool accounts, CancellationToken ct) =>
        Refusal(settings) is { } refused ? refused
        : (await new BrevoApi(calls, SettingsReader.Read<BrevoSettings>(settings)!, secret).GetAsync(accounts ? "crm/attributes/companies" : "contacts/attributes", ct))
            .Names(accounts ? [] : ["attributes"], accounts ? "internalName" : "name");

    public string Show(Change change) => ToolCalls.Write(
        change.IsRemoval ? new { ext_id = change.ProfileId }
        : change.IsAccount ? BrevoCompanies.Body(change)
        : BrevoContacts.Body(change, listId: null));

    public async Task<IReadOnlyList<Outcome>> DeliverAsync(DeliveryBatch batch, CancellationToken ct)
    {
        var rows = new Rows(batch.Changes);
        if (Refusal(batch.Settings) is { } refused)
        {
            rows.Stop(new Outcome.Closed(refused.Message));
            return rows.Outcomes;
        }

        var api = new BrevoApi(calls, SettingsReader.Read<BrevoSettings>(batch.Settings)!, batch.Secret);
        await BrevoCompanies.DeliverAsync(api, rows, ct);
        await new BrevoContacts(api, rows).DeliverAsync(ct);
        return rows.Outcomes;
    }
}
