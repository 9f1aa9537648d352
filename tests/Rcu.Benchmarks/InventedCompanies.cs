using System.Globalization;
using Rcu.Reference;

namespace Rcu.Benchmarks;

/// <summary>
/// As many invented companies as a figure needs, each always the same. Two systems know every one; the second writes names its
/// own way, forgets a third of the SIRENs and mistypes one name in ten.
/// </summary>
internal static class InventedCompanies
{
    private static readonly string[] Trades =
    [
        "Transports", "Menuiserie", "Boulangerie", "Garage", "Imprimerie", "Electricité", "Plomberie", "Maçonnerie", "Ambulances",
        "Charpente", "Conseil", "Editions", "Fonderie", "Horlogerie", "Laiterie", "Mécanique", "Optique", "Pépinières", "Traiteur", "Verrerie",
    ];

    private static readonly string[] Syllables =
        ["bar", "ber", "cha", "cor", "dau", "del", "fau", "ger", "gui", "lan", "leb", "mar", "mon", "nor", "per", "rou", "sau", "tho", "val", "vig"];

    private static readonly string[] Forms = ["SARL", "SAS", "SA", "EURL", "SASU"];

    private static readonly Commune[] Towns =
        [.. Communes.All.Where(town => !town.IsArrondissement && town.Population > 2_000).OrderBy(town => town.Code, StringComparer.Ordinal)];

    public static InventedCompany At(int n)
    {
        var town = Towns[n * 7919L % Towns.Length];
        var family = Syllables[n % 20] + Syllables[n / 20 % 20] + Syllables[n / 400 % 20] + Syllables[n / 8_000 % 20];
        var name = $"{Trades[n * 31L % Trades.Length]} {char.ToUpperInvariant(family[0])}{family[1..]}";
        var digits = (30_000_000 + n).ToString(CultureInfo.InvariantCulture);
        return new InventedCompany(n, name, Forms[n % Forms.Length], WithLuhn(digits), $"{town.Code[..2]}{n * 13L % 90:00}0", town.Name);
    }

    /// <summary>The same company as the second system has it.</summary>
    public static (string Name, string Siren) Again(InventedCompany company)
    {
        var name = company.Number % 10 == 3 ? company.Name.Remove(company.Name.Length - 3, 1) : company.Name;
        return ($"{company.Form} {name.ToUpperInvariant()}", company.Number % 3 == 1 ? "" : company.Siren);
    }

    private static string WithLuhn(string digits)
    {
        var sum = digits.Reverse().Select((digit, i) => i % 2 == 0 ? (digit - '0') * 2 is var twice && twice > 9 ? twice - 9 : twice : digit - '0').Sum();
        return digits + (10 - sum % 10) % 10;
    }
}

/// <summary>An invented company: no register knows it.</summary>
internal sealed record InventedCompany(int Number, string Name, string Form, string Siren, string PostalCode, string Town);
