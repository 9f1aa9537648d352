namespace Rcu.Ingestion.Reading.Guesses;

/// <summary>
/// Which sign separates the cells of a text, and which line names its columns: the sign that cuts the most lines into the
/// same number of cells as the line that names them.
/// </summary>
public static class DelimiterGuess
{
    private const int MostTitles = 15;

    /// <summary>The sign, and the line of the names, from 1.</summary>
    public static (char Delimiter, int HeaderRow) Of(string text, IReadOnlyList<char> candidates)
    {
        var best = candidates
            .Select(candidate => (Candidate: candidate, Found: Best(SampleRow.Of(text, candidate))))
            .MaxBy(tried => tried.Found.Score);
        return (best.Candidate, best.Found.HeaderRow);
    }

    /// <summary>How well a sign cuts lines, and the line that names the columns among them.</summary>
    public static (double Score, int HeaderRow) Best(List<SampleRow> rows)
    {
        if (rows.Count == 0)
        {
            return (0, 1);
        }

        var best = (Score: Score(rows, 0), HeaderRow: 1);
        for (var header = 1; header < Math.Min(MostTitles, rows.Count - 1); header++)
        {
            // A title has few cells, and what follows has many more.
            var titles = rows.Take(header).Max(row => row.Filled);
            var enough = rows[header].Filled >= Math.Max(3, 2 * titles);
            if (enough && IsNames(rows[header]) && Score(rows, header) * 0.9 is var score && score > best.Score * (IsTitle(rows, header) ? 0.5 : 1))
            {
                best = (score, rows[header].Line);
            }
        }

        return best;
    }

    // A header of eight cells whose lines all have eight beats one of two cells whose lines agree as well.
    private static double Score(List<SampleRow> rows, int header)
    {
        var signs = rows[header].Cells.Count - 1;
        var lines = rows.Count - header - 1;
        return signs == 0 || lines == 0
            ? signs
            : signs * (0.1 + rows.Skip(header + 1).Count(row => row.Cells.Count - 1 == signs) / (double)lines);
    }

    // Titles that a spreadsheet wrote are filled up with empty cells, and cut like the others.
    private static bool IsTitle(List<SampleRow> rows, int header) =>
        rows.Take(header).All(row => row.Filled <= Math.Max(1, rows[header].Filled / 2));

    // A column's name is a short text, and no two columns have the same.
    private static bool IsNames(SampleRow row)
    {
        var words = row.Cells.Where(cell => cell.Trim() is { Length: > 0 and <= 100 } text && !char.IsDigit(text.Trim('"').FirstOrDefault())).ToList();
        return words.Count >= row.Filled * 0.7 && words.Distinct(StringComparer.OrdinalIgnoreCase).Count() == words.Count;
    }
}
