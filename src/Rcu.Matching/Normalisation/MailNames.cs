using Rcu.Matching.Text;

namespace Rcu.Matching.Normalisation;

/// <summary>The half of a name that is missing, or only an initial, read from a mailbox: "rene.seguin@" of a René is a Seguin.</summary>
internal static class MailNames
{
    public static (string? Given, string? Family) Complete(string? given, string? family, string local)
    {
        if (Halves(local) is not var (first, second))
        {
            return (given, family);
        }

        if (given is null && family is null)
        {
            return first.Length > 1 && second.Length > 1 ? (first, second) : (null, null);
        }

        if (family is null || given is null)
        {
            var known = given ?? family;
            var other = Same(first, known) ? second : Same(second, known) ? first : null;
            return other is null || (family is null && other.Length == 1) ? (given, family) : (given ?? other, family ?? other);
        }

        if (given.Length == 1)
        {
            var other = Same(first, family) ? second : Same(second, family) ? first : null;
            return other is not null && other[0] == given[0] ? (other, family) : (given, family);
        }

        return (given, family);
    }

    private static (string First, string Second)? Halves(string local)
    {
        var name = local.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        foreach (var separator in new[] { '.', '_', '-' })
        {
            var at = name.IndexOf(separator, StringComparison.Ordinal);
            if (at > 0 && at == name.LastIndexOf(separator) && at < name.Length - 1)
            {
                var (first, second) = (Spaced(name[..at]), Spaced(name[(at + 1)..]));
                return first.Any(char.IsAsciiDigit) || second.Any(char.IsAsciiDigit) ? null : (first, second);
            }
        }

        return null;
    }

    private static bool Same(string part, string? name) =>
        name is not null && AsciiText.LettersAndDigits(part) == AsciiText.LettersAndDigits(name);

    private static string Spaced(string part) => string.Join(' ', AsciiText.Words(part));
}
