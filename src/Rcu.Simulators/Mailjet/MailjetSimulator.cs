using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Rcu.Simulators.Mailjet;

/// <summary>
/// Mailjet's contact lists: people known by their address, many managed by one asynchronous job with a file of errors, and
/// <c>addforce</c>, which subscribes again those who left. Bodies as recorded from the real one.
/// </summary>
public sealed class MailjetSimulator : Simulator
{
    public const int ListId = 58_704;

    private static readonly string[] Properties = ["nom", "prenom", "fonction", "societe", "siren", "ville"];

    private readonly Dictionary<int, (int Left, string Errors)> _jobs = [];
    private readonly KeyIndex<MailjetContact> _byEmail;
    private int _last = 35_800;

    public MailjetSimulator(TimeProvider clock)
        : base("mailjet", new RateWindow(60, TimeSpan.FromSeconds(10), clock)) => _byEmail = new(Contacts, contact => contact.Email);

    public override string Secret => "cle-simulateur:secret-simulateur";

    public List<MailjetContact> Contacts { get; } = [];

    public override IReadOnlyList<(string, IReadOnlyList<IReadOnlyDictionary<string, string?>>)> Shelves => [("Contacts", [.. Contacts.Select(c => c.Shown)])];

    protected override object Memory => Contacts;

    protected override void Remember(JsonElement memory) => Contacts.AddRange(Read<List<MailjetContact>>(memory));

    protected override bool LetsIn(Ask ask) => ask.Header("authorization") == $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret))}";

    protected override Reply Error(int status, string? retryAfter) => Refused(
        status, status switch { 401 => "API key authentication/authorization failure.", 429 => "Too many requests", _ => "Simulated accident" }) with
    { Headers = retryAfter is null ? [] : [("Retry-After", retryAfter)] };

    protected override Reply Answer(Ask ask) => (ask.Method, ask.Steps[2..]) switch
    {
        ("GET", ["contactmetadata"]) => Data([.. Properties.Where(name => name != Faults.MissingField).Select(name => new { Name = name, Datatype = "str", NameSpace = "static" })]),
        ("GET", ["contactslist", var list]) => list == $"{ListId}" ? Data([new { ID = ListId, Name = "Référentiel", SubscriberCount = Contacts.Count(c => c.IsIn) }]) : Unknown,
        ("POST", ["contactslist", var list, "managemanycontacts"]) => list == $"{ListId}" ? Manage(ask) : Unknown,
        ("GET", ["contactslist", _, "managemanycontacts", var job]) => Job(job, ask),
        ("GET", ["errors", var job]) => new Reply(200, _jobs[int.Parse(job, CultureInfo.InvariantCulture)].Errors),
        ("GET", ["contact", var email, "getcontactslists"]) => Find(Uri.UnescapeDataString(email)) is { } contact
            ? Data([new { ListID = ListId, IsActive = contact.IsIn, IsUnsub = contact.IsUnsubscribed }]) : Unknown,
        _ => Unknown,
    };

    private static Reply Unknown => Refused(404, "Object not found");

    private Reply Manage(Ask ask)
    {
        var (action, errors) = (ask.Json.Text("Action"), new StringBuilder());
        foreach (var said in ask.Rows("Contacts"))
        {
            var email = said.Text("Email") ?? "";
            if (email.IndexOf('@', StringComparison.Ordinal) < 1)
            {
                errors.Append('"').Append(email).Append("\",\"No @ character in mail\"\n");
            }
            else
            {
                Do(action!, email, said);
            }
        }

        _jobs[++_last] = (1, errors.ToString());
        return Data([new { JobID = _last }], 201);
    }

    private void Do(string action, string email, JsonElement said)
    {
        var contact = Find(email);
        if (contact is null && action is "remove" or "unsub")
        {
            return;
        }

        if (contact is null)
        {
            Contacts.Add(contact = new MailjetContact(email));
        }

        (contact.IsIn, contact.IsUnsubscribed) = action switch
        {
            "remove" => (false, contact.IsUnsubscribed),
            "unsub" => (contact.IsIn, true),
            "addforce" => (true, false),
            _ => (true, contact.IsUnsubscribed),
        };
        foreach (var (name, value) in said.Pairs("Properties").Where(pair => Properties.Contains(pair.Name)))
        {
            contact.Properties[name] = value;
        }
    }

    private Reply Job(string id, Ask ask)
    {
        var number = int.Parse(id, CultureInfo.InvariantCulture);
        var (left, errors) = _jobs[number];
        _jobs[number] = (left - 1, errors);
        return Data([left > 0 ? new { Status = "Upload", Error = "", ErrorFile = "" } : new
        {
            Status = "Completed", Error = "", ErrorFile = errors.Length == 0 ? "" : $"http://{ask.Header("host")}/{Name}/v3/REST/errors/{id}",
        }]);
    }

    protected override HookMessage? Unsubscribe(string email, DateTimeOffset at)
    {
        if (Find(email) is not { } contact)
        {
            return null;
        }

        contact.IsUnsubscribed = true;
        return HookMessage.Json(new[] { new Dictionary<string, object> { ["event"] = "unsub", ["email"] = contact.Email, ["time"] = at.ToUnixTimeSeconds(), ["mj_list_id"] = ListId } });
    }

    private MailjetContact? Find(string email) => _byEmail.Find(email);

    private static Reply Data(object[] rows, int status = 200) => new(status, new { Count = rows.Length, Data = rows, Total = rows.Length });

    private static Reply Refused(int status, string message) => new(status, new { ErrorInfo = "", ErrorMessage = message, StatusCode = status });
}

/// <summary>A person in the simulated Mailjet.</summary>
public sealed class MailjetContact(string email)
{
    public string Email => email;

    public bool IsIn { get; set; }

    public bool IsUnsubscribed { get; set; }

    public Dictionary<string, string?> Properties { get; init; } = [];

    internal Dictionary<string, string?> Shown => new(Properties) { ["Email"] = email, ["liste"] = IsIn ? "oui" : "", ["désabonné"] = IsUnsubscribed ? "oui" : "" };
}
