namespace Rcu.Matching;

/// <summary>A legal form and how it is written, in one or several words: it is not part of a company's name.</summary>
public sealed record LegalForm(string Code, IReadOnlyList<string> Variants);
