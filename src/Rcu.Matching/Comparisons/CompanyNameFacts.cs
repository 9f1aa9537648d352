namespace Rcu.Matching.Comparisons;

/// <summary>What is known of one distinct company name.</summary>
/// <param name="Words">Where its distinct words begin in the list of all names' words.</param>
/// <param name="Sorted">The same for the same words in any order.</param>
/// <param name="Compact">Its words written as one, in their order.</param>
/// <param name="Initials">The hash of its words' first letters; 0 for a name of one word.</param>
/// <param name="Start">How it begins, words that say nothing left out; 0 when it is short.</param>
/// <param name="Own">The hash of its words written as one, those that say nothing left out: "QT" of "QT et Cie".</param>
/// <param name="Letters">Which letters it has.</param>
/// <param name="Length">How many letters its words have together.</param>
internal readonly record struct CompanyNameFacts(int Words, int Count, int Sorted, int Compact, ulong Initials, int Start, ulong Own, uint Letters, int Length);
