using System.Globalization;
using System.Text.RegularExpressions;

namespace Rcu.Cleaning.Steward;

/// <summary>
/// A regular expression that a steward typed. It is run by the engine that never goes back, so that no expression can take a
/// machine for itself; what that engine cannot run is refused, and so is an expression that would not fit in memory.
/// </summary>
internal static partial class RulePattern
{
    private const int MostRepeats = 1_000;
    private const long MostInAll = 10_000;

    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(100);

    /// <summary>The whole value must match, or null and why not, as a code of the texts with the detail.</summary>
    public static Regex? Read(string pattern, out Error? refusal)
    {
        refusal = null;
        if (Repeats(pattern) > MostInAll)
        {
            refusal = RuleErrors.PatternTooLarge;
            return null;
        }

        try
        {
            _ = new Regex(pattern, RegexOptions.CultureInvariant); // what is wrong in it is told of what was typed, not of what is run
            return new Regex($@"\A(?:{pattern})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, Longest);
        }
        catch (RegexParseException wrong)
        {
            refusal = RuleErrors.BadPattern(pattern, wrong.Offset);
        }
        catch (NotSupportedException)
        {
            refusal = RuleErrors.PatternGoesBack;
        }
        catch (ArgumentException)
        {
            refusal = RuleErrors.BadPattern(pattern, 0);
        }

        return null;
    }

    // Repetitions inside repetitions multiply.
    private static long Repeats(string pattern)
    {
        var product = 1L;
        foreach (Match repeat in Repetition().Matches(pattern))
        {
            var most = repeat.Groups[2].Length > 0 ? repeat.Groups[2].Value : repeat.Groups[1].Value;
            if (!int.TryParse(most, NumberStyles.None, CultureInfo.InvariantCulture, out var times) || times > MostRepeats)
            {
                return long.MaxValue;
            }

            product = Math.Min(product * Math.Max(times, 1), MostInAll + 1);
        }

        return product;
    }

    [GeneratedRegex(@"\{(\d+)(?:,(\d*))?\}")]
    private static partial Regex Repetition();
}
