using System.Globalization;

namespace Rcu.Demo;

/// <summary>The ERP: customers in capitals cut at 35 characters, several codes for one customer, and their invoices.</summary>
internal sealed class ErpSource(DemoWorld world, DemoNoise noise)
{
    private readonly KeyedChoices choices = world.Choices;
    private readonly DelimitedText customers = new(';', "\r\n");
    private readonly DelimitedText lines = new(';', "\r\n");
    private readonly DelimitedText sold = new(';', "\r\n");
    private readonly HashSet<int> codes = [];

    /// <summary>Every invoice, for the books.</summary>
    public List<DemoInvoice> Invoices { get; } = [];

    public async Task WriteAsync(string folder, CancellationToken ct)
    {
        customers.Row(
            "CODE_CLIENT", "INTITULE", "ADRESSE", "COMPLEMENT", "CP", "VILLE", "PAYS", "SIRET", "NUM_TVA", "APE", "TELEPHONE", "EMAIL",
            "COMPTE", "REGLEMENT", "DATE_CREATION", "BLOQUE");
        lines.Row("NUM_FACTURE", "CODE_CLIENT", "DATE", "HT", "TVA", "TTC", "REGLEE");
        sold.Row("NUM_FACTURE", "LIGNE", "CODE_CLIENT", "DATE", "REFERENCE", "DESIGNATION", "GAMME", "QUANTITE", "HT");
        foreach (var company in world.Companies.Where(c => c.IsEverywhere || choices.Chance(.68, "in erp", c.Key)))
        {
            var count = Math.Min(company.Sites.Count, choices.Chance(.4, "several codes", company.Key) ? 3 : 1);
            for (var i = 0; i < count; i++)
            {
                AddCustomer(company, i);
            }
        }

        await customers.WriteAsync(Path.Combine(folder, "erp_clients.csv"), DelimitedText.Windows1252, ct);
        await lines.WriteAsync(Path.Combine(folder, "erp_factures.csv"), DelimitedText.Windows1252, ct);
        await sold.WriteAsync(Path.Combine(folder, "erp_lignes.csv"), DelimitedText.Windows1252, ct);
    }

    private void AddCustomer(DemoCompany company, int i)
    {
        var key = $"erp|{company.Key}:{i}";
        var (code, site) = (Code(key), company.Sites[i]);
        var (known, operators) = noise.Name(company, "erp", key);
        var accents = choices.Chance(.4, "accents", key);
        var name = Typed(DemoNoise.Abbreviate(known), accents);
        operators.Add(name.Length > 35 ? "tronque35" : "majuscules");
        name = Cut(name);
        var siret = Siret(site, key, operators);
        var cedex = choices.Chance(.1, "cedex", key);
        if (cedex)
        {
            operators.Add("cedex");
        }

        customers.Row(
            code,
            name,
            Cut(Typed(DemoNoise.Abbreviate(site.ShortAddress), accents)),
            company.CeasedOn is not null ? "LIQUIDATION JUDICIAIRE" : cedex ? $"BP {choices.Between(10, 990, "box", key)}" : "",
            cedex ? $"{site.PostalCode[..2]}{choices.Between(900, 999, "cedex code", key)}" : site.PostalCode,
            (accents ? DemoText.Upper(site.City) : DemoText.Register(site.City)) + (cedex ? " CEDEX" : ""),
            "FRANCE",
            siret,
            choices.Chance(.6, "vat", key) ? company.Vat : "",
            choices.Chance(.7, "naf", key) ? company.Naf.Replace(".", "") : "",
            choices.Chance(.8, "phone", key) ? noise.Phone(company.Phone, key) : "",
            choices.Chance(.5, "mail", key) ? choices.Pick(company.People, "contact", key).Email
                : choices.Chance(.5, "shared mail", key) ? $"compta@{company.Domain}" : "",
            "411000",
            choices.Weighted([("30 JOURS FDM", 4), ("45 JOURS", 3), ("COMPTANT", 2), ("60 JOURS", 3), ("COMPTANT < 300 €", 1.0)], "terms", key),
            French(world.DaysAgo(20, 5_000, "customer since", key)),
            company.CeasedOn is not null || choices.Chance(.05, "blocked", key) ? "O" : "N");
        world.Links.Add(new DemoLink("erp", "account", code, company.Siren)
        {
            Siret = site.Siret,
            DuplicateGroup = i > 0 ? $"erp:{company.Siren}" : "",
            Operators = operators,
        });
        AddInvoices(company, site, code, name, key);
    }

    // Most customers buy all along; some left a year ago, some came this season.
    private void AddInvoices(DemoCompany company, DemoSite site, string code, string name, string key)
    {
        var (least, most) = choices.Weighted([((1, 729), 72), ((400, 729), 14), ((1, 120), 14.0)], "habits", company.Key);
        var count = company.IsEverywhere ? choices.Between(8, 20, "invoices", key) : choices.Between(0, 8, "invoices", key);
        var size = DemoHeadcounts.Typical(company.Headcount) > 30 ? 3 : 1;
        for (var i = 0; i < count; i++)
        {
            var at = $"{key}:{i}";
            var day = world.DaysAgo(least, most, "invoiced", at);
            if (day > company.CeasedOn)
            {
                continue;
            }

            var net = size * choices.Between(90, 12_000, "net", at) + choices.Between(0, 99, "cents", at) / 100m;
            var vat = Math.Round(net * .2m, 2, MidpointRounding.AwayFromZero);
            var age = world.Today.DayNumber - day.DayNumber;
            var number = string.Create(CultureInfo.InvariantCulture, $"F{day.Year}-{Invoices.Count + 1:00000}");
            var invoice = new DemoInvoice(number, code, name, day, net, vat);
            Invoices.Add(invoice);
            lines.Row(
                number, code, French(day), Amount(net), Amount(vat), Amount(invoice.Total),
                choices.Chance(age < 45 ? .4 : .93, "paid", at) ? "O" : "N");
            AddLines(company, invoice, at);
            world.Links.Add(new DemoLink("erp", "invoice", number, company.Siren) { Siret = site.Siret });
        }
    }

    // One article, or two that share the amount.
    private void AddLines(DemoCompany company, DemoInvoice invoice, string at)
    {
        var parts = choices.Chance(.35, "two articles", at) ? 2 : 1;
        var first = parts == 1 ? invoice.Net : Math.Round(invoice.Net * choices.Between(30, 70, "share", at) / 100m, 2, MidpointRounding.AwayFromZero);
        for (var i = 0; i < parts; i++)
        {
            var article = DemoArticles.Of(company, choices, $"{at}:{i}");
            sold.Row(
                invoice.Number, string.Create(CultureInfo.InvariantCulture, $"{i + 1}"), invoice.CustomerCode, French(invoice.Day), article.Code, article.Label, article.Range,
                string.Create(CultureInfo.InvariantCulture, $"{choices.Between(1, 12, "quantity", $"{at}:{i}")}"), Amount(i == 0 ? first : invoice.Net - first));
        }
    }

    private string Siret(DemoSite site, string key, List<string> operators)
    {
        if (choices.Chance(.82, "siret", key))
        {
            return site.Siret;
        }

        if (!choices.Chance(.15, "wrong siret", key))
        {
            return "";
        }

        operators.Add("siret_faux");
        return noise.WrongSiret(site.Siret, key);
    }

    private string Code(string key)
    {
        var code = choices.Between(10_000, 89_999, "code", key);
        while (!codes.Add(code))
        {
            code = code == 99_999 ? 10_000 : code + 1;
        }

        return string.Create(CultureInfo.InvariantCulture, $"C{code}");
    }

    // Some of those who type keep the accents on capitals, œ and the curved apostrophe with them.
    private static string Typed(string text, bool accents) => DemoText.Upper(accents ? text : DemoText.WithoutAccents(text));

    private static string Cut(string text) => text.Length > 35 ? text[..35].Trim() : text;

    private static string French(DateOnly day) => day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);

    internal static string Amount(decimal amount) => amount.ToString("0.00", CultureInfo.InvariantCulture).Replace('.', ',');
}
