using System.Text.RegularExpressions;

namespace Rcu.Web.Commands.Csv;

/// <summary>Whether the first row of a file names its columns, or is already data.</summary>
internal static partial class HeaderGuess
{
    public static bool IsHeader(IReadOnlyList<string[]> rows)
    {
        var first = rows[0];
        if (first.Any(cell => Value().IsMatch(cell.Trim())))
        {
            return false;
        }

        // A value that comes back lower down in its column is no name of it, unless the whole header does.
        var others = rows.Skip(1).Where(row => !row.SequenceEqual(first)).ToList();
        return !first.Where((cell, i) => cell.Trim().Length > 0 && others.Exists(row => i < row.Length && row[i] == cell)).Any();
    }

    // A number of more than two digits, a date, an e-mail address, a web address: data, never a column's name.
    [GeneratedRegex(@"^[+(]?\d[\d\s.,/()-]{2,}$|^\S+@\S+\.\S+$|^(https?://|www\.)|^\d{4}-\d\d-\d\d")]
    private static partial Regex Value();
}
