using Rcu.Matching.Text;

namespace Rcu.Matching.Normalisation;

/// <summary>Phones, mailboxes and web sites as they can be compared.</summary>
internal static class Contacts
{
    /// <summary>How many digits of a phone are kept.</summary>
    public const int PhoneLength = 9;

    private const int FewestDigits = 7;

    /// <summary>Writes the last nine digits: the same number with or without its prefix, its zero or its dots.</summary>
    public static int Phone(ReadOnlySpan<byte> text, Span<byte> phone)
    {
        Span<byte> digits = stackalloc byte[32];
        var count = 0;
        for (var i = 0; i < text.Length && count < digits.Length; i++)
        {
            if (text[i] == '(' && text[i..].StartsWith("(0)"u8))
            {
                i += 2;
            }
            else if (Folding.IsDigit(text[i]))
            {
                digits[count++] = text[i];
            }
        }

        var kept = digits[Math.Max(0, count - PhoneLength)..count];
        if (kept.Length < FewestDigits || kept.IndexOfAnyExcept(kept[0]) < 0)
        {
            return 0;
        }

        kept.CopyTo(phone);
        return kept.Length;
    }

    public static bool IsMobile(ReadOnlySpan<byte> phone) => phone.Length == PhoneLength && phone[0] is (byte)'6' or (byte)'7';

    /// <summary>Writes the mailbox, without what follows a plus, and says where its @ is; 0 when it is none.</summary>
    public static (int Length, int At) Mailbox(ReadOnlySpan<byte> text, Span<byte> mailbox)
    {
        if (text.Length < 5)
        {
            return default;
        }

        Span<byte> folded = stackalloc byte[Folding.Longest];
        var read = Trim(folded[..Folding.Fold(text, folded)]);
        var (length, at) = (0, 0);
        for (var i = 0; i < read.Length; i++)
        {
            if (read[i] is (byte)'(' or (byte)'[' && i + 3 < read.Length && read[i + 1] == 'a' && read[i + 2] == 't'
                && read[i + 3] is (byte)')' or (byte)']')
            {
                mailbox[length++] = (byte)'@';
                i += 3;
            }
            else if (read[i] != ' ')
            {
                mailbox[length++] = read[i];
            }
        }

        at = mailbox[..length].LastIndexOf((byte)'@');
        if (at <= 0 || at == length - 1 || !mailbox[at..length].Contains((byte)'.'))
        {
            return default;
        }

        return Shortened(mailbox[..length], at);
    }

    /// <summary>Writes the host of a site, without scheme, www and path.</summary>
    public static int Website(ReadOnlySpan<byte> text, Span<byte> host)
    {
        if (text.Length < 4)
        {
            return 0;
        }

        Span<byte> folded = stackalloc byte[Folding.Longest];
        var read = folded[..Folding.Fold(text, folded)].Trim((byte)' ');
        var scheme = read.IndexOf("://"u8);
        read = scheme >= 0 ? read[(scheme + 3)..] : read;
        var end = read.IndexOfAny((byte)'/', (byte)'?', (byte)':');
        read = read[BareFrom(read)..(end >= 0 ? end : read.Length)];
        if (!read.Contains((byte)'.') || read.Contains((byte)' '))
        {
            return 0;
        }

        read.CopyTo(host);
        return read.Length;
    }

    private static Span<byte> Trim(Span<byte> folded)
    {
        var read = folded.Trim(" <>.,;\"'"u8);
        return read.StartsWith("mailto:"u8) ? read[7..] : read;
    }

    // The tag after a plus, and a www before the domain, go.
    private static (int Length, int At) Shortened(Span<byte> mailbox, int at)
    {
        var plus = mailbox[..at].IndexOf((byte)'+');
        var local = plus > 0 ? plus : at;
        var domain = mailbox[(at + 1)..];
        domain = domain[BareFrom(domain)..];
        mailbox[local] = (byte)'@';
        domain.CopyTo(mailbox[(local + 1)..]);
        return (local + 1 + domain.Length, local);
    }

    private static int BareFrom(ReadOnlySpan<byte> host) => host.StartsWith("www."u8) ? 4 : 0;
}
