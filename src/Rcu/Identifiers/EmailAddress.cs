using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Rcu.Identifiers;

/// <summary>An e-mail address in lower case, with the slips of hurried typing repaired: <c>" @ "</c>, <c>(at)</c>, a trailing dot.</summary>
public sealed partial record EmailAddress : IParsable<EmailAddress>
{
    private EmailAddress(string local, string domain) => (Local, Domain) = (local, domain);

    public string Value => $"{Local}@{Domain}";

    /// <summary>What stands before the at sign: a person, or a function such as <c>compta</c>.</summary>
    public string Local { get; }

    public string Domain { get; }

    public static bool TryParse(
        [NotNullWhen(true)] string? text, IFormatProvider? provider, [MaybeNullWhen(false)] out EmailAddress email)
    {
        var form = text is { Length: <= 320 } ? WellFormed().Match(Repaired(text)) : Match.Empty;
        email = form.Success && !form.Value.Contains("..", StringComparison.Ordinal)
            ? new EmailAddress(form.Groups["local"].Value, form.Groups["domain"].Value)
            : null;
        return email is not null;
    }

    public static EmailAddress Parse(string text, IFormatProvider? provider = null) =>
        TryParse(text, provider, out var email) ? email : throw new FormatException($"'{text}' is not an e-mail address.");

    public override string ToString() => Value;

    /// <summary>The text with what can only be a slip put right; it may still be no address at all.</summary>
    private static string Repaired(string text)
    {
        var repaired = text.Tidied().ToLowerInvariant();
        if (Bracketed().Match(repaired) is { Success: true } bracketed)
        {
            repaired = bracketed.Groups["inside"].Value;
        }

        repaired = Prefix().Replace(repaired, "");
        repaired = AtSpelt().Replace(repaired, "@");
        repaired = DotSpelt().Replace(repaired, ".");
        repaired = SpaceAround().Replace(repaired, "$1");
        return repaired.Trim(' ', '.', ',', ';', ':', '\'', '"', '<', '>');
    }

    [GeneratedRegex(@"^(?<local>[\p{L}\p{Nd}!#$%&'*+/=?^_`{|}~-][\p{L}\p{Nd}.!#$%&'*+/=?^_`{|}~-]{0,63})(?<!\.)@(?<domain>([\p{L}\p{Nd}]([\p{L}\p{Nd}-]{0,61}[\p{L}\p{Nd}])?\.)+[\p{L}]{2,24})$")]
    private static partial Regex WellFormed();

    [GeneratedRegex(@"<(?<inside>[^<>]*@[^<>]*)>")]
    private static partial Regex Bracketed();

    [GeneratedRegex(@"^(mailto|e-?mail|mel|courriel)\s*:\s*")]
    private static partial Regex Prefix();

    [GeneratedRegex(@"\s*[(\[{]\s*(at|arobase|@)\s*[)\]}]\s*|\s+(arobase)\s+")]
    private static partial Regex AtSpelt();

    [GeneratedRegex(@"\s*[(\[{]\s*(dot|point)\s*[)\]}]\s*")]
    private static partial Regex DotSpelt();

    [GeneratedRegex(@"\s*([@.])\s*")]
    private static partial Regex SpaceAround();
}
