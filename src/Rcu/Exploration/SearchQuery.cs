using Rcu.Identifiers;

namespace Rcu.Exploration;

/// <summary>What was typed in the search field, and everything it may be. A prefix (<c>c:</c>, <c>p:</c>, <c>s:</c>) asks for one kind only, <c>&gt;</c> for what can be done.</summary>
public sealed record SearchQuery(string Typed, NameQuery Name)
{
    public SearchKind? Only { get; init; }

    /// <summary>Asks for pages and acts, not for records.</summary>
    public bool IsCommand { get; init; }

    public Siren? Siren { get; init; }

    /// <summary>Fourteen digits, whether or not they pass the check.</summary>
    public string? Siret { get; init; }

    public string? Vat { get; init; }

    /// <summary>E.164.</summary>
    public string? Phone { get; init; }

    public string? Email { get; init; }

    /// <summary>May be the key of a source's record, or the number of a document.</summary>
    public string? Key { get; init; }

    /// <summary>The first digits of a SIREN, at least five.</summary>
    public string? SirenStart { get; init; }

    /// <summary>Digits that are almost an identifier: the text <c>search.near.{Code}</c> says what is wrong.</summary>
    public NearMiss? Near { get; init; }

    public bool IsEmpty => Typed.Length == 0 || (Name.IsEmpty && Email is null);

    internal bool Wants(SearchKind kind) => Only is null || Only == kind;

    public static SearchQuery Of(string? typed)
    {
        var text = typed?.Tidied() ?? "";
        text = text.Length > 200 ? text[..200] : text;
        var only = Scope(text);
        text = only is null ? text : text[2..].TrimStart();
        if (text.StartsWith('>'))
        {
            text = text[1..].TrimStart();
            return new SearchQuery(text, NameQuery.Of(text)) { IsCommand = true };
        }

        var digits = text.Compact();
        var isNumber = digits.Length > 0 && digits.All(char.IsAsciiDigit);
        var siren = Siren.TryParse(text, null, out var nine) ? nine : isNumber && digits.Length == 14 && Siren.TryParse(digits[..9], null, out var first) ? first : null;
        var vat = VatNumber.TryParse(text, null, out var number) ? number : null;
        var phone = PhoneNumber.TryParse(text, null, out var called) ? called.Value : null;
        return new SearchQuery(text, NameQuery.Of(text))
        {
            Only = only,
            Siren = siren ?? vat?.Siren,
            Siret = isNumber && digits.Length == 14 ? digits : null,
            Vat = vat?.Value,
            Phone = phone,
            Email = EmailAddress.TryParse(text, null, out var email) ? email.Value : null,
            Key = text.Length is >= 2 and <= 100 && text.Any(char.IsAsciiDigit) ? text : null,
            SirenStart = isNumber && digits.Length is >= 5 and <= 9 && siren is null && phone is null ? digits : null,
            // Nine digits may also be a phone number whose zero a spreadsheet took away.
            Near = isNumber && siren is null && (phone is null || digits.Length == 9) ? NearMiss.Of(digits) : null,
        };
    }

    private static SearchKind? Scope(string text) => text switch
    {
        ['c' or 'C', ':', ..] => SearchKind.Account,
        ['p' or 'P', ':', ..] => SearchKind.Contact,
        ['s' or 'S', ':', ..] => SearchKind.Segment,
        _ => null,
    };
}

/// <summary>Why digits are not the identifier they look like.</summary>
public sealed record NearMiss(string Code, int Digits)
{
    internal static NearMiss? Of(string digits) => digits.Length switch
    {
        >= 6 and <= 8 => new NearMiss("siren_short", digits.Length),
        9 => new NearMiss("siren_check", digits.Length),
        10 => new NearMiss("ten_digits", digits.Length),
        >= 11 and <= 13 => new NearMiss("siret_short", digits.Length),
        14 => new NearMiss("siret_check", digits.Length),
        > 14 => new NearMiss("too_long", digits.Length),
        _ => null,
    };
}
