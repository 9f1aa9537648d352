using Rcu.Matching.Text;

namespace Rcu.Matching.Normalisation;

/// <summary>Phones, mailboxes and web sites as they can be compared.</summary>
internal static class Contacts
{
    /// <summary>The last nine digits: the same number with or without its prefix, its zero or its dots.</summary>
    public static string? Phone(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var digits = Folding.Digits(text.Replace("(0)", "", StringComparison.Ordinal));
        var nine = digits.Length > 9 ? digits[^9..] : digits;
        return nine.Length < 7 || nine.AsSpan().TrimStart(nine[0]).Length == 0 ? null : nine;
    }

    public static bool IsMobile(string phone) => phone.Length == 9 && phone[0] is '6' or '7';

    public static (string Local, string Domain)? Mailbox(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var folded = Folding.Fold(text).Replace("(at)", "@", StringComparison.Ordinal)
            .Replace("[at]", "@", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal)
            .Replace("mailto:", "", StringComparison.Ordinal).Trim('<', '>', '.', ',', ';', '"', '\'');
        var at = folded.LastIndexOf('@');
        if (at <= 0 || at == folded.Length - 1 || !folded.AsSpan(at).Contains('.'))
        {
            return null;
        }

        var plus = folded.AsSpan(0, at).IndexOf('+');
        return (folded[..(plus > 0 ? plus : at)], Bare(folded[(at + 1)..]));
    }

    public static string? Website(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var folded = Folding.Fold(text).Trim();
        var scheme = folded.IndexOf("://", StringComparison.Ordinal);
        folded = scheme >= 0 ? folded[(scheme + 3)..] : folded;
        var end = folded.AsSpan().IndexOfAny('/', '?', ':');
        folded = Bare(end >= 0 ? folded[..end] : folded);
        return folded.Contains('.', StringComparison.Ordinal) && !folded.Contains(' ', StringComparison.Ordinal) ? folded : null;
    }

    private static string Bare(string host) =>
        host.StartsWith("www.", StringComparison.Ordinal) ? host[4..] : host;
}
