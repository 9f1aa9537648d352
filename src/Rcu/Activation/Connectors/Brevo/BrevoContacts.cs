using System.Globalization;
using Rcu.Activation.Connectors.Calls;

namespace Rcu.Activation.Connectors.Brevo;

/// <summary>
/// The contacts of one batch. Many new ones go by Brevo's import, the only call that makes many at once, then are read back to
/// learn which it took; known ones are updated by their number a hundred at a time, or one by one when their address changed.
/// </summary>
internal sealed class BrevoContacts(BrevoApi api, Rows rows)
{
    // Below it, one call each is quicker than an import.
    private const int Many = 20;
    private const int MostUpdated = 100;
    private const int MostRemoved = 150;

    public static FieldMap Fields { get; } = new(
        ("family_name", "NOM"), ("given_name", "PRENOM"), ("civility", "CIVILITE"), ("job_title", "FONCTION"), ("phone", "TELEPHONE"),
        ("mobile", "MOBILE"), ("account.name", "SOCIETE"), ("account.siren", "SIREN"), ("account.postal_code", "CODE_POSTAL"), ("account.city", "VILLE"));

    public static object Body(Change change, int? listId) => new Dictionary<string, object?>
    {
        ["email"] = Email(change),
        ["ext_id"] = Ext(change),
        ["attributes"] = Attributes(change),
        ["listIds"] = listId is { } list ? new[] { list } : null,
        ["updateEnabled"] = true,
    };

    /// <summary>The attributes the account does not have: Brevo would drop them without a word.</summary>
    public static async Task<(IReadOnlyList<string> Missing, ToolAnswer Answer)> MissingAsync(BrevoApi api, IEnumerable<string> named, CancellationToken ct)
    {
        var answer = await api.GetAsync("contacts/attributes", ct);
        var there = answer.Texts("attributes", "name");
        return ([.. named.Where(name => !there.Contains(name))], answer);
    }

    public static string Lacks(IReadOnlyList<string> missing) =>
        $"Brevo n’a pas {(missing.Count == 1 ? "l’attribut" : "les attributs")} {string.Join(", ", missing)} : créez-le dans Contacts, Paramètres, Attributs de contact.";

    public async Task DeliverAsync(CancellationToken ct)
    {
        await RemoveAsync(rows.Open(change => !change.IsAccount && change.IsRemoval), ct);
        if (!rows.GoOn || rows.Open() is [])
        {
            return;
        }

        var (missing, answer) = await MissingAsync(api, Fields.NamesIn(rows.Open().Select(row => row.Change)), ct);
        if (!rows.StopsOn(answer) && missing.Count > 0)
        {
            rows.Stop(new Outcome.Closed(Lacks(missing)));
        }

        rows.Say(rows.Open(change => Email(change) is null), new Outcome.Rejected("Cette personne n’a pas d’adresse e-mail."));
        foreach (var chunk in rows.Open(IsSteady).Chunk(MostUpdated).TakeWhile(_ => rows.GoOn))
        {
            await UpdateAsync(chunk, ct);
        }

        var fresh = rows.Open(change => change.RemoteId is null);
        if (rows.GoOn && fresh.Count >= Many && api.Settings.DoubleOptInTemplate <= 0)
        {
            await ImportAsync(fresh, ct);
        }

        foreach (var row in rows.Open().TakeWhile(_ => rows.GoOn))
        {
            await (row.Change.RemoteId is null ? CreateAsync(row, ct) : RewriteAsync(row, $"{row.Change.RemoteId}?identifierType=contact_id", ct));
        }
    }

    private async Task RemoveAsync(IReadOnlyList<Row> gone, CancellationToken ct)
    {
        foreach (var group in gone.GroupBy(row => row.Change.RemoteId is not null))
        {
            foreach (var chunk in group.Chunk(MostRemoved).TakeWhile(_ => rows.GoOn))
            {
                object body = group.Key
                    ? new { ids = chunk.Select(row => long.Parse(row.Change.RemoteId!, CultureInfo.InvariantCulture)) }
                    : new { extIds = chunk.Select(row => Ext(row.Change)) };
                var answer = await api.PostAsync($"contacts/lists/{api.Settings.ListId}/contacts/remove", body, ct);

                // "Already removed and/or does not exist": it is out of the list, which is what was asked.
                if (!rows.StopsOn(answer))
                {
                    rows.Say(chunk, answer.Status is 201 or 400 ? new Outcome.Delivered(null, answer.Text) : BrevoApi.Refused(answer));
                }
            }
        }
    }

    private async Task UpdateAsync(Row[] chunk, CancellationToken ct)
    {
        var answer = await api.PostAsync(
            "contacts/batch",
            new
            {
                contacts = chunk.Select(row => new
                {
                    id = long.Parse(row.Change.RemoteId!, CultureInfo.InvariantCulture),
                    attributes = Attributes(row.Change),
                    listIds = new[] { api.Settings.ListId },
                }),
            },
            ct);

        // A batch is taken whole or not at all: when it is not, each goes alone, and says why.
        if (!rows.StopsOn(answer) && answer.Failure is null)
        {
            foreach (var row in chunk)
            {
                rows.Done(row, row.Change.RemoteId);
            }
        }
    }

    private async Task ImportAsync(IReadOnlyList<Row> fresh, CancellationToken ct)
    {
        var answer = await api.PostAsync(
            "contacts/import",
            new
            {
                jsonBody = fresh.Select(row => new { email = Email(row.Change), ext_id = Ext(row.Change), attributes = Attributes(row.Change) }),
                listIds = new[] { api.Settings.ListId },
                updateExistingContacts = true,
                emptyContactsAttributes = false,
                disableNotification = true,
            },
            ct);
        var taken = await BrevoImport.FollowAsync(api, answer, fresh.Select(row => Email(row.Change)!), ct);
        if (taken.Failure is not null)
        {
            rows.Stop(taken.Failure);
            return;
        }

        foreach (var row in fresh)
        {
            rows.Say(row, taken.Ids.TryGetValue(Email(row.Change)!.ToUpperInvariant(), out var id)
                ? new Outcome.Delivered(id)
                : new Outcome.Rejected("Brevo n’a pas pris cette adresse à l’import : elle est invalide ou interdite chez lui."));
        }
    }

    private async Task CreateAsync(Row row, CancellationToken ct)
    {
        var doubly = api.Settings.DoubleOptInTemplate > 0;
        var answer = doubly
            ? await api.PostAsync("contacts/doubleOptinConfirmation", BrevoImport.Confirmation(api.Settings, Email(row.Change)!, Attributes(row.Change)), ct)
            : await api.PostAsync("contacts", Body(row.Change, api.Settings.ListId), ct);
        if (answer.Status == 400 && answer.Text.Contains("ext_id", StringComparison.Ordinal))
        {
            // Brevo knows this person under another address.
            await RewriteAsync(row, $"{Ext(row.Change)}?identifierType=ext_id", ct);
            return;
        }

        if (rows.StopsOn(answer))
        {
            return;
        }

        if (answer.Failure is not null)
        {
            rows.Say(row, BrevoApi.Refused(answer));
            return;
        }

        rows.Done(row, answer.At("id") ?? (doubly ? null : await NumberAsync(row, ct)), answer.Text);
    }

    private async Task RewriteAsync(Row row, string identifier, CancellationToken ct)
    {
        var attributes = Attributes(row.Change);
        attributes["EMAIL"] = Email(row.Change)!;
        var answer = await api.PutAsync($"contacts/{identifier}", new { attributes, listIds = new[] { api.Settings.ListId } }, ct);
        if (answer.Status == 404 && row.Change.RemoteId is not null)
        {
            // Deleted in Brevo meanwhile: made again.
            await CreateAsync(row with { Change = row.Change with { RemoteId = null, Held = null } }, ct);
        }
        else if (!rows.StopsOn(answer))
        {
            rows.Say(row, answer.Failure is null ? new Outcome.Delivered(row.Change.RemoteId ?? await NumberAsync(row, ct)) : BrevoApi.Refused(answer));
        }
    }

    private async Task<string?> NumberAsync(Row row, CancellationToken ct) =>
        (await api.GetAsync($"contacts/{Ext(row.Change)}?identifierType=ext_id", ct)).At("id");

    // Known by its number, and its address is the one Brevo holds.
    private static bool IsSteady(Change change) =>
        change.RemoteId is not null && change.Held is { } held && string.Equals(FieldMap.Text(held, "email"), Email(change), StringComparison.OrdinalIgnoreCase);

    private static string? Email(Change change) => FieldMap.Text(change.Payload, "email");

    private static string Ext(Change change) => $"{change.ProfileId}";

    private static Dictionary<string, object> Attributes(Change change) => Fields.Changed(change).ToDictionary(pair => pair.Key, pair => pair.Value ?? "");
}
