namespace Rcu.Ingestion.Reading;

/// <summary>The line that names the columns, once more between the rows: what pasting several exports one below the other leaves.</summary>
internal sealed class TitlesLine(IEnumerable<string> titles)
{
    private readonly string[] _titles = [.. titles.Select(Trimmed)];

    /// <summary>Whether a row says the titles again, and nothing else.</summary>
    public bool Repeats(IEnumerable<string> cells)
    {
        var (at, said) = (0, 0);
        foreach (var cell in cells.Select(Trimmed))
        {
            var title = at < _titles.Length ? _titles[at] : "";
            if (!cell.Equals(title, StringComparison.Ordinal))
            {
                return false;
            }

            at++;
            said += cell.Length > 0 ? 1 : 0;
        }

        return said > 1;
    }

    private static string Trimmed(string cell) => cell.Trim('\uFEFF', ' ', '\u00A0', '\t');
}
