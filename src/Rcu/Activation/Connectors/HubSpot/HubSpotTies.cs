using Rcu.Activation.Connectors.Calls;

namespace Rcu.Activation.Connectors.HubSpot;

/// <summary>Who works where: contacts of a batch associated with the companies of HubSpot that the hub feeds too, with a label for directors.</summary>
internal sealed class HubSpotTies(HubSpotApi api, Rows rows)
{
    public async Task TieAsync(IReadOnlyList<KeyValuePair<Row, string>> contacts, CancellationToken ct)
    {
        var news = contacts.Where(pair => IsNew(pair.Key.Change)).ToList();
        if (news.Count == 0)
        {
            return;
        }

        var (companies, answer) = await api.FindAsync("companies", news.Select(pair => AccountOf(pair.Key.Change)!), ct);
        if (rows.StopsOn(answer))
        {
            return;
        }

        var ties = news.Where(pair => companies.ContainsKey(AccountOf(pair.Key.Change)!))
            .Select(pair => (From: new { id = pair.Value }, To: new { id = companies[AccountOf(pair.Key.Change)!] }, pair.Key.Change)).ToList();
        if (ties.Count > 0
            && !rows.StopsOn(await api.PostAsync("crm/v4/associations/contacts/companies/batch/associate/default", new { inputs = ties.Select(tie => new { from = tie.From, to = tie.To }) }, ct)))
        {
            var directors = ties.FindAll(tie => api.Settings.DecisionMakerLabel > 0 && FieldMap.Text(tie.Change.Payload, "level") is "C_LEVEL");
            if (directors.Count > 0)
            {
                var types = new[] { new { associationCategory = "USER_DEFINED", associationTypeId = api.Settings.DecisionMakerLabel } };
                rows.StopsOn(await api.PostAsync("crm/v4/associations/contacts/companies/batch/create", new { inputs = directors.Select(tie => new { from = tie.From, to = tie.To, types }) }, ct));
            }
        }
    }

    private static bool IsNew(Change change) =>
        AccountOf(change) is { } account && (change.Held is not { } held || FieldMap.Text(held, "account.id") != account || FieldMap.Text(held, "level") != FieldMap.Text(change.Payload, "level"));

    private static string? AccountOf(Change change) => FieldMap.Text(change.Payload, "account.id");
}
