using System.Globalization;
using System.Text.RegularExpressions;

namespace Rcu.Cleaning.Formats;

/// <summary>Amounts as French people and foreign programs write them: <c>1 234,56 €</c>, <c>1.234,56</c>, <c>1,234.56</c>, <c>12 k€</c>.</summary>
/// <param name="Ambiguous">One mark and three digits (<c>12,345</c>): decimals or thousands, nothing says which.</param>
internal sealed partial record FrenchAmount(decimal Value, string? Currency, bool Ambiguous)
{
    public static FrenchAmount? Read(string text)
    {
        var form = Written().Match(text);
        if (!form.Success || Plain(form.Groups["number"].Value) is not var (number, ambiguous))
        {
            return null;
        }

        var negative = form.Groups["open"].Success || form.Groups["minus"].Success || form.Groups["after"].Success;
        var scale = form.Groups["scale"].Value switch { "k" or "K" => 1_000m, "M" => 1_000_000m, _ => 1m };
        return new FrenchAmount((negative ? -number : number) * scale, CurrencyOf(form.Groups["currency"].Value), ambiguous);
    }

    /// <summary>The invariant text, without the zeros that say nothing.</summary>
    public string Text => Value.ToString("0.############", CultureInfo.InvariantCulture);

    private static (decimal Number, bool Ambiguous)? Plain(string typed)
    {
        var digits = Spaces().Replace(typed, "");
        var (comma, dot) = (digits.LastIndexOf(','), digits.LastIndexOf('.'));
        var ambiguous = false;
        if (comma >= 0 && dot >= 0)
        {
            // The last mark is that of the decimals, the other one groups thousands.
            digits = digits.Replace(comma > dot ? "." : ",", "", StringComparison.Ordinal).Replace(',', '.');
        }
        else if (Math.Max(comma, dot) is var mark && mark >= 0)
        {
            var several = digits.Count(c => c is ',' or '.') > 1;
            ambiguous = !several && digits.Length - mark - 1 == 3 && mark is > 0 and <= 3 && digits[0] != '0';
            digits = several || (ambiguous && dot >= 0)
                ? digits.Replace(",", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal)
                : digits.Replace(',', '.');
        }

        return decimal.TryParse(digits, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var value)
            ? (value, ambiguous)
            : null;
    }

    private static string? CurrencyOf(string mark) => mark.ToUpperInvariant() switch
    {
        "" => null,
        "€" or "EUROS" or "EURO" => "EUR",
        "$" => "USD",
        "£" => "GBP",
        var code => code,
    };

    [GeneratedRegex(@"^(?<open>\()?\s*(?<minus>[-−])?\s*(?<currency>[€$£]|EUR|USD|GBP|CHF)?\s*(?<number>[0-9][0-9\s.,']*(E[+-]?[0-9]+)?)\s*(?<scale>[kKM])?\s*(?<currency>[€$£]|EUROS?|USD|GBP|CHF)?\s*(HT|TTC)?(?<after>-)?\)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Written();

    [GeneratedRegex(@"[\s']")]
    private static partial Regex Spaces();
}
