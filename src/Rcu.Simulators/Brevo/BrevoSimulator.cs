using System.Globalization;
using System.Text.Json;

namespace Rcu.Simulators.Brevo;

/// <summary>
/// Brevo's API v3: contacts known by number, address and external id, one list, an asynchronous import, companies. An attribute the
/// account does not have is dropped without a word; ten calls a second. Figures from its SDK's documentation.
/// </summary>
public sealed class BrevoSimulator : Simulator
{
    public const int ListId = 12;

    private readonly HashSet<string> _attributes =
        ["EMAIL", "NOM", "PRENOM", "CIVILITE", "FONCTION", "TELEPHONE", "MOBILE", "SOCIETE", "SIREN", "CODE_POSTAL", "VILLE"];

    private readonly Dictionary<int, int> _processes = [];
    private readonly KeyIndex<BrevoContact> _byEmail, _byExtId, _byId;
    private int _last = 20;

    public BrevoSimulator(TimeProvider clock)
        : base("brevo", new RateWindow(10, TimeSpan.FromSeconds(1), clock)) =>
        (_byEmail, _byExtId, _byId) = (new(Contacts, c => c.Email), new(Contacts, c => c.ExtId), new(Contacts, c => $"{c.Id}"));

    public override string Secret => "xkeysib-simulateur";

    public List<BrevoContact> Contacts { get; } = [];

    public List<BrevoCompany> Companies { get; } = [];

    /// <summary>Addresses people were asked to confirm.</summary>
    public List<string> Confirmations { get; } = [];

    public override IReadOnlyList<(string, IReadOnlyList<IReadOnlyDictionary<string, string?>>)> Shelves =>
    [
        ("Contacts", [.. Contacts.Select(c => c.Shown)]),
        ("Entreprises", [.. Companies.Select(c => new Dictionary<string, string?>(c.Attributes) { ["id"] = c.Id, ["name"] = c.Name })]),
    ];

    protected override object Memory => new Kept(_last, Contacts, Companies, Confirmations);

    protected override (string, string)[] Limits =>
    [
        ("x-sib-ratelimit-limit", $"{Rate.Most}"), ("x-sib-ratelimit-remaining", $"{Rate.Remaining}"), ("x-sib-ratelimit-reset", "1"),
    ];

    protected override void Remember(JsonElement memory)
    {
        var kept = Read<Kept>(memory);
        _last = kept.Last;
        Contacts.AddRange(kept.Contacts);
        Companies.AddRange(kept.Companies);
        Confirmations.AddRange(kept.Confirmations);
    }

    protected override bool LetsIn(Ask ask) => ask.Header("api-key") == Secret;

    protected override Reply Error(int status, string? retryAfter) => status switch
    {
        401 => new Reply(401, new { code = "unauthorized", message = "Key not found" }),
        429 => new Reply(429, new { code = "too_many_requests", message = "Too many requests" }, retryAfter is null ? [] : [("Retry-After", retryAfter)]),
        _ => Refused(status, "invalid_parameter", "Simulated accident"),
    };

    protected override Reply Answer(Ask ask) => (ask.Method, ask.Steps[1..]) switch
    {
        ("GET", ["contacts", "attributes"]) => new Reply(200, new { attributes = Known.Select(name => new { name, category = "normal", type = "text" }) }),
        ("GET", ["contacts", "lists", var list]) => Is(list) ? new Reply(200, new { id = ListId, name = "Référentiel", totalSubscribers = Contacts.Count(c => c.InList) }) : Unknown("List"),
        ("GET", ["contacts", "lists", _, "contacts"]) => Page(ask),
        ("POST", ["contacts", "lists", var list, "contacts", "remove"]) => Is(list) ? Remove(ask.Json) : Unknown("List"),
        ("POST", ["contacts", "batch"]) => Batch(ask.Json),
        ("POST", ["contacts", "import"]) => Import(ask.Json),
        ("POST", ["contacts", "doubleOptinConfirmation"]) => Confirm(ask.Json),
        ("GET", ["processes", var id]) => Process(id),
        ("POST", ["contacts"]) => Create(ask.Json),
        ("PUT", ["contacts", var who]) => Find(who, ask.Query["identifierType"]) is { } contact ? Update(contact, ask.Json) : Unknown("Contact"),
        ("GET", ["contacts", var who]) => Find(who, ask.Query["identifierType"]) is { } contact ? new Reply(200, contact.Body) : Unknown("Contact"),
        ("GET", ["companies"]) => BrevoCompany.Search(Companies, ask.Query["filters"].ToString()),
        ("POST", ["companies"]) => BrevoCompany.Create(Companies, ask.Json, $"629475917295261d{++_last:x8}"),
        ("PATCH", ["companies", var id]) => Companies.Find(c => c.Id == id) is { } company ? company.Update(ask.Json) : Unknown("Company"),
        _ => Refused(404, "document_not_found", "No such door"),
    };

    protected override HookMessage? Unsubscribe(string email, DateTimeOffset at)
    {
        if (ByEmail(email) is not { } contact)
        {
            return null;
        }

        contact.IsBlacklisted = true;
        return HookMessage.Json(new Dictionary<string, object> { ["event"] = "unsubscribed", ["email"] = contact.Email, ["id"] = contact.Id, ["ts_event"] = at.ToUnixTimeSeconds() });
    }

    private IEnumerable<string> Known => _attributes.Where(name => name != Faults.MissingField);

    private Reply Page(Ask ask)
    {
        var there = Contacts.Where(c => c.InList).OrderBy(c => ask.Query["sort"] == "asc" ? c.Id : -c.Id).ToList();
        return new Reply(200, new { contacts = there.Skip(ask.Number("offset", 0)).Take(ask.Number("limit", 50)).Select(c => c.Body), count = there.Count });
    }

    private Reply Create(JsonElement said)
    {
        var (email, ext) = (said.Text("email"), said.Text("ext_id"));
        if (!IsAddress(email))
        {
            return Refused(400, "invalid_parameter", "email is not valid in correct format");
        }

        var (byEmail, byExt) = (ByEmail(email!), _byExtId.Find(ext));
        if (byExt is not null && byExt != byEmail)
        {
            return Duplicate("ext_id");
        }

        if (byEmail is null)
        {
            return new Reply(201, new { id = Write(Add(email!), ext, said).Id });
        }

        if (said.Text("updateEnabled") != "true")
        {
            return Duplicate("email");
        }

        Write(byEmail, ext, said);
        return new Reply(204);
    }

    private Reply Update(BrevoContact contact, JsonElement said)
    {
        var moved = said.Pairs("attributes").Where(pair => pair.Name == "EMAIL").Select(pair => pair.Value).FirstOrDefault();
        if (moved is not null && (!IsAddress(moved) || (ByEmail(moved) is { } other && other != contact)))
        {
            return IsAddress(moved) ? Duplicate("email") : Refused(400, "invalid_parameter", "email is not valid in correct format");
        }

        contact.Email = moved ?? contact.Email;
        Write(contact, null, said);
        return new Reply(204);
    }

    private Reply Batch(JsonElement said)
    {
        var rows = said.List("contacts").Select(row => (Row: row, Contact: Find(row.Text("id") ?? row.Text("email") ?? "", row.Text("id") is null ? "email_id" : "contact_id"))).ToList();
        if (rows.Count is 0 or > 100)
        {
            return Refused(400, "invalid_parameter", rows.Count == 0 ? "contacts is missing" : "contacts should not exceed 100");
        }

        if (rows.Exists(row => row.Contact is null))
        {
            return Unknown("Contact");
        }

        rows.ForEach(row => Write(row.Contact!, null, row.Row));
        return new Reply(204);
    }

    private Reply Import(JsonElement said)
    {
        foreach (var row in said.List("jsonBody"))
        {
            if (row.Text("email") is { } email && IsAddress(email))
            {
                var ext = row.Text("ext_id");
                var contact = ByEmail(email) ?? _byExtId.Find(ext) ?? Add(email);
                contact.Email = email;
                Write(contact, ext, row);
                contact.InList = true;
            }
        }

        _processes[++_last] = 1;
        return new Reply(202, new { processId = _last });
    }

    private Reply Process(string id)
    {
        var number = int.Parse(id, CultureInfo.InvariantCulture);
        return !_processes.TryGetValue(number, out var left) ? Unknown("Process")
            : new Reply(200, new { id = number, status = (_processes[number] = left - 1) >= 0 ? "in_process" : "completed", name = "IMPORTUSER" });
    }

    private Reply Confirm(JsonElement said)
    {
        Confirmations.Add(said.Text("email")!);
        return new Reply(201);
    }

    private Reply Remove(JsonElement said)
    {
        var named = said.List("ids").Select(id => Find(id.AsText!, "contact_id")).Concat(said.List("extIds").Select(id => Find(id.AsText!, "ext_id")))
            .Concat(said.List("emails").Select(email => Find(email.AsText!, "email_id"))).ToList();
        var gone = named.OfType<BrevoContact>().Where(c => c.InList).ToList();
        gone.ForEach(contact => contact.InList = false);
        return gone.Count == 0
            ? Refused(400, "invalid_parameter", "Contact already removed from list and/or does not exist")
            : new Reply(201, new { contacts = new { success = gone.Select(c => c.Email), failure = Array.Empty<string>() } });
    }

    private BrevoContact Add(string email)
    {
        var contact = new BrevoContact(++_last) { Email = email };
        Contacts.Add(contact);
        return contact;
    }

    private BrevoContact Write(BrevoContact contact, string? ext, JsonElement said)
    {
        contact.Writes++;
        contact.ExtId = ext ?? contact.ExtId;
        _byExtId.Moved(contact);
        _byEmail.Moved(contact);
        contact.InList |= said.List("listIds").Any(list => Is(list.AsText));
        contact.IsBlacklisted = said.Text("emailBlacklisted") is { } blacklisted ? blacklisted == "true" : contact.IsBlacklisted;
        foreach (var (name, value) in said.Pairs("attributes").Where(pair => pair.Name != "EMAIL" && Known.Contains(pair.Name)))
        {
            contact.Attributes[name] = value;
        }

        return contact;
    }

    private BrevoContact? Find(string who, string? by) => by switch
    {
        "ext_id" => _byExtId.Find(who),
        "email_id" => ByEmail(who),
        _ => _byId.Find(who) ?? ByEmail(Uri.UnescapeDataString(who)),
    };

    private BrevoContact? ByEmail(string email) => _byEmail.Find(email);

    private static bool Is(string? list) => list == $"{ListId}";

    private static bool IsAddress(string? email) => email is not null && email.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && email.IndexOf('.', at) > at && !email.Contains(' ', StringComparison.Ordinal);

    private static Reply Duplicate(string identifier) => new(
        400, new { code = "duplicate_parameter", message = $"Unable to create contact, {identifier} is already associated with another Contact", metadata = new { duplicate_identifiers = new[] { identifier } } });

    private static Reply Unknown(string what) => Refused(404, "document_not_found", $"{what} not found");

    private static Reply Refused(int status, string code, string message) => new(status, new { code, message });

    private sealed record Kept(int Last, List<BrevoContact> Contacts, List<BrevoCompany> Companies, List<string> Confirmations);
}
