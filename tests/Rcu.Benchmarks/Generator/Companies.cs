using System.Globalization;

namespace Rcu.Benchmarks.Generator;

/// <summary>
/// As many invented companies as a set needs, each from its number alone. Some are made to be taken for another: homonyms in two
/// towns, shops of one franchise, neighbours at one address, numbered property companies, a holding beside its subsidiary.
/// </summary>
internal sealed class Companies(ulong seed)
{
    private const int Roles = 24;

    public Company Of(long id)
    {
        var own = Plain(id);
        var (block, slot) = Math.DivRem(id, Layout.SlotsPerBlock);
        var role = (slot + block) % Roles;
        return slot == 0 || (role is 9 or 10 or 12 && block % 2 == 0) ? own : role switch
        {
            3 or 15 => Homonym(own, Plain(id - 1)),
            5 or 17 => Neighbour(own, Plain(id - 1), id),
            7 => Franchised(own, id),
            9 => Numbered(own, own, id, 1),
            10 => Numbered(own, Plain(id - 1), id - 1, 2),
            12 => Holding(own, Plain(id - 1), id),
            _ => own,
        };
    }

    /// <summary>A head office's number ends in 0001 and its check digit; another establishment's in more.</summary>
    public static string Siret(string siren, int establishment)
    {
        var digits = string.Create(CultureInfo.InvariantCulture, $"{siren}{establishment:0000}");
        return digits + CheckDigit(digits);
    }

    public static string Vat(string siren) => string.Create(
        CultureInfo.InvariantCulture, $"FR{(12 + 3 * (int.Parse(siren, CultureInfo.InvariantCulture) % 97)) % 97:00}{siren}");

    private Company Plain(long id)
    {
        var dice = new Dice(seed, id, 1);
        var town = Town.Pick(ref dice);
        var trade = dice.Below(Words.Trades.Length);
        var (name, form, acronym) = Name(ref dice, trade, town);
        var own = new Company
        {
            Name = name,
            Form = form,
            Acronym = acronym,
            Siren = Siren(id),
            Brand = dice.Chance(.25) ? Brand(ref dice) : null,
            Town = town,
            Street = Street.Pick(ref dice),
            Phone = Phone(ref dice, town),
            Contact = $"{Words.Given(ref dice, dice.Chance(.45))} {Words.Family(ref dice)}",
            Trade = trade,
        };
        return dice.Chance(.7) ? own with { Domain = $"{DirtyText.Slug(name)}-{DirtyText.Slug(town.Name)}.example" } : own;
    }

    private static (string Name, int Form, string? Acronym) Name(ref Dice dice, int trade, Town town)
    {
        var (family, activity, form) = (Words.Family(ref dice), Words.Trades[trade].Name, Form(ref dice));
        switch (dice.Below(100))
        {
            case < 14:
                return ($"{activity} {family}", form, null);
            case < 20:
                return ($"{family} {activity}", form, null);
            case < 28:
                return ($"{dice.Pick(["Établissements", "Entreprise", "Maison", "Société"])} {family}", form, null);
            case < 34:
                return ($"{family} {dice.Pick(["et Fils", "Frères", "Père et Fils", "et Associés"])}", form, null);
            case < 44:
                return ($"{activity} {dice.Pick(Words.Places)}", form, null);
            case < 66:
                return ($"{Words.Brand(ref dice)} {dice.Pick(["Conseil", "Services", "France", "Groupe", "Solutions", "Développement", activity, activity])}", form, null);
            case < 74:
                return ($"{family} {dice.Pick(["et", "&"])} {Words.Family(ref dice)}", form, null);
            case < 80:
                return ($"{Words.Given(ref dice, woman: false)} {family}", form, null);
            case < 90:
                return LongName(ref dice, form);
            case < 96:
                return ($"{dice.Pick(Words.SciNames)} {family}", -1, null);
            default:
                return ($"{activity} {family} {town.Name}", form, null);
        }
    }

    private static (string, int, string?) LongName(ref Dice dice, int form)
    {
        var (quality, first, second) = (dice.Pick(Words.Qualities), dice.Pick(Words.Purposes), dice.Pick(Words.Purposes));
        var brand = Words.Brand(ref dice);
        return ($"Société {quality} de {first} et de {second} {brand}", form, $"S{DirtyText.WithoutAccents(quality)[0]}{DirtyText.WithoutAccents(first)[0]}{DirtyText.WithoutAccents(second)[0]}{brand[0]}");
    }

    private static string Brand(ref Dice dice) => dice.Below(3) switch
    {
        0 => Words.Brand(ref dice),
        1 => $"{dice.Pick(["Le Comptoir", "La Maison", "L'Atelier", "Le Relais", "Le Jardin"])} {dice.Pick(["de", "chez", "by"])} {Words.Family(ref dice)}",
        _ => $"{Words.Brand(ref dice)} {dice.Pick(["Express", "Plus", "Store", "Pro", "Center"])}",
    };

    private static Company Homonym(Company own, Company other) => own with
    {
        Name = other.Name,
        Form = other.Form,
        Trade = other.Trade,
        Acronym = other.Acronym,
        Domain = own.Domain is null ? null : $"{DirtyText.Slug(other.Name)}-{DirtyText.Slug(own.Town.Name)}.example",
    };

    private Company Neighbour(Company own, Company other, long id) => own with
    {
        Town = other.Town,
        Street = other.Street,
        Phone = new Dice(seed, id, 2).Chance(.3) ? other.Phone : own.Phone,
        Domain = own.Domain is null ? null : $"{DirtyText.Slug(own.Name)}-{DirtyText.Slug(other.Town.Name)}.example",
    };

    private Company Franchised(Company own, long id)
    {
        var dice = new Dice(seed, id, 3);
        var brand = dice.Pick(Words.Franchises);
        return own with
        {
            Name = dice.Chance(.6) ? $"{brand} {own.Town.Name}" : own.Name,
            Brand = brand,
            Acronym = null,
            Domain = dice.Chance(.6) ? $"{DirtyText.Slug(brand)}.example" : null,
        };
    }

    // One owner, one address, one telephone; each house has a company, and its number tells them apart.
    private Company Numbered(Company own, Company first, long family, int number)
    {
        var dice = new Dice(seed, family, 4);
        return own with
        {
            Name = $"{dice.Pick(Words.SciNames)} {Words.Family(ref dice)} {number}",
            Form = -1,
            Brand = null,
            Acronym = null,
            Town = first.Town,
            Street = first.Street,
            Phone = first.Phone,
            Contact = first.Contact,
            Domain = null,
        };
    }

    private Company Holding(Company own, Company daughter, long id) => own with
    {
        Name = new Dice(seed, id, 5).Below(3) switch { 0 => $"{daughter.Name} Holding", 1 => $"Groupe {daughter.Name}", _ => $"{daughter.Name} Participations" },
        Acronym = null,
        Brand = null,
        Town = daughter.Town,
        Street = daughter.Street,
        Phone = daughter.Phone,
        Domain = daughter.Domain,
        Contact = daughter.Contact,
    };

    private static int Form(ref Dice dice)
    {
        var (share, form) = (dice.Share(), 0);
        for (; form < Words.Forms.Length - 1 && share >= Words.Forms[form].Share; form++)
        {
            share -= Words.Forms[form].Share;
        }

        return form;
    }

    private static string Phone(ref Dice dice, Town town)
    {
        var area = dice.Chance(.25) ? dice.Between(6, 7) : town.PostalCode[1] % 5 + 1;
        return string.Create(CultureInfo.InvariantCulture, $"{area}{dice.Between(10_000_000, 99_999_999)}");
    }

    // One to one up to a hundred million: an odd factor that five does not divide.
    private static string Siren(long id)
    {
        var digits = ((id * 61_803_399 + 7_320_501) % 100_000_000).ToString("D8", CultureInfo.InvariantCulture);
        return digits + CheckDigit(digits);
    }

    private static char CheckDigit(string digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[digits.Length - 1 - i] - '0';
            var weighted = i % 2 == 0 ? digit * 2 : digit;
            sum += weighted > 9 ? weighted - 9 : weighted;
        }

        return (char)('0' + (10 - sum % 10) % 10);
    }
}
