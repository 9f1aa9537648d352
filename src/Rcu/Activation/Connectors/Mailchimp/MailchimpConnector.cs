using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Rcu.Activation.Connectors.Calls;

namespace Rcu.Activation.Connectors.Mailchimp;

/// <summary>
/// Feeds an audience of Mailchimp, one member a call and a few at once: its batch call would subscribe again those who left. A status
/// is only ever given to someone new (<c>status_if_new</c>); the segment is a tag.
/// </summary>
public sealed class MailchimpConnector(ToolCalls calls) : IFieldedConnector
{
    // Mailchimp allows ten connections to a user, of which the hub is only one.
    private const int AtOnce = 4;

    private static readonly FieldMap Fields = new(
        ("given_name", "FNAME"), ("family_name", "LNAME"), ("phone", "PHONE"), ("job_title", "FONCTION"), ("account.name", "SOCIETE"), ("account.siren", "SIREN"));

    public string Kind => "mailchimp";

    public Type Settings => typeof(MailchimpSettings);

    public bool NeedsSecret => true;

    public int BatchSize => 100;

    public int PerCall => 1;

    public Error? Refusal(JsonElement settings) => SettingsReader.Read<MailchimpSettings>(settings) switch
    {
        null or { ListId: null or "" } => ActivationErrors.BadSettings("donnez l’identifiant de l’audience (Audience, Settings, Audience name and defaults)."),
        { Tag: null or "" } => ActivationErrors.BadSettings("donnez l’étiquette qui dira qui est dans le segment."),
        { BaseUrl: { Length: > 0 } url } when !calls.Allows(url) => ActivationErrors.BadAddress,
        _ => null,
    };

    public async Task<Result<string>> TestAsync(JsonElement settings, string? secret, CancellationToken ct)
    {
        if (Refusal(settings) is { } refused)
        {
            return refused;
        }

        var api = new MailchimpApi(calls, SettingsReader.Read<MailchimpSettings>(settings)!, secret);
        var list = await api.SendAsync(HttpMethod.Get, "", null, ct);
        if (list.Status == 404)
        {
            return ActivationErrors.BadSettings($"Mailchimp n’a pas d’audience {api.Settings.ListId}.");
        }

        var (missing, answer) = list.Failure is null ? await MissingAsync(api, Fields.Names, ct) : ([], list);
        return answer.Refusal is { } failed ? failed
            : missing.Count > 0 ? ActivationErrors.BadSettings(Lacks(missing))
            : list.At("name") ?? "";
    }

    public IReadOnlyList<FieldRule> UsualFields(bool accounts) => accounts ? [] : Fields.Usual;

    public async Task<Result<IReadOnlyList<string>>> FieldsAsync(JsonElement settings, string? secret, bool accounts, CancellationToken ct) =>
        Refusal(settings) is { } refused ? refused
        : (await new MailchimpApi(calls, SettingsReader.Read<MailchimpSettings>(settings)!, secret).SendAsync(HttpMethod.Get, "merge-fields?count=1000", null, ct)).Names(["merge_fields"], "tag");

    public string Show(Change change) => ToolCalls.Write(change.IsRemoval ? Tags("…", isActive: false) : Body(change));

    public async Task<IReadOnlyList<Outcome>> DeliverAsync(DeliveryBatch batch, CancellationToken ct)
    {
        var rows = new Rows(batch.Changes);
        if (Refusal(batch.Settings) is { } refused)
        {
            rows.Stop(new Outcome.Closed(refused.Message));
            return rows.Outcomes;
        }

        var api = new MailchimpApi(calls, SettingsReader.Read<MailchimpSettings>(batch.Settings)!, batch.Secret);
        rows.Say(rows.Open(change => change.IsAccount), new Outcome.Rejected("Mailchimp ne connaît que des personnes : choisissez un segment de contacts."));
        rows.Say(rows.Open(change => !change.IsRemoval && Email(change) is null), new Outcome.Rejected("Cette personne n’a pas d’adresse e-mail."));
        if (rows.Open(change => !change.IsRemoval).Count > 0)
        {
            var (missing, answer) = await MissingAsync(api, Fields.NamesIn(batch.Changes), ct);
            if (!rows.StopsOn(answer) && missing.Count > 0)
            {
                rows.Stop(new Outcome.Closed(Lacks(missing)));
            }
        }

        await Parallel.ForEachAsync(rows.Open(), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (row, token) =>
        {
            if (rows.GoOn)
            {
                await (row.Change.IsRemoval ? RemoveAsync(api, rows, row, token) : WriteAsync(api, rows, row, token));
            }
        });
        return rows.Outcomes;
    }

    private static async Task RemoveAsync(MailchimpApi api, Rows rows, Row row, CancellationToken ct)
    {
        if (Known(row.Change) is not { } member)
        {
            rows.Say(row, new Outcome.Rejected("Mailchimp ne connaît les gens que par leur adresse, et il n’a pas dit avoir pris la sienne : voyez s’il l’a dans l’audience."));
            return;
        }

        var answer = await api.SendAsync(HttpMethod.Post, $"members/{member}/tags", Tags(api.Settings.Tag, isActive: false), ct);
        if (!rows.StopsOn(answer))
        {
            rows.Say(row, answer.Failure is null || answer.Status == 404 ? new Outcome.Delivered(null) : Refused(answer));
        }
    }

    private static async Task WriteAsync(MailchimpApi api, Rows rows, Row row, CancellationToken ct)
    {
        var known = Known(row.Change);
        var answer = known is null ? null : await api.SendAsync(HttpMethod.Patch, $"members/{known}", Body(row.Change), ct);
        var isNew = answer is null or { Status: 404 };
        if (isNew)
        {
            var whole = row.Change with { Held = null, RemoteId = null };
            answer = await api.SendAsync(HttpMethod.Put, $"members/{Hash(Email(whole)!)}", Body(whole), ct);
        }

        if (answer!.Failure is null && isNew)
        {
            var tagged = await api.SendAsync(HttpMethod.Post, $"members/{answer.At("id")}/tags", Tags(api.Settings.Tag, isActive: true), ct);
            answer = tagged.Failure is null ? answer : tagged;
        }

        if (!rows.StopsOn(answer))
        {
            rows.Say(row, answer.Failure is null ? new Outcome.Delivered(answer.At("id")) : Refused(answer));
        }
    }

    private static async Task<(IReadOnlyList<string> Missing, ToolAnswer Answer)> MissingAsync(MailchimpApi api, IEnumerable<string> named, CancellationToken ct)
    {
        var answer = await api.SendAsync(HttpMethod.Get, "merge-fields?count=1000", null, ct);
        var there = answer.Rows("merge_fields").Select(field => ToolAnswer.TextAt(field, "tag")).ToHashSet();
        return ([.. named.Where(name => !there.Contains(name))], answer);
    }

    private static string Lacks(IReadOnlyList<string> missing) =>
        $"L’audience de Mailchimp n’a pas {(missing.Count == 1 ? "le champ" : "les champs")} {string.Join(", ", missing)} : créez-le dans Audience, Settings, Audience fields.";

    private static Outcome.Rejected Refused(ToolAnswer answer) => new($"Mailchimp refuse cette fiche : {answer.At("detail") ?? $"({answer.Status})"}", answer.Text);

    // A member that is known keeps the status they have.
    private static Dictionary<string, object?> Body(Change change)
    {
        var body = new Dictionary<string, object?> { ["email_address"] = Email(change) };
        if (Known(change) is null)
        {
            body["status_if_new"] = "subscribed";
        }

        body["merge_fields"] = Fields.Changed(change).ToDictionary(pair => pair.Key, pair => pair.Value ?? "");
        return body;
    }

    private static object Tags(string tag, bool isActive) => new { tags = new[] { new { name = tag, status = isActive ? "active" : "inactive" } } };

    private static string? Email(Change change) => FieldMap.Text(change.Payload, "email");

    private static string? Known(Change change) =>
        change.RemoteId ?? (change.Held is { } held && FieldMap.Text(held, "email") is { } email ? Hash(email) : null);

    // Mailchimp names a member so; it protects nothing.
#pragma warning disable CA5351
    private static string Hash(string email) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(email.ToLowerInvariant())));
#pragma warning restore CA5351
}
