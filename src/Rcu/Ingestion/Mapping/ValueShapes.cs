using System.Text.RegularExpressions;
using Rcu.Identifiers;
using Rcu.Reference;

namespace Rcu.Ingestion.Mapping;

/// <summary>What one value looks like, whether or not it is right: a wrong SIRET is still a SIRET typed wrong.</summary>
public static partial class ValueShapes
{
    private static readonly HashSet<string> StreetTypes = [.. AddressWords("RUE|AVENUE|AV|AVE|BOULEVARD|BD|BLD|BVD|PLACE|PL|CHEMIN|CHE|CH|ROUTE|RTE|IMPASSE|IMP|ALLEE|ALL|QUAI|COURS|SQUARE|SQ"
        + "|FAUBOURG|FBG|ZAC|ZI|ZA|ZONE|LOTISSEMENT|LOT|RESIDENCE|RES|PASSAGE|VOIE|SENTIER|ROND|PARC|DOMAINE|HAMEAU|STREET|ST|ROAD|RD|LANE|DRIVE|DR|BLVD|BLV|COURT|CRESCENT|CLOSE|HIGHWAY|HWY|WAY|TERRACE|STRASSE|VIA|CALLE")];

    public static int Digits(string value) => value.Count(char.IsAsciiDigit);

    public static bool IsNumber(string value) => value.Any(char.IsAsciiDigit) && !value.Any(char.IsLetter);

    public static bool IsEmail(string value) => Mail().IsMatch(value);

    public static bool HasAtSign(string value) => value.Contains('@', StringComparison.Ordinal) || value.Contains("(at)", StringComparison.OrdinalIgnoreCase);

    /// <summary>Nine digits, or the fourteen that begin with them, or the VAT number that ends with them: all name a legal unit.</summary>
    public static bool IsOfficial(string value) => Digits(value) is >= 8 and <= 14 && value.Count(char.IsLetter) <= 4;

    public static bool IsSiren(string value) => Siren.TryParse(value, null, out _);

    public static bool IsSiret(string value) => Siret.TryParse(value, null, out _);

    public static bool IsVat(string value) => value.Length > 3 && char.IsAsciiLetter(value[0]) && VatNumber.TryParse(value, null, out _);

    /// <summary>A number that could be dialled, from here or from elsewhere.</summary>
    public static bool IsDialled(string value) => Digits(value) is >= 7 and <= 15 && value.Count(char.IsLetter) <= 3;

    public static bool IsFrenchPhone(string value) => IsDialled(value)
        && (PhoneNumber.TryParse(value, null, out var phone) ? phone.National is not null : value[0] == '0' && Digits(value) == 10);

    public static bool IsWeb(string value) => !HasAtSign(value) && Site().IsMatch(value);

    public static bool IsShortCode(string value) => value.Length <= 10 && value.Any(char.IsAsciiDigit);

    public static bool IsFrenchPostalCode(string value) => value.Length == 5 && value.All(char.IsAsciiDigit) && Communes.IsPostalCode(value);

    public static bool IsDate(string value) => Date().IsMatch(value);

    public static bool IsTown(string value) => value.Any(char.IsLetter) && !value.Any(char.IsAsciiDigit) && Communes.Resolve(null, value) is not null;

    public static bool IsGivenName(string value) => !value.Any(char.IsAsciiDigit) && GivenNames.Contains(value);

    /// <summary>Two words or three, one of them a given name.</summary>
    public static bool IsPerson(string value) =>
        value.Folded().Split(' ') is { Length: 2 or 3 or 4 } words && !value.Any(char.IsAsciiDigit) && words.Any(GivenNames.Contains);

    public static bool HasLegalForm(string value) => LegalForms.TakeOut(value).Form is not null;

    public static bool IsStreet(string value) => value.Folded().Split(' ') is { Length: > 1 } words && words.Any(StreetTypes.Contains) && value.Any(char.IsLetter);

    /// <summary>A street and, after it, a postal code and a town.</summary>
    public static bool IsWholeAddress(string value) => Whole().IsMatch(value) && value.Length > 15;

    private static string[] AddressWords(string words) => words.Split('|');

    [GeneratedRegex(@"^\S+@\S+\.\p{L}{2,}$")]
    private static partial Regex Mail();

    [GeneratedRegex(@"^(https?://)?(www\.)?[\p{L}\d-]+(\.[\p{L}\d-]+)*\.\p{L}{2,}(:\d+)?([/?#]\S*)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Site();

    [GeneratedRegex(@"^(\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}[/.-]?\d{2}[/.-]?\d{2})([T ]\d{1,2}:.*)?$")]
    private static partial Regex Date();

    [GeneratedRegex(@"\p{L}.*\b\d{4,5}\s+\p{L}{2,}|\p{L}.*,.*\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b")]
    private static partial Regex Whole();
}
