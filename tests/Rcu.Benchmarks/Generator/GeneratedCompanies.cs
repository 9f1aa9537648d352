using System.Globalization;
using Rcu.Matching;

namespace Rcu.Benchmarks.Generator;

/// <summary>Company records of several systems: the first of a company is nearly clean, every other bears dirt.</summary>
internal sealed class GeneratedCompanies(ulong seed, long rows) : GeneratedSet(seed, rows)
{
    private const int Cut = 35;
    private readonly Companies _companies = new(seed);

    public override EntityKind Kind => EntityKind.Company;

    public override IReadOnlyList<(string Name, FieldKind? Kind)> Columns { get; } =
    [
        ("id", null), ("source", null), ("name", FieldKind.CompanyName), ("trade_name", FieldKind.CompanyName), ("legal_form", null),
        ("siren", FieldKind.Siren), ("siret", FieldKind.Siret), ("vat", FieldKind.Vat), ("naf", null), ("activity", null),
        ("street", FieldKind.Street), ("complement", null), ("postal_code", FieldKind.PostalCode), ("town", FieldKind.Town), ("country", FieldKind.Country),
        ("phone", FieldKind.Phone), ("email", FieldKind.Email), ("website", FieldKind.Website), ("contact", null), ("created", null),
    ];

    protected override IReadOnlyList<(ulong Dirt, double Weight)> Choices { get; } =
    [
        (Bit(Dirt.Case), .09), (Bit(Dirt.Accents), .06), (Bit(Dirt.FormMoved), .05), (Bit(Dirt.FormAbsent), .07), (Bit(Dirt.FormWritten), .03),
        (Bit(Dirt.Abbreviation), .08), (Bit(Dirt.TypoInsert), .04), (Bit(Dirt.TypoDelete), .04), (Bit(Dirt.TypoSubstitute), .04), (Bit(Dirt.TypoTranspose), .04),
        (Bit(Dirt.WordOrder), .04), (Bit(Dirt.Acronym), .08), (Bit(Dirt.Brand), .05), (Bit(Dirt.Cut), .02), (Bit(Dirt.Missing), .09),
        (Bit(Dirt.SirenWrongDigit), .03), (Bit(Dirt.SirenLostZero), .06), (Bit(Dirt.AddressMoved), .03), (Bit(Dirt.StreetAbbreviation), .06),
        (Bit(Dirt.Cedex), .03), (Bit(Dirt.PhoneFormat), .03), (Bit(Dirt.Switchboard), .01), (Bit(Dirt.FreeMail), .02), (Bit(Dirt.OldTown), .05), (Bit(Dirt.Establishment), .03),
    ];

    protected override ulong Fill(long entity, int copy, ulong dirt, ref Dice dice, string?[] cells)
    {
        var company = _companies.Of(entity);
        dirt = Possible(dirt, company);
        cells[1] = copy == 0 ? "crm" : dice.Pick(["crm", "erp", "salon", "web"]);
        cells[2] = NameOf(company, dirt, ref dice);
        cells[3] = company.Brand is not null && !Has(dirt, Dirt.Brand) && dice.Chance(.4) ? company.Brand : null;
        cells[4] = dice.Chance(.5) ? company.FormName : null;
        cells[8] = dice.Chance(.6) ? Words.Trades[company.Trade].Naf : null;
        cells[9] = dice.Chance(.4) ? Words.Trades[company.Trade].Activity : null;
        cells[11] = dice.Chance(.1) ? dice.Pick(Words.Complements) : null;
        cells[14] = dice.Chance(.7) ? "FRANCE" : null;
        cells[18] = dice.Chance(.5) ? company.Contact : null;
        cells[19] = string.Create(CultureInfo.InvariantCulture, $"20{dice.Between(10, 25)}-{dice.Between(1, 12):00}-{dice.Between(1, 28):00}");
        FillNumbers(company, dirt, ref dice, cells);
        FillAddress(company, dirt, ref dice, cells);
        FillContacts(company, dirt, ref dice, cells);
        if (Has(dirt, Dirt.Missing))
        {
            Forget(ref dice, cells);
        }

        return dirt;
    }

    private static ulong Possible(ulong dirt, Company company)
    {
        var impossible = (company.Acronym is null ? Bit(Dirt.Acronym) : 0) | (company.Brand is null ? Bit(Dirt.Brand) : 0)
            | (company.Siren[0] != '0' ? Bit(Dirt.SirenLostZero) : 0) | (company.Town.FormerName is null ? Bit(Dirt.OldTown) : 0);
        dirt &= ~impossible;

        // Another name somewhere else is another company, as far as anyone can tell.
        return (dirt & Bit(Dirt.Acronym, Dirt.Brand)) != 0 ? dirt & ~Bit(Dirt.AddressMoved, Dirt.Establishment, Dirt.OldTown, Dirt.Missing) : dirt;
    }

    private static string NameOf(Company company, ulong dirt, ref Dice dice)
    {
        if (Has(dirt, Dirt.Acronym) || Has(dirt, Dirt.Brand))
        {
            return Has(dirt, Dirt.Acronym) ? company.Acronym! : company.Brand!;
        }

        var name = Has(dirt, Dirt.Abbreviation) ? DirtyText.Abbreviated(company.Name, ref dice) : company.Name;
        name = Has(dirt, Dirt.WordOrder) ? DirtyText.Reordered(name, ref dice) : name;
        for (var typo = Dirt.TypoInsert; typo <= Dirt.TypoTranspose; typo++)
        {
            name = Has(dirt, typo) ? DirtyText.Typo(name, typo, ref dice) : name;
        }

        name = Has(dirt, Dirt.FormAbsent) ? name
            : Has(dirt, Dirt.FormMoved) || company.Form < 0 ? $"{company.FormName} {name}"
            : Has(dirt, Dirt.FormWritten) ? $"{name} {company.FormWritten}" : $"{name} {company.FormName}";
        name = Has(dirt, Dirt.Accents) ? DirtyText.WithoutAccents(name) : name;
        name = Has(dirt, Dirt.Case) ? dice.Chance(.7) ? DirtyText.Upper(name) : name.ToLowerInvariant() : name;
        return Has(dirt, Dirt.Cut) && name.Length > Cut ? name[..Cut] : name;
    }

    private static void FillNumbers(Company company, ulong dirt, ref Dice dice, string?[] cells)
    {
        var establishment = Has(dirt, Dirt.Establishment) ? dice.Between(2, 9) : 1;
        cells[5] = dice.Chance(.5) ? company.Siren : null;
        cells[6] = dice.Chance(.35) ? Companies.Siret(company.Siren, establishment) : null;
        cells[7] = dice.Chance(.25) ? Companies.Vat(company.Siren) : null;
        if (Has(dirt, Dirt.SirenWrongDigit))
        {
            var at = dice.Below(9);
            var wrong = (char)('0' + (company.Siren[at] - '0' + dice.Between(1, 9)) % 10);
            (cells[5], cells[6], cells[7]) = ($"{company.Siren[..at]}{wrong}{company.Siren[(at + 1)..]}", null, null);
        }
        else if (Has(dirt, Dirt.SirenLostZero))
        {
            (cells[5], cells[6], cells[7]) = (company.Siren[1..], cells[6]?[1..], null);
        }
        else if (cells[6] is { } siret && dice.Chance(.15))
        {
            cells[6] = $"{siret[..3]} {siret[3..6]} {siret[6..9]} {siret[9..]}";
        }
    }

    private static void FillAddress(Company company, ulong dirt, ref Dice dice, string?[] cells)
    {
        var (town, street) = Has(dirt, Dirt.AddressMoved) || Has(dirt, Dirt.Establishment)
            ? (Has(dirt, Dirt.AddressMoved) && dice.Chance(.5) ? company.Town : Town.Pick(ref dice), Street.Pick(ref dice))
            : (company.Town, company.Street);
        cells[10] = dice.Chance(.08) ? null : Has(dirt, Dirt.StreetAbbreviation) ? street.Abbreviated : street.Text;
        cells[12] = dice.Chance(.03) ? null : town.PostalCode;
        cells[13] = Has(dirt, Dirt.OldTown) ? town.FormerName ?? town.Name : dice.Chance(.25) ? town.Label : town.Name;
        if (Has(dirt, Dirt.Cedex))
        {
            var number = dice.Between(1, 20);
            cells[10] = $"{cells[10]} {dice.Pick(["BP", "CS"])} {dice.Between(10, 99_999)}".TrimStart();
            cells[12] = string.Create(CultureInfo.InvariantCulture, $"{town.PostalCode[..3]}{dice.Between(10, 99)}");
            cells[13] = string.Create(CultureInfo.InvariantCulture, $"{DirtyText.Upper(DirtyText.WithoutAccents(town.Name))} CEDEX {number:00}");
        }
    }

    private void FillContacts(Company company, ulong dirt, ref Dice dice, string?[] cells)
    {
        // A business centre answers for some hundreds of firms.
        var nine = Has(dirt, Dirt.Switchboard) ? $"1{80_000_000 + new Dice(Seed, dice.Below((int)(Rows / 400) + 1), 12).Below(9_999_999)}" : company.Phone;
        cells[15] = dice.Chance(.3) ? null : DirtyText.Phone(nine, Has(dirt, Dirt.PhoneFormat) ? dice.Between(2, 7) : dice.Below(2));
        var mail = company.Domain is null || Has(dirt, Dirt.FreeMail)
            ? $"{DirtyText.Slug(company.Name).Replace("-", ".", StringComparison.Ordinal)}@{dice.Pick(Words.FreeDomains)}"
            : $"{dice.Pick(Words.Mailboxes)}@{company.Domain}";
        cells[16] = dice.Chance(.45) ? null : mail;
        cells[17] = company.Domain is null || dice.Chance(.5) ? null
            : dice.Below(3) switch { 0 => company.Domain, 1 => $"www.{company.Domain}", _ => $"https://www.{company.Domain}/" };
    }

    private static void Forget(ref Dice dice, string?[] cells)
    {
        for (var i = dice.Between(2, 4); i > 0; i--)
        {
            switch (dice.Below(5))
            {
                case 0:
                    (cells[5], cells[6], cells[7]) = (null, null, null);
                    break;
                case 1:
                    cells[15] = null;
                    break;
                case 2:
                    (cells[16], cells[17]) = (null, null);
                    break;
                case 3:
                    cells[10] = null;
                    break;
                default:
                    cells[dice.Chance(.5) ? 12 : 13] = null;
                    break;
            }
        }
    }
}
