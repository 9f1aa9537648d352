using System.Globalization;

namespace Rcu.Demo;

/// <summary>The e-mailing tool: people by their address, sometimes an old or a personal one, and what they did with each campaign.</summary>
internal sealed class MarketingSource(DemoWorld world, DemoNoise noise)
{
    private static readonly (string, double)[] Events =
        [("delivered", 45), ("opened", 30), ("clicked", 14), ("unsubscribed", 2), ("hardBounce", 3), ("softBounce", 6)];

    private readonly KeyedChoices choices = world.Choices;
    private readonly DelimitedText contacts = new(';');
    private readonly DelimitedText events = new(';');
    private int count;

    public async Task WriteAsync(string folder, CancellationToken ct)
    {
        contacts.Row(
            "CONTACT ID", "EMAIL", "PRENOM", "NOM", "SOCIETE", "FONCTION", "CODE_POSTAL", "SMS", "EMAIL_BLACKLISTED", "SOURCE", "OPTIN",
            "ADDED_TIME");
        events.Row("CONTACT ID", "EMAIL", "EVENT", "CAMPAIGN", "DATE");
        foreach (var person in world.People.Where(p => p.Company.IsEverywhere || choices.Chance(.7, "in marketing", p.Key)))
        {
            for (var copy = 0; copy < (choices.Chance(.07, "marketing twice", person.Key) ? 2 : 1); copy++)
            {
                AddContact(person, copy);
            }
        }

        await contacts.WriteAsync(Path.Combine(folder, "marketing_contacts.csv"), DelimitedText.Utf8, ct);
        await events.WriteAsync(Path.Combine(folder, "marketing_events.csv"), DelimitedText.Utf8, ct);
    }

    private void AddContact(DemoPerson person, int copy)
    {
        var key = $"marketing|{person.Key}:{copy}";
        var id = string.Create(CultureInfo.InvariantCulture, $"{100_000 + ++count}");
        var operators = new List<string>();
        var mail = Mail(person, copy, key, operators);
        var (company, done) = noise.Name(person.Company, "marketing", key);
        var hasCompany = choices.Chance(.7, "company", key);
        contacts.Row(
            id,
            mail,
            choices.Chance(.3, "lower first name", key) ? person.FirstName.ToLowerInvariant() : person.FirstName,
            choices.Chance(.85, "last name", key) ? person.LastName : "",
            !hasCompany ? "" : choices.Chance(.3, "lower company", key) ? company.ToLowerInvariant() : company,
            choices.Chance(.4, "title", key) ? person.JobTitle : "",
            choices.Chance(.35, "postal code", key) ? person.Company.Sites[0].PostalCode : "",
            person.Mobile.Length > 0 && choices.Chance(.4, "sms", key) ? "33" + person.Mobile[1..] : "",
            person.OptIn == "non" ? "1" : "0",
            choices.Pick(["newsletter", "livre-blanc", "webinaire", "salon", "import"], "origin", key),
            person.OptIn,
            $"{Day(world.DaysAgo(1, 2_800, "added", key))}T{Clock(7, 21, key)}:00+01:00");
        world.Links.Add(new DemoLink("marketing", "contact", id, person.Company.Siren)
        {
            PersonId = person.Id,
            DuplicateGroup = copy > 0 ? $"marketing:{person.Id}" : "",
            Operators = hasCompany ? [.. operators, .. done] : operators,
        });
        if (person.OptIn != "non")
        {
            AddEvents(person, id, mail, key);
        }
    }

    private string Mail(DemoPerson person, int copy, string key, List<string> operators)
    {
        if (copy > 0 || choices.Chance(.07, "personal", key))
        {
            operators.Add("email_perso");
            return person.PersonalEmail;
        }

        if (person.Previous is not null && choices.Chance(.6, "old mail", key))
        {
            operators.Add("ancien_email");
            return person.EmailAt(person.Previous);
        }

        return person.Email;
    }

    private void AddEvents(DemoPerson person, string id, string mail, string key)
    {
        for (var i = 0; i < choices.Between(person.Company.IsEverywhere ? 3 : 0, 7, "events", key); i++)
        {
            var at = $"{key}:{i}";
            var day = world.DaysAgo(1, 330, "event day", at);
            if (day > person.Company.CeasedOn)
            {
                continue;
            }

            events.Row(
                id,
                mail,
                choices.Weighted(Events, "event", at),
                string.Create(CultureInfo.InvariantCulture, $"campagne-{choices.Between(1, 24, "campaign", at):00}"),
                string.Create(CultureInfo.InvariantCulture, $"{Day(day)}T{Clock(6, 20, at)}:{choices.Between(0, 59, "second", at):00}Z"));
        }
    }

    private string Clock(int first, int last, string key) => string.Create(
        CultureInfo.InvariantCulture,
        $"{choices.Between(first, last, "hour", key):00}:{choices.Between(0, 59, "minute", key):00}");

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
