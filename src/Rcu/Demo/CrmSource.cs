using System.Globalization;

namespace Rcu.Demo;

/// <summary>The CRM: accounts typed by salespeople, some of them twice, their contacts, and what is being sold to them.</summary>
internal sealed class CrmSource(DemoWorld world, DemoNoise noise)
{
    private static readonly (string, double)[] Stages = [("Gagnée", 35), ("Perdue", 30), ("Proposition", 20), ("Qualification", 15)];

    private readonly KeyedChoices choices = world.Choices;
    private readonly DelimitedText accounts = new(',', quoteAll: true);
    private readonly DelimitedText contacts = new(',', quoteAll: true);
    private readonly DelimitedText opportunities = new(',', quoteAll: true);

    public async Task WriteAsync(string folder, CancellationToken ct)
    {
        accounts.Row(
            "Account ID", "Account Name", "SIRET", "VAT Number", "NAF Code", "Billing Street", "Billing Zip/Postal Code", "Billing City",
            "Billing Country", "Phone", "Website", "Type", "Employees", "Created Date");
        contacts.Row(
            "Contact ID", "Account ID", "Salutation", "First Name", "Last Name", "Email", "Phone", "Mobile", "Title", "Created Date",
            "Email Opt Out");
        opportunities.Row("Opportunity ID", "Account ID", "Opportunity Name", "Stage", "Amount", "Close Date");
        foreach (var company in world.Companies.Where(c => c.IsEverywhere || choices.Chance(.82, "in crm", c.Key)))
        {
            AddAccounts(company);
        }

        foreach (var person in world.People)
        {
            AddContacts(person);
        }

        foreach (var company in world.Companies.Where(c => c.CrmIds.Count > 0))
        {
            AddOpportunities(company);
        }

        await accounts.WriteAsync(Path.Combine(folder, "crm_accounts.csv"), DelimitedText.Utf8WithMark, ct);
        await contacts.WriteAsync(Path.Combine(folder, "crm_contacts.csv"), DelimitedText.Utf8WithMark, ct);
        await opportunities.WriteAsync(Path.Combine(folder, "crm_opportunities.csv"), DelimitedText.Utf8WithMark, ct);
    }

    private void AddAccounts(DemoCompany company)
    {
        for (var copy = 0; copy < (choices.Chance(.09, "crm twice", company.Key) ? 2 : 1); copy++)
        {
            var key = $"crm|{company.Key}:{copy}";
            var id = "001" + choices.Identifier(12, "crm account", key);
            var site = company.Sites[copy % company.Sites.Count];
            var (name, operators) = noise.Name(company, "crm", key);
            var hasAddress = choices.Chance(.85, "address", key);
            accounts.Row(
                id,
                choices.Chance(.8, "written with care", key) ? name : DemoText.Upper(DemoText.WithoutAccents(name)),
                Siret(site, key, operators),
                choices.Chance(.25, "vat", key) ? company.Vat : "",
                choices.Chance(.4, "naf", key) ? company.Naf.Replace(".", "") : "",
                hasAddress ? site.Address : "",
                hasAddress ? site.PostalCode : "",
                hasAddress ? site.City : "",
                choices.Pick(["France", "FR", "FRANCE", ""], "country", key),
                choices.Chance(.75, "phone", key) ? noise.Phone(company.Phone, key) : "",
                choices.Chance(.55, "website", key) ? choices.Pick(["https://www.", "http://", "www.", ""], "www", key) + company.Domain : "",
                choices.Pick(["Client", "Prospect", "Client", "Prospect", "Partenaire"], "type", company.Key),
                choices.Chance(.5, "employees", key) ? DemoHeadcounts.Typed(company.Headcount) : "",
                Day(world.DaysAgo(2, 3_600, "account created", key)));
            world.Links.Add(new DemoLink("crm", "account", id, company.Siren)
            {
                Siret = site.Siret,
                DuplicateGroup = copy > 0 ? $"crm:{company.Siren}" : "",
                Operators = operators,
            });
            company.CrmIds.Add(id);
        }
    }

    private string Siret(DemoSite site, string key, List<string> operators)
    {
        switch (choices.Share("siret", key))
        {
            case < .42:
                return site.Siret;
            case < .47:
                operators.Add("siret_faux");
                return noise.WrongSiret(site.Siret, key);
            case < .52:
                operators.Add("siren_seul");
                return site.Siren;
            case < .56:
                operators.Add("siret_espaces");
                return $"{site.Siret[..3]} {site.Siret[3..6]} {site.Siret[6..9]} {site.Siret[9..]}";
            default:
                return "";
        }
    }

    private void AddContacts(DemoPerson person)
    {
        var employer = person.Previous is { CrmIds.Count: > 0 } previous ? previous : person.Company;
        if (employer.CrmIds.Count == 0 || !(person.Company.IsEverywhere || choices.Chance(.72, "in crm", person.Key)))
        {
            return;
        }

        for (var copy = 0; copy < (choices.Chance(.06, "crm twice", person.Key) ? 2 : 1); copy++)
        {
            var key = $"crm|{person.Key}:{copy}";
            var id = "003" + choices.Identifier(12, "crm contact", key);
            var operators = new List<string>();
            if (employer != person.Company)
            {
                operators.Add("ancien_employeur");
            }

            var (first, last) = Names(person, key, operators);
            contacts.Row(
                id,
                choices.Pick(employer.CrmIds, "which account", key),
                choices.Chance(.7, "civility", key) ? person.Civility : "",
                first,
                last,
                Mail(employer == person.Company ? person.Email : person.EmailAt(employer), key, operators),
                choices.Chance(.4, "desk phone", key) ? noise.Phone(person.Company.Phone, $"desk|{key}") : "",
                choices.Chance(.8, "mobile", key) ? noise.Phone(person.Mobile, $"mobile|{key}") : "",
                choices.Chance(.8, "title", key)
                    ? choices.Chance(.35, "short title", key) ? person.ShortJobTitle : person.JobTitle
                    : "",
                Day(world.DaysAgo(1, 3_400, "contact created", key)),
                person.OptIn == "non" ? "true" : "false");
            world.Links.Add(new DemoLink("crm", "contact", id, employer.Siren)
            {
                PersonId = person.Id,
                DuplicateGroup = copy > 0 ? $"crm:{person.Id}" : "",
                Operators = operators,
            });
        }
    }

    private (string First, string Last) Names(DemoPerson person, string key, List<string> operators)
    {
        var (first, last) = (person.FirstName, person.LastName);
        if (Does(.03, "nom_prenom_inverses"))
        {
            (first, last) = (last, first);
        }

        if (Does(.05, "initiale"))
        {
            first = first[..1] + ".";
        }

        if (choices.Chance(.3, "upper name", key))
        {
            last = DemoText.Upper(last);
        }

        if (Does(.2, "sans_accent"))
        {
            (first, last) = (DemoText.WithoutAccents(first), DemoText.WithoutAccents(last));
        }

        return (first, Does(.03, "faute") ? noise.Mistype(last, key) : last);

        bool Does(double probability, string kind)
        {
            var does = choices.Chance(probability, kind, key);
            if (does)
            {
                operators.Add(kind);
            }

            return does;
        }
    }

    private string Mail(string mail, string key, List<string> operators)
    {
        if (!choices.Chance(.85, "mail", key))
        {
            return "";
        }

        if (choices.Chance(.02, "mail mistyped", key))
        {
            operators.Add("email_faute");
            var (local, domain) = (mail.Split('@')[0], mail.Split('@')[1]);
            return $"{noise.Mistype(local, key)}@{domain}";
        }

        if (choices.Chance(.05, "mail upper", key))
        {
            operators.Add("email_casse");
            return " " + DemoText.Upper(mail);
        }

        return mail;
    }

    // A deal still open closes in the months to come, or should have closed lately.
    private void AddOpportunities(DemoCompany company)
    {
        for (var i = 0; i < choices.Between(company.IsEverywhere ? 2 : 0, 3, "opportunities", company.Key); i++)
        {
            var key = $"{company.Key}:{i}";
            var stage = choices.Weighted(Stages, "stage", key);
            var open = stage is "Proposition" or "Qualification" && company.CeasedOn is null;
            var closes = world.DaysAgo(open ? -120 : 3, open ? 20 : 900, "closes", key);
            var subject = choices.Pick(["maintenance", "licences", "équipement", "formation", "audit"], "subject", key);
            opportunities.Row(
                "006" + choices.Identifier(12, "opportunity", key),
                company.CrmIds[0],
                string.Create(CultureInfo.InvariantCulture, $"Offre {subject} {closes.Year}"),
                company.CeasedOn is null ? stage : "Perdue",
                string.Create(CultureInfo.InvariantCulture, $"{choices.Between(8, 900, "amount", key) * 100}"),
                Day(closes));
        }
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
