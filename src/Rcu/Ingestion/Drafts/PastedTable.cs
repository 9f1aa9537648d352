using System.Text;
using System.Text.RegularExpressions;
using Rcu.Ingestion.Reading;

namespace Rcu.Ingestion.Drafts;

/// <summary>What a person copied from a spreadsheet, as the file it stands for: cells parted by tabs, under the names of their columns.</summary>
public static partial class PastedTable
{
    /// <summary>More than anybody pastes: beyond, there is a file.</summary>
    public const int MostCharacters = 5_000_000;

    /// <summary>The bytes of the file, or why there is none. A first line that says values and no names is given names.</summary>
    public static Result<byte[]> Read(string pasted)
    {
        var text = SafeText.Of(pasted.ReplaceLineEndings("\n"), out _).Trim('\n');
        if (string.IsNullOrWhiteSpace(text))
        {
            return DraftErrors.NothingPasted;
        }

        if (text.Length > MostCharacters)
        {
            return DraftErrors.PastedTooMuch(MostCharacters);
        }

        var first = text.Split('\n', 2)[0].Split('\t');
        var names = HasNames(first) ? "" : string.Join('\t', Enumerable.Range(1, first.Length).Select(n => $"Colonne {n}")) + "\n";
        return Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes(names + text + "\n")).ToArray();
    }

    // A name of a column is no number, no date and no address.
    private static bool HasNames(string[] cells) =>
        !cells.Any(cell => cell.Contains('@') || Value().IsMatch(cell.Trim())) && cells.Any(cell => cell.Any(char.IsLetter));

    [GeneratedRegex(@"^[\d\s.,/+\-€%()]*\d[\d\s.,/+\-€%()]*$")]
    private static partial Regex Value();
}
