namespace Rcu.Exploration;

/// <summary>One word of a name as it is looked for.</summary>
/// <param name="Readings">Itself, then what else it may be short for: « ch » is « centre hospitalier » too.</param>
/// <param name="Near">The words it may be a slip for.</param>
/// <param name="MayBeCut">It may be the beginning of a word.</param>
internal sealed record SoughtWord(IReadOnlyList<string> Readings, IReadOnlyList<string> Near, bool MayBeCut)
{
    // Many words begin with the same two letters.
    private const int ShortestCut = 3;

    /// <summary>The word in the language of the index of words.</summary>
    public string Terms => $"({string.Join(" | ", Readings.Select(reading => $"({string.Join(" & ", reading.Split(' ').Select(word => $"{word}{(IsCut(reading) ? ":*" : "")}"))})"))})";

    /// <summary>The same, and every word it may be a slip for, none of them cut.</summary>
    public string NearTerms => $"({string.Join(" | ", Readings.Concat(Near).SelectMany(reading => reading.Split(' ')).Distinct())})";

    /// <summary>The word as it stands in a name between two spaces.</summary>
    public string[] Patterns => [.. Readings.Select(reading => IsCut(reading) ? $"% {reading}%" : $"% {reading} %")];

    // The last word is still being typed.
    private bool IsCut(string reading) => MayBeCut && (IsLast || reading.Length >= ShortestCut);

    public bool IsLast { get; init; }

    /// <summary>It is looked for as the beginning of words: the index gathers all that have one such.</summary>
    public bool BeginsMany => Readings.Any(IsCut);
}
