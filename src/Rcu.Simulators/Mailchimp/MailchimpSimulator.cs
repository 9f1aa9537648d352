using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rcu.Simulators.Mailchimp;

/// <summary>
/// An audience of Mailchimp: members named by the MD5 of their address, a status that only a new one takes from
/// <c>status_if_new</c>, tags, no word of limits in its headers. Bodies as recorded from the real one.
/// </summary>
public sealed class MailchimpSimulator : Simulator
{
    public const string ListId = "a36b032126";

    private static readonly string[] Fields = ["FNAME", "LNAME", "PHONE", "FONCTION", "SOCIETE", "SIREN"];

    private readonly KeyIndex<MailchimpMember> _byId;

    public MailchimpSimulator(TimeProvider clock)
        : base("mailchimp", new RateWindow(100_000, TimeSpan.FromDays(1), clock)) => _byId = new(Members, member => member.Id);

    public override string Secret => "0123456789simulateur-us3";

    public List<MailchimpMember> Members { get; } = [];

    public override IReadOnlyList<(string, IReadOnlyList<IReadOnlyDictionary<string, string?>>)> Shelves => [("Membres", [.. Members.Select(m => m.Shown)])];

    protected override object Memory => Members;

    protected override void Remember(JsonElement memory) => Members.AddRange(Read<List<MailchimpMember>>(memory));

    protected override bool LetsIn(Ask ask) => ask.Header("authorization") == $"Bearer {Secret}";

    protected override Reply Error(int status, string? retryAfter) => status switch
    {
        401 => Refused(401, "API Key Invalid", "Your API key may be invalid, or you've attempted to access the wrong datacenter."),
        429 => Refused(429, "Too Many Requests", "You have exceeded the limit of 10 simultaneous connections."),
        _ => Refused(status, "Internal Server Error", "Simulated accident"),
    };

    protected override Reply Answer(Ask ask) => (ask.Method, ask.Steps) switch
    {
        (_, [_, "lists", not ListId, ..]) => Unknown,
        ("GET", [_, "lists", _]) => new Reply(200, new { id = ListId, name = "Référentiel" }),
        ("GET", [_, "lists", _, "merge-fields"]) => new Reply(200, new { merge_fields = Known.Select(tag => new { tag, name = tag, type = "text" }) }),
        ("PUT", [_, "lists", _, "members", var id]) => Put(Find(id), ask.Json),
        ("PATCH", [_, "lists", _, "members", var id]) => Find(id) is { } member ? Write(member, ask.Json) : Unknown,
        ("POST", [_, "lists", _, "members", var id, "tags"]) => Find(id) is { } member ? member.Tag(ask.Json) : Unknown,
        _ => Unknown,
    };

    private static Reply Unknown => Refused(404, "Resource Not Found", "The requested resource could not be found.");

    private IEnumerable<string> Known => Fields.Where(name => name != Faults.MissingField);

    private Reply Put(MailchimpMember? member, JsonElement said)
    {
        var email = said.Text("email_address") ?? "";
        if (member is not null)
        {
            return Write(member, said);
        }

        if (Objection(null, email) is { } refused)
        {
            return refused;
        }

        member = new MailchimpMember { Email = email, Status = said.Text("status") ?? said.Text("status_if_new") ?? "" };
        Members.Add(member);
        return Write(member, said);
    }

    private Reply Write(MailchimpMember member, JsonElement said)
    {
        if (said.Text("email_address") is { } email && Objection(member, email) is { } refused)
        {
            return refused;
        }

        if (said.Text("status") is "subscribed" && member.Status is "unsubscribed" or "cleaned")
        {
            return Refused(400, "Member In Compliance State", $"{member.Email} is in a compliance state due to unsubscribe, bounce, or compliance review and cannot be subscribed.");
        }

        (member.Email, member.Status) = (said.Text("email_address") ?? member.Email, said.Text("status") ?? member.Status);
        _byId.Moved(member);
        foreach (var (name, value) in said.Pairs("merge_fields").Where(pair => Known.Contains(pair.Name)))
        {
            member.Fields[name] = value;
        }

        return new Reply(200, new { id = member.Id, email_address = member.Email, status = member.Status, merge_fields = member.Fields });
    }

    private Reply? Objection(MailchimpMember? member, string email) =>
        email.IndexOf('@', StringComparison.Ordinal) < 1 ? Refused(400, "Invalid Resource", "Please provide a valid email address.")
        : email.EndsWith("@example.com", StringComparison.OrdinalIgnoreCase) ? Refused(400, "Invalid Resource", $"{email} looks fake or invalid, please enter a real email address.")
        : Find(Hash(email)) is { } other && other != member ? Refused(400, "Member Exists", $"{email} is already a list member. Use PUT to insert or update list members.")
        : null;

    protected override HookMessage? Unsubscribe(string email, DateTimeOffset at)
    {
        if (Find(Hash(email)) is not { } member)
        {
            return null;
        }

        member.Status = "unsubscribed";
        return new HookMessage(
            "application/x-www-form-urlencoded",
            $"type=unsubscribe&fired_at={Uri.EscapeDataString($"{at.UtcDateTime:yyyy-MM-dd HH:mm:ss}")}&data%5Baction%5D=unsub&data%5Bemail%5D={Uri.EscapeDataString(member.Email)}");
    }

    private MailchimpMember? Find(string hash) => _byId.Find(hash);

#pragma warning disable CA5351 // Mailchimp names a member so; it protects nothing.
    internal static string Hash(string email) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(email.ToLowerInvariant())));
#pragma warning restore CA5351

    private static Reply Refused(int status, string title, string detail) =>
        new(status, new { type = "https://mailchimp.com/developer/marketing/docs/errors/", title, status, detail, instance = "simulateur" });
}

/// <summary>A member of the simulated audience.</summary>
public sealed class MailchimpMember
{
    public required string Email
    {
        get;
        set => (field, Id) = (value, MailchimpSimulator.Hash(value));
    }

    /// <summary>What Mailchimp calls it.</summary>
    [JsonIgnore]
    public string Id { get; private set; } = "";

    public required string Status { get; set; }

    public Dictionary<string, string?> Fields { get; init; } = [];

    public HashSet<string> Tags { get; init; } = [];

    internal Dictionary<string, string?> Shown => new(Fields) { ["email"] = Email, ["status"] = Status, ["tags"] = string.Join(", ", Tags) };

    internal Reply Tag(JsonElement said)
    {
        foreach (var tag in said.List("tags"))
        {
            _ = tag.Text("status") == "active" ? Tags.Add(tag.Text("name")!) : Tags.Remove(tag.Text("name")!);
        }

        return new Reply(204);
    }
}
