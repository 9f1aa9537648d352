using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rcu.Demo;

/// <summary>The web tracking: visitors who read pages, about half of whom say one day who they are.</summary>
internal sealed class WebSource(DemoWorld world, DemoNoise noise)
{
    private static readonly string[] Pages =
        ["/", "/tarifs", "/produits", "/produits/maintenance", "/blog/rgpd-b2b", "/cas-clients", "/contact", "/demo", "/livre-blanc"];

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly KeyedChoices choices = world.Choices;
    private readonly List<(string Timestamp, string MessageId, string Json)> events = [];

    public async Task WriteAsync(string folder, CancellationToken ct)
    {
        foreach (var person in world.People.Where(
            p => p.Company.CeasedOn is null && choices.Chance(p.Company.IsEverywhere ? .7 : .34, "on the web", p.Key)))
        {
            for (var device = 0; device < (choices.Chance(.3, "second device", person.Key) ? 2 : 1); device++)
            {
                AddVisitor(person, device);
            }
        }

        events.Sort((a, b) => string.CompareOrdinal($"{a.Timestamp} {a.MessageId}", $"{b.Timestamp} {b.MessageId}"));
        await File.WriteAllTextAsync(
            Path.Combine(folder, "web_events.ndjson"), string.Concat(events.Select(e => e.Json + "\n")), DelimitedText.Utf8, ct);
    }

    private void AddVisitor(DemoPerson person, int device)
    {
        var key = $"{person.Key}:{device}";
        var visitor = choices.Identifier(24, "visitor", key).ToLowerInvariant();
        var known = choices.Chance(.55, "identified", key);
        world.Links.Add(new DemoLink("web", "visitor", visitor, person.Company.Siren)
        {
            PersonId = person.Id,
            Operators = known ? [] : ["anonyme"],
        });
        for (var session = 0; session < choices.Between(1, 3, "sessions", key); session++)
        {
            AddSession(person, visitor, $"{key}:{session}", session, known && session == 0);
        }
    }

    private void AddSession(DemoPerson person, string visitor, string key, int session, bool identifies)
    {
        var day = world.DaysAgo(1, 180, "visit", key);
        var hour = string.Create(
            CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd}T{choices.Between(7, 19, "visit hour", key):00}");
        for (var i = 0; i < choices.Between(1, 6, "pages", key); i++)
        {
            var page = choices.Pick(Pages, "page", $"{key}:{i}");
            Add("page", $"{visitor[..8]}-{session}-{i}", i * 4, entry =>
            {
                entry["name"] = page;
                entry["properties"] = new JsonObject { ["path"] = page, ["url"] = $"https://www.vendeur.example{page}" };
            });
        }

        if (identifies)
        {
            Add("identify", $"{visitor[..8]}-id", 30, entry =>
            {
                entry["userId"] = null;
                entry["traits"] = Traits(person, key);
            });
            Add("track", $"{visitor[..8]}-tr", 31, entry =>
            {
                entry["event"] = choices.Pick(["Demande de démo", "Livre blanc téléchargé", "Formulaire contact envoyé"], "form event", key);
                entry["properties"] = new JsonObject { ["form"] = $"f{choices.Between(1, 4, "form", key)}" };
            });
        }

        void Add(string type, string messageId, int minute, Action<JsonObject> fill)
        {
            var timestamp = string.Create(CultureInfo.InvariantCulture, $"{hour}:{minute:00}:00.000Z");
            var entry = new JsonObject
            {
                ["anonymousId"] = visitor,
                ["context"] = Context(person, key),
                ["type"] = type,
                ["messageId"] = messageId,
            };
            fill(entry);
            entry["timestamp"] = timestamp;
            events.Add((timestamp, messageId, entry.ToJsonString(Readable)));
        }
    }

    // The people of one company share one address, and companies share it too.
    private JsonObject Context(DemoPerson person, string key) => new()
    {
        ["ip"] = $"198.51.100.{choices.Between(1, 254, "ip", person.Company.Key)}",
        ["locale"] = "fr-FR",
        ["userAgent"] = "Mozilla/5.0 (demo)",
        ["campaign"] = new JsonObject { ["source"] = choices.Pick(["google", "linkedin", "newsletter", "direct"], "utm", key) },
    };

    private JsonObject Traits(DemoPerson person, string key)
    {
        var phone = noise.Phone(person.Mobile, $"web|{key}");
        return new JsonObject
        {
            ["email"] = choices.Chance(.85, "work mail", key) ? person.Email : person.PersonalEmail,
            ["firstName"] = person.FirstName,
            ["lastName"] = person.LastName,
            ["company"] = new JsonObject { ["name"] = noise.Name(person.Company, "web", key).Name },
            ["phone"] = phone.Length > 0 ? phone : null,
            ["title"] = choices.Chance(.5, "web title", key) ? person.JobTitle : null,
            ["consent"] = new JsonObject { ["marketing"] = person.OptIn == "oui" },
        };
    }
}
