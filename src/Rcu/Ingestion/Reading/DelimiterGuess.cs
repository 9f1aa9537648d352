namespace Rcu.Ingestion.Reading;

/// <summary>Which sign separates the cells of a text: the one that cuts the most lines into the same number of cells as the first.</summary>
internal static class DelimiterGuess
{
    private const int Lines = 50;

    public static char Of(string text, IReadOnlyList<char> candidates) =>
        candidates.MaxBy(candidate => Score(Counts(text, candidate)));

    // A header of eight cells whose lines all have eight beats one of two cells whose lines agree as well.
    private static double Score(List<int> counts) => counts switch
    {
        [] or [0, ..] => 0,
        [var header] => header,
        [var header, .. var lines] => header * (0.1 + lines.Count(line => line == header) / (double)lines.Count),
    };

    private static List<int> Counts(string text, char delimiter)
    {
        var counts = new List<int>();
        var (found, quoted, blank) = (0, false, true);
        foreach (var sign in text)
        {
            if (sign == '"')
            {
                (quoted, blank) = (!quoted, false);
            }
            else if (!quoted && sign is '\n' or '\r')
            {
                if (!blank)
                {
                    counts.Add(found);
                }

                (found, blank) = (0, true);
                if (counts.Count == Lines)
                {
                    return counts;
                }
            }
            else
            {
                found += !quoted && sign == delimiter ? 1 : 0;
                blank = false;
            }
        }

        // The last line may be cut by the end of the sample: it only counts when it is alone.
        return counts.Count == 0 && !blank ? [found] : counts;
    }
}
