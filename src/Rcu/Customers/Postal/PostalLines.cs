using System.Text.RegularExpressions;
using Rcu.Identifiers;
using Rcu.Reference;

namespace Rcu.Customers.Postal;

/// <summary>
/// Writes an address on its six lines, and says what is wrong with it. Pure, and offline: towns and postal codes are checked in
/// the lists the hub comes with.
/// </summary>
public static partial class PostalLines
{
    // Where letters travel under French postal codes.
    private static readonly string[] FrenchPost = ["FR", "GP", "MQ", "GF", "RE", "YT", "PM", "NC", "PF", "MF", "BL", "WF", "MC"];

    public static PostalAddress Of(Account account) => Of(account.Name, null, account.Address);

    /// <param name="establishment">One place of the account.</param>
    /// <param name="company">What the account is called.</param>
    public static PostalAddress Of(Establishment establishment, string company) => Of(establishment.Name ?? company, null, establishment.Address);

    /// <summary>At the company's address: a contact has none of its own.</summary>
    public static PostalAddress Of(Contact contact)
    {
        var person = string.Join(' ', new[] { contact.Civility, contact.GivenName, contact.FamilyName?.ToUpperInvariant() }.Where(part => !string.IsNullOrEmpty(part)));
        return Of(contact.Account?.Name ?? contact.CompanyName, person.Length > 0 ? person : contact.Name, contact.Account?.Address ?? Address.None);
    }

    /// <param name="company">What is on the door; null for a person at home.</param>
    /// <param name="person">Who it is for inside.</param>
    /// <param name="address">Where.</param>
    public static PostalAddress Of(string? company, string? person, Address address)
    {
        var issues = new List<PostalIssue>();
        var abroad = address.Country is { Length: > 0 } country && !FrenchPost.Contains(country);
        var parts = PostalParts.Of(address.Street, address.Complement);
        var (first, second) = string.IsNullOrWhiteSpace(company) ? (person, null) : (company, person);
        second = string.Join(' ', new[] { second, parts.Inside }.Where(part => !string.IsNullOrWhiteSpace(part)));
        var town = abroad ? TownAbroad(address, issues) : Town(address, issues);
        if (parts.Street is null && parts.Place is null)
        {
            issues.Add(new PostalIssue("postal.no_street", "Il manque la voie : une lettre reviendrait.", Stops: true));
        }

        return new PostalAddress(
            Line(1, first is null ? null : PostalWords.Name(first), issues),
            Line(2, second.Length == 0 ? null : PostalWords.Name(second), issues),
            Line(3, parts.Building, issues),
            Line(4, parts.Street, issues),
            Line(5, parts.Place, issues),
            Line(6, town, issues),
            abroad ? Line(7, PostalWords.Plain(Countries.Label(address.Country!) ?? address.Country!), issues) : null,
            issues);
    }

    private static string? Line(int number, string? text, List<PostalIssue> issues)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        var line = PostalWords.Fit(text, out var wasCut);
        if (wasCut)
        {
            issues.Add(new PostalIssue("postal.cut", $"La ligne {number} dépasse {PostalAddress.Width} caractères même abrégée : elle a été coupée (« {text} »)."));
        }

        return line;
    }

    private static string? Town(Address address, List<PostalIssue> issues)
    {
        var (code, city) = (address.PostalCode?.Compact(), address.City?.Tidied());
        if (code is null || !code.IsDigits(5))
        {
            issues.Add(new PostalIssue("postal.no_code", code is null ? "Il manque le code postal." : $"« {address.PostalCode} » n'est pas un code postal français.", Stops: true));
            return string.IsNullOrEmpty(city) ? null : PostalWords.Plain(city);
        }

        if (string.IsNullOrEmpty(city))
        {
            issues.Add(new PostalIssue("postal.no_town", "Il manque la ville.", Stops: true));
            return code;
        }

        var name = PostalWords.Plain(Numbered().Replace(Communes.WithoutCedex(city), "$1"));
        if (Communes.HasCedex(city))
        {
            var suffix = CedexNumber().Match(city) is { Success: true } found ? $"CEDEX {found.Groups[1].Value}" : "CEDEX";
            return $"{code} {Short(name, PostalAddress.Width - code.Length - suffix.Length - 2)} {suffix}";
        }

        if (!Communes.IsPostalCode(code) && !code.StartsWith("98", StringComparison.Ordinal)) // Monaco and the Pacific are not in the list
        {
            // The code of one big addressee: the sources kept the town and lost the word.
            issues.Add(new PostalIssue("postal.cedex", $"Le code postal {code} est un code CEDEX : son numéro, s'il en a un, n'est pas connu."));
            return $"{code} {Short(name, PostalAddress.Width - code.Length - 7)} CEDEX";
        }

        if (Communes.IsPostalCode(code) && Communes.Resolve(code, city) is null)
        {
            var served = string.Join(", ", Communes.OfPostalCode(code).Take(3).Select(commune => commune.Name));
            issues.Add(new PostalIssue("postal.town_disagrees", $"Le code postal {code} ne dessert pas « {city} » (il dessert : {served}).", Stops: true));
        }

        return $"{code} {Short(name, PostalAddress.Width - code.Length - 1)}";
    }

    private static string? TownAbroad(Address address, List<PostalIssue> issues)
    {
        var town = PostalWords.Plain($"{address.PostalCode} {address.City}".Trim());
        if (string.IsNullOrEmpty(address.City))
        {
            issues.Add(new PostalIssue("postal.no_town", "Il manque la ville.", Stops: true));
        }

        return town.Length == 0 ? null : town;
    }

    // Saints first: that is how the post itself shortens its towns.
    private static string Short(string name, int most)
    {
        foreach (var (word, shorter) in new[] { ("SAINTE", "STE"), ("SAINT", "ST"), ("SUR", "S"), ("SOUS", "S"), ("GRANDE", "GDE"), ("GRAND", "GD") })
        {
            if (name.Length > most)
            {
                name = Regex.Replace(name, $@"\b{word}\b", shorter);
            }
        }

        return name.Length > most ? name[..most].TrimEnd() : name;
    }

    [GeneratedRegex(@"^(PARIS|LYON|MARSEILLE)\s*\d{1,2}\s*(E|ER|EME|È|ÈME)?(\s+ARR.*)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Numbered();

    [GeneratedRegex(@"\bCEDEX\s*(\d{1,2})\b", RegexOptions.IgnoreCase)]
    private static partial Regex CedexNumber();
}
