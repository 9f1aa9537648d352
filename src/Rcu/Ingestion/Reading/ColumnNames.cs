using Rcu.Ingestion.Reading.Guesses;

namespace Rcu.Ingestion.Reading;

/// <summary>The names of a file's columns: a nameless one is called by its place, the second of a name gets its number.</summary>
internal static class ColumnNames
{
    public static IReadOnlyList<string> Of(IEnumerable<string> header)
    {
        var cells = header.Select(cell => SafeText.Of(StrayBytes.AsWindows(cell), out _).Trim('\uFEFF', ' ', '\u00A0', '\t')).ToList();
        while (cells.Count > 1 && cells[^1].Length == 0)
        {
            cells.RemoveAt(cells.Count - 1);
        }

        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var names = new List<string>(cells.Count);
        for (var i = 0; i < cells.Count; i++)
        {
            var name = cells[i].Length > 0 ? cells[i].ReplaceLineEndings(" ") : $"Colonne {i + 1}";
            var free = name;
            for (var n = 2; !taken.Add(free); n++)
            {
                free = $"{name} ({n})";
            }

            names.Add(free);
        }

        return names;
    }
}
