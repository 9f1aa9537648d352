using System.Globalization;

namespace Rcu.Demo;

/// <summary>The trade fair: a spreadsheet of scanned badges and visiting cards, typed in a hurry.</summary>
internal sealed class SalonSource(DemoWorld world, DemoNoise noise)
{
    private static readonly string[] Months =
    [
        "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre",
    ];

    private static readonly (int, double)[] NameOrders = [(0, 40), (1, 35), (2, 15), (3, 10)];

    private readonly KeyedChoices choices = world.Choices;

    // Three days, five weeks ago.
    private DateOnly Opening => world.Today.AddDays(-37);

    public async Task WriteAsync(string folder, CancellationToken ct)
    {
        var rows = new List<object[]>();
        foreach (var person in world.People.Where(
            p => p.Company.CeasedOn is null && choices.Chance(p.Company.IsEverywhere ? .4 : .12, "at the fair", p.Key)))
        {
            rows.Add(Row(person, rows.Count + 1));
        }

        var title = string.Create(
            CultureInfo.InvariantCulture,
            $"SALON DES ACHATS - PARIS - {Months[Opening.Month - 1]} {Opening.Year} - scans badge + cartes de visite");
        string[] header =
            ["N°", "Société", "Nom / Prénom", "Fonction", "Tél.", "Mail", "CP Ville", "Remarques", "Date", "Accord RGPD"];
        await SalonWorkbook.WriteAsync(Path.Combine(folder, "salon_scans.xlsx"), title, header, rows, ct);
    }

    private object[] Row(DemoPerson person, int number)
    {
        var key = $"salon|{person.Key}";
        var (company, operators) = noise.Name(person.Company, "salon", key);
        var name = Name(person, key);
        if (choices.Chance(.1, "name mistyped", key))
        {
            name = noise.Mistype(name, key);
            operators.Add("faute_nom");
        }

        var mail = Mail(person, key, operators);
        var phone = person.Mobile.Length > 0 ? person.Mobile : person.Company.Phone;
        var (city, postalCode) = (person.Site.City, person.Site.PostalCode);
        object[] row =
        [
            number,
            choices.Chance(.6, "upper company", key) ? DemoText.Upper(company) : company,
            name,
            choices.Chance(.7, "title", key) ? person.ShortJobTitle : "",
            phone.Length > 0 && choices.Chance(.15, "phone as number", key)
                ? int.Parse(phone, CultureInfo.InvariantCulture)
                : noise.Phone(phone, key),
            mail,
            choices.Chance(.5, "postal code", key) ? $"{postalCode} {city}" : city,
            choices.Pick(
                ["À rappeler", "Devis maintenance", "intéressé ++", "envoyer doc", "RDV le mois prochain", "pas de budget cette année", ""],
                "note",
                key),
            Opening.AddDays(choices.Between(0, 2, "fair day", key)),
            choices.Pick(["oui", "non", "OK", "x", ""], "agreement", key),
        ];
        world.Links.Add(new DemoLink("salon", "contact", number.ToString(CultureInfo.InvariantCulture), person.Company.Siren)
        {
            Siret = person.Site.Siret,
            PersonId = person.Id,
            Operators = operators,
        });
        return row;
    }

    private string Name(DemoPerson person, string key) => choices.Weighted(NameOrders, "name order", key) switch
    {
        0 => $"{person.FirstName} {person.LastName}",
        1 => $"{DemoText.Upper(person.LastName)} {person.FirstName}",
        2 => $"{person.Civility} {person.LastName}",
        _ => $"{person.FirstName[0]}. {person.LastName}",
    };

    private string Mail(DemoPerson person, string key, List<string> operators)
    {
        if (!choices.Chance(.7, "mail", key))
        {
            return "";
        }

        var mail = person.Email;
        if (choices.Chance(.08, "mail typed", key))
        {
            mail = mail.Replace("@", choices.Pick([" @ ", "(at)", "@ "], "at sign", key));
            operators.Add("email_saisie");
        }

        if (choices.Chance(.05, "mail domain", key))
        {
            mail = mail.Replace(".example", ".exemple");
            operators.Add("email_domaine_faux");
        }

        return mail;
    }
}
