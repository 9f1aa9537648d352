using System.Globalization;

namespace Rcu.Demo;

/// <summary>Invents the people of each company: their names, jobs, addresses and choices.</summary>
internal sealed class DemoPeople(DemoWorld world, IReadOnlyList<string> surnames, DemoPhones phones)
{
    // The table of surnames has none of the accents that people have.
    private static readonly Dictionary<string, string> Accents = new()
    {
        ["Andre"] = "André",
        ["Barthelemy"] = "Barthélémy",
        ["Benard"] = "Bénard",
        ["Carre"] = "Carré",
        ["Clement"] = "Clément",
        ["Dupre"] = "Dupré",
        ["Etienne"] = "Étienne",
        ["Francois"] = "François",
        ["Gerard"] = "Gérard",
        ["Goncalves"] = "Gonçalves",
        ["Gregoire"] = "Grégoire",
        ["Guerin"] = "Guérin",
        ["Hebert"] = "Hébert",
        ["Herve"] = "Hervé",
        ["Lefevre"] = "Lefèvre",
        ["Leveque"] = "Lévêque",
        ["Mahe"] = "Mahé",
        ["Marechal"] = "Maréchal",
        ["Menard"] = "Ménard",
        ["Noel"] = "Noël",
        ["Prevost"] = "Prévost",
        ["Regnier"] = "Régnier",
        ["Remy"] = "Rémy",
        ["Vallee"] = "Vallée",
    };

    private static readonly (string, double)[] Mailboxes =
        [("{p}.{n}", 55), ("{p1}{n}", 15), ("{p1}.{n}", 12), ("{n}.{p}", 8), ("{p}", 5), ("{n}", 5)];

    private static readonly (string, double)[] OptIns = [("oui", 62), ("non", 14), ("", 24)];

    private static readonly string[] FreeMail = ["messagerie.example", "boite-gratuite.example", "webmail-perso.example"];

    private readonly KeyedChoices choices = world.Choices;
    private readonly (string Name, bool IsWoman)[] firstNames =
        [.. DemoTables.Rows("prenoms").Where(row => row[1] is "M" or "F").Select(row => (row[0], row[1] == "F"))];

    private readonly HashSet<string> mails = [];
    private int count;

    public static IReadOnlyList<string> FreeMailDomains => FreeMail;

    public static IReadOnlyList<string> Surnames() =>
        [.. DemoTables.Rows("noms_famille").Select(row => Accents.GetValueOrDefault(row[0], row[0])).Distinct(StringComparer.OrdinalIgnoreCase)];

    public void Hire(DemoCompany company)
    {
        var size = DemoHeadcounts.Typical(company.Headcount);
        var number = size > 0
            ? 1 + Math.Min(7, (int)(Math.Pow(size, .38) * 1.1))
            : choices.Between(1, 3, "people", company.Key);
        var mailbox = choices.Weighted(Mailboxes, "mailbox", company.Key);
        for (var i = 0; i < (company.IsEverywhere ? Math.Max(6, number) : number); i++)
        {
            company.People.Add(Person(company, i, mailbox));
        }
    }

    private DemoPerson Person(DemoCompany company, int i, string mailbox)
    {
        var key = $"{company.Key}.{i}";
        var (firstName, isWoman) = choices.Pick(firstNames, "first name", key);
        var lastName = choices.Pick(surnames, "last name", key);
        if (choices.Chance(.04, "double first name", key))
        {
            firstName += "-" + choices.Pick([.. firstNames.Where(name => name.IsWoman == isWoman)], "second first name", key).Name;
        }

        // Two people of one company may bear the same name: they stay two people.
        if (i > 0 && choices.Chance(.015, "homonym person", key))
        {
            (firstName, lastName, isWoman) = (company.People[0].FirstName, company.People[0].LastName, company.People[0].IsWoman);
        }

        var job = Job(company, i, key);
        var (first, last) = (DemoText.Slug(firstName), DemoText.Slug(lastName, ""));
        var local = mailbox.Replace("{p1}", first[..1]).Replace("{p}", first).Replace("{n}", last);
        var personal = $"{first}.{last}{choices.Between(10, 99, "personal mail", key)}";
        return new DemoPerson
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"P{++count:000000}"),
            Key = key,
            Company = company,
            Site = choices.Pick(company.Sites, "site", key),
            FirstName = firstName,
            LastName = lastName,
            IsWoman = isWoman,
            JobTitle = isWoman ? job.Woman : job.Man,
            Department = job.Department,
            Email = Unique(local, company.Domain),
            PersonalEmail = Unique(personal, choices.Pick(FreeMail, "free mail", key)),
            Mobile = choices.Chance(.55, "has mobile", key) ? phones.MobileOf(key) : "",
            Previous = world.Companies.Count > 1 && choices.Chance(.035, "mover", key) ? Previous(company, key) : null,
            OptIn = choices.Weighted(OptIns, "opt in", key),
        };
    }

    private DemoJob Job(DemoCompany company, int i, string key)
    {
        if (company.IsEverywhere && i < DemoJobs.Circle.Count)
        {
            return DemoJobs.All.First(entry => entry.Job.Man == DemoJobs.Circle[i]).Job;
        }

        return i == 0 && choices.Chance(.4, "manager", key) ? DemoJobs.All[0].Job : choices.Weighted(DemoJobs.All, "job", key);
    }

    private DemoCompany? Previous(DemoCompany company, string key)
    {
        var previous = choices.Pick(world.Companies, "previous employer", key);
        return previous == company ? null : previous;
    }

    private string Unique(string local, string domain)
    {
        var mail = $"{local}@{domain}";
        for (var copy = 2; !mails.Add(mail); copy++)
        {
            mail = $"{local}{copy}@{domain}";
        }

        return mail;
    }
}
