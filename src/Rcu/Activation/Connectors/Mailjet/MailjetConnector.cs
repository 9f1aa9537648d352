using System.Globalization;
using System.Text.Json;
using Rcu.Activation.Connectors.Calls;

namespace Rcu.Activation.Connectors.Mailjet;

/// <summary>
/// Feeds a contact list of Mailjet, which knows a person by their address alone: one that changes is a new person there, put in the
/// list while the old one leaves it, unless they had unsubscribed under it. Always <c>addnoforce</c>: nobody is ever subscribed again.
/// </summary>
public sealed class MailjetConnector(ToolCalls calls) : IFieldedConnector
{
    private static readonly FieldMap Fields = new(
        ("family_name", "nom"), ("given_name", "prenom"), ("job_title", "fonction"), ("account.name", "societe"), ("account.siren", "siren"), ("account.city", "ville"));

    public string Kind => "mailjet";

    public Type Settings => typeof(MailjetSettings);

    public bool NeedsSecret => true;

    public int BatchSize => 1000;

    public Error? Refusal(JsonElement settings) => SettingsReader.Read<MailjetSettings>(settings) switch
    {
        null or { ListId: <= 0 } => ActivationErrors.BadSettings("donnez le numéro de la liste de contacts de Mailjet."),
        var read when !calls.Allows(read.BaseUrl) => ActivationErrors.BadAddress,
        _ => null,
    };

    public async Task<Result<string>> TestAsync(JsonElement settings, string? secret, CancellationToken ct)
    {
        if (Refusal(settings) is { } refused)
        {
            return refused;
        }

        var api = new MailjetApi(calls, SettingsReader.Read<MailjetSettings>(settings)!, secret);
        var list = await api.GetAsync(string.Create(CultureInfo.InvariantCulture, $"contactslist/{api.Settings.ListId}"), ct);
        if (list.Status == 404)
        {
            return ActivationErrors.BadSettings($"Mailjet n’a pas de liste {api.Settings.ListId}.");
        }

        var (missing, answer) = list.Failure is null ? await MissingAsync(api, Fields.Names, ct) : ([], list);
        return answer.Refusal is { } failed ? failed
            : missing.Count > 0 ? ActivationErrors.BadSettings(Lacks(missing))
            : ToolAnswer.TextAt(list.Rows("Data").FirstOrDefault(), "Name") ?? "";
    }

    public IReadOnlyList<FieldRule> UsualFields(bool accounts) => accounts ? [] : Fields.Usual;

    public async Task<Result<IReadOnlyList<string>>> FieldsAsync(JsonElement settings, string? secret, bool accounts, CancellationToken ct) =>
        Refusal(settings) is { } refused ? refused
        : (await new MailjetApi(calls, SettingsReader.Read<MailjetSettings>(settings)!, secret).GetAsync("contactmetadata?Limit=1000", ct)).Names(["Data"], "Name");

    public string Show(Change change) => ToolCalls.Write(
        change.IsRemoval ? new { Action = "remove", Contacts = new[] { new { Email = Known(change) } } } : new { Action = "addnoforce", Contacts = new[] { Body(change) } });

    public async Task<IReadOnlyList<Outcome>> DeliverAsync(DeliveryBatch batch, CancellationToken ct)
    {
        var rows = new Rows(batch.Changes);
        if (Refusal(batch.Settings) is { } refused)
        {
            rows.Stop(new Outcome.Closed(refused.Message));
            return rows.Outcomes;
        }

        var api = new MailjetApi(calls, SettingsReader.Read<MailjetSettings>(batch.Settings)!, batch.Secret);
        rows.Say(rows.Open(change => change.IsAccount), new Outcome.Rejected("Mailjet ne connaît que des personnes : choisissez un segment de contacts."));
        rows.Say(rows.Open(change => !change.IsRemoval && Email(change) is null), new Outcome.Rejected("Cette personne n’a pas d’adresse e-mail."));
        await RemoveAsync(api, rows, ct);
        if (rows.GoOn && rows.Open().Count > 0)
        {
            await AddAsync(api, rows, ct);
        }

        return rows.Outcomes;
    }

    private static async Task RemoveAsync(MailjetApi api, Rows rows, CancellationToken ct)
    {
        rows.Say(rows.Open(change => change.IsRemoval && Known(change) is null), new Outcome.Rejected("Mailjet ne connaît les gens que par leur adresse, et il n’a pas dit avoir pris la sienne : voyez s’il l’a dans sa liste."));
        var gone = rows.Open(change => change.IsRemoval);
        if (gone.Count == 0)
        {
            return;
        }

        var (_, answer) = await api.ManageAsync("remove", gone.Select(row => new { Email = Known(row.Change) }), ct);
        if (!rows.StopsOn(answer))
        {
            rows.Say(gone, answer.Failure ?? new Outcome.Delivered(null, answer.Text));
        }
    }

    private static async Task AddAsync(MailjetApi api, Rows rows, CancellationToken ct)
    {
        var (missing, said) = await MissingAsync(api, Fields.NamesIn(rows.Open().Select(row => row.Change)), ct);
        if (!rows.StopsOn(said) && missing.Count > 0)
        {
            rows.Stop(new Outcome.Closed(Lacks(missing)));
        }

        var moved = rows.Open(change => Known(change) is { } known && !string.Equals(known, Email(change), StringComparison.OrdinalIgnoreCase));
        foreach (var row in moved.TakeWhile(_ => rows.GoOn))
        {
            await JudgeMoveAsync(api, rows, row, ct);
        }

        var open = rows.Open();
        if (!rows.GoOn || open.Count == 0)
        {
            return;
        }

        var (refused, answer) = await api.ManageAsync("addnoforce", open.Select(row => Body(row.Change)), ct);
        if (rows.StopsOn(answer))
        {
            return;
        }

        var left = moved.Where(row => open.Contains(row)).ToList();
        if (answer.Failure is null && left.Count > 0)
        {
            var (_, leaving) = await api.ManageAsync("remove", left.Select(row => new { Email = Known(row.Change) }), ct);
            if (rows.StopsOn(leaving))
            {
                return;
            }
        }

        foreach (var row in open)
        {
            rows.Say(row, answer.Failure ?? (refused.TryGetValue(Email(row.Change)!, out var why)
                ? new Outcome.Rejected($"Mailjet refuse cette adresse : {why}")
                : new Outcome.Delivered(Email(row.Change))));
        }
    }

    // Whoever unsubscribed under the old address would be subscribed again under the new one.
    private static async Task JudgeMoveAsync(MailjetApi api, Rows rows, Row row, CancellationToken ct)
    {
        var answer = await api.GetAsync($"contact/{Uri.EscapeDataString(Known(row.Change)!)}/getcontactslists", ct);
        if (!rows.StopsOn(answer)
            && answer.Rows("Data").Any(list => ToolAnswer.NumberAt(list, "ListID") == api.Settings.ListId && ToolAnswer.TextAt(list, "IsUnsub") is "true"))
        {
            rows.Say(row, new Outcome.Rejected("Cette personne s’est désabonnée sous son ancienne adresse : sa nouvelle n’entre pas dans la liste."));
        }
    }

    private static async Task<(IReadOnlyList<string> Missing, ToolAnswer Answer)> MissingAsync(MailjetApi api, IEnumerable<string> named, CancellationToken ct)
    {
        var answer = await api.GetAsync("contactmetadata?Limit=1000", ct);
        var there = answer.Rows("Data").Select(data => ToolAnswer.TextAt(data, "Name")).ToHashSet();
        return ([.. named.Where(name => !there.Contains(name))], answer);
    }

    private static string Lacks(IReadOnlyList<string> missing) =>
        $"Mailjet n’a pas {(missing.Count == 1 ? "la propriété" : "les propriétés")} {string.Join(", ", missing)} : créez-la dans Contacts, Propriétés de contact.";

    private static object Body(Change change) => new
    {
        Email = Email(change),
        Name = FieldMap.Text(change.Payload, "name"),
        // A person under another address is another person there: they are told whole.
        Properties = (Known(change) == Email(change) ? Fields.Changed(change) : Fields.Known(change)).ToDictionary(pair => pair.Key, pair => pair.Value ?? ""),
    };

    private static string? Email(Change change) => FieldMap.Text(change.Payload, "email");

    // The address they are known under there.
    private static string? Known(Change change) => change.RemoteId ?? (change.Held is { } held ? FieldMap.Text(held, "email") : null);
}
