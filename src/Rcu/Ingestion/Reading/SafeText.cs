using System.Text;

namespace Rcu.Ingestion.Reading;

/// <summary>
/// Text that PostgreSQL can keep. Two things it cannot, whatever their place in a value: the NUL character and half
/// of a surrogate pair. Each is replaced by the sign that Unicode has for it, and the caller is told.
/// </summary>
public static class SafeText
{
    private const char Replacement = '\uFFFD';

    public static string Of(string text, out bool replaced)
    {
        replaced = false;
        var first = text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF');
        if (first < 0 && !text.Contains('\0'))
        {
            return text;
        }

        var safe = text.ToCharArray();
        for (var i = 0; i < safe.Length; i++)
        {
            if (i + 1 < safe.Length && char.IsSurrogatePair(safe[i], safe[i + 1]))
            {
                i++;
            }
            else if (safe[i] == '\0' || char.IsSurrogate(safe[i]))
            {
                (safe[i], replaced) = (Replacement, true);
            }
        }

        return replaced ? new string(safe) : text;
    }

    /// <summary>The same for a line of JSON, where these characters hide behind escapes.</summary>
    public static string OfJson(string line, out bool replaced)
    {
        var text = Of(line, out replaced);
        if (!text.Contains(@"\u", StringComparison.Ordinal))
        {
            return text;
        }

        var safe = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 >= text.Length)
            {
                safe.Append(text[i]);
            }
            else if (Escaped(text, i) is not { } unit)
            {
                safe.Append(text, i++, 2);
            }
            else if (char.IsHighSurrogate(unit) && Escaped(text, i + 6) is { } low && char.IsLowSurrogate(low))
            {
                safe.Append(text, i, 12);
                i += 11;
            }
            else
            {
                var lost = unit == '\0' || char.IsSurrogate(unit);
                replaced |= lost;
                safe.Append(lost ? @"\uFFFD" : text.Substring(i, 6));
                i += 5;
            }
        }

        return safe.ToString();
    }

    // The character that a \uXXXX stands for, or null when there is none at that place.
    private static char? Escaped(string text, int at) =>
        at + 6 <= text.Length && text[at] == '\\' && text[at + 1] == 'u'
        && ushort.TryParse(text.AsSpan(at + 2, 4), System.Globalization.NumberStyles.AllowHexSpecifier, null, out var unit)
            ? (char)unit
            : null;
}
