using Rcu.Matching;

namespace Rcu.Resolution;

/// <summary>Where a record belongs by the resolution at work, and why.</summary>
/// <param name="CleanedAt">When the record last said something new, as the server counts instants.</param>
internal readonly record struct WantedLink(
    Guid RecordId, Guid ClusterId, string Rule, double Probability, string Sentence, IReadOnlyList<Evidence> Evidence, long CleanedAt);
