namespace Rcu.Demo;

/// <summary>Invents the companies, their establishments and their groups.</summary>
internal sealed class DemoCompanies(DemoWorld world, DemoNames names)
{
    private static readonly (string, double)[] Forms = [("SARL", 40), ("SAS", 35), ("SA", 6), ("EURL", 5), ("SASU", 5), ("", 9)];

    private static readonly (string, double)[] Headcounts =
    [
        ("", 42), ("NN", 4), ("00", 14), ("01", 16), ("02", 8), ("03", 5), ("11", 4), ("12", 3), ("21", 1.4), ("22", .8), ("31", .5),
        ("32", .5), ("41", .4), ("42", .2), ("51", .2),
    ];

    private static readonly (string, double)[] LargeHeadcounts = [("03", 2), ("11", 3), ("12", 3), ("21", 2), ("22", 1), ("32", 1)];

    private static readonly (int, double)[] SiteCounts = [(1, 76), (2, 14), (3, 6), (4, 2), (5, 1), (6, 1)];

    private readonly KeyedChoices choices = world.Choices;
    private readonly DemoPlaces places = new(world.Choices);
    private readonly HashSet<int> numbers = [];
    private readonly HashSet<string> cores = [];
    private readonly HashSet<string> domains = [];

    public DemoPhones Phones { get; } = new(world.Choices);

    // Whatever refers to another company refers to an earlier one, so that one company more changes none of these.
    public DemoCompany Add(int index)
    {
        var key = $"c{index}";
        var (core, form, naf) = Name(key, index);
        var everywhere = choices.Chance(.06, "everywhere", key);
        var siren = Siren(key);
        var company = new DemoCompany
        {
            Key = key,
            Siren = siren,
            Core = core,
            Form = form ?? choices.Weighted(Forms, "form", key),
            Naf = naf,
            Headcount = choices.Weighted(everywhere ? LargeHeadcounts : Headcounts, "headcount", key),
            Acronym = Initials(core),
            Domain = Domain(core, siren),
            Group = "",
            IsEverywhere = everywhere,
            CeasedOn = !everywhere && choices.Chance(.03, "ceased", key) ? world.DaysAgo(30, 600, "ceased on", key) : null,
        };
        JoinGroup(company, index);
        AddSites(company, everywhere ? Math.Max(2, choices.Weighted(SiteCounts, "sites", key)) : choices.Weighted(SiteCounts, "sites", key));
        world.Companies.Add(company);
        return company;
    }

    // A few companies bear the name of another one, in another town: they must not be taken for it.
    private (string Core, string? Form, string Naf) Name(string key, int index)
    {
        if (index > 30 && choices.Chance(.02, "homonym", key))
        {
            var other = choices.Pick(world.Companies, "homonym of", key);
            return (other.Core, other.Form, other.Naf);
        }

        var invented = names.Invent(key);
        for (var attempt = 1; !cores.Add(DemoText.Slug(invented.Name)); attempt++)
        {
            invented = names.Invent($"{key}/{attempt}");
        }

        return (invented.Name, invented.Form, invented.Trade.Naf);
    }

    private string Siren(string key)
    {
        var number = choices.Between(2, DemoSirens.Capacity - 1, "siren", key);
        while (!numbers.Add(number))
        {
            number = number == DemoSirens.Capacity - 1 ? 2 : number + 1;
        }

        return DemoSirens.At(number);
    }

    private string Domain(string core, string siren)
    {
        var slug = DemoText.Slug(core);
        var label = slug[..Math.Min(28, slug.Length)].Trim('-');
        var domain = $"{label}.example";
        if (!domains.Add(domain))
        {
            domain = $"{label}-{siren[5..]}.example";
            domains.Add(domain);
        }

        return domain;
    }

    // Subsidiaries share the mail domain of their parent, without being it.
    private void JoinGroup(DemoCompany company, int index)
    {
        if (index == 0 || !choices.Chance(.06, "group", company.Key))
        {
            return;
        }

        var parent = choices.Pick(world.Companies, "group of", company.Key);
        if (parent.Group.Length == 0)
        {
            (company.Group, company.Domain) = (parent.Siren, parent.Domain);
        }
    }

    private void AddSites(DemoCompany company, int count)
    {
        var first = choices.Between(1, 4, "first establishment", company.Key);
        var departments = new List<string>();
        for (var i = 0; i < count; i++)
        {
            var key = $"{company.Key}:{i}";
            var (city, department, postalCode) = places.Town(key);
            var (number, street) = places.Address(key);
            var brand = choices.Chance(i == 0 ? .15 : .3, "brand", key) ? names.Brand(key) : "";
            var siret = DemoSirens.SiretOf(company.Siren, first + i);
            company.Sites.Add(new DemoSite(siret, company.Siren, i == 0, number, street, postalCode, city, brand, company.Naf));
            departments.Add(department);
        }

        company.Phone = Phones.Landline(departments[0], company.Key);
    }

    private static string Initials(string core)
    {
        var words = DemoText.Register(core).Split(' ').Where(word => word.Length > 2 && word != "DES").ToArray();
        return words.Length < 3 ? "" : string.Concat(words.Select(word => word[0]));
    }
}
