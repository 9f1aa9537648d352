using Rcu.Matching;

namespace Rcu.Resolution;

/// <summary>Where a record belongs by the resolution at work. Its reasons are worked out only when the link must be written.</summary>
/// <param name="Other">The record it was joined to, when it was by a comparison.</param>
/// <param name="SaidAt">When either of the two last said something new, as the server counts instants.</param>
internal readonly record struct WantedLink(
    Guid RecordId, Guid ClusterId, string Rule, Guid? Other, long SaidAt, Func<LinkReasons> Why)
{
    public bool Differs(CurrentLink? current) =>
        current is null || current.Cluster != ClusterId || current.Rule != Rule || current.Other != Other || SaidAt > current.LinkedAt;
}

/// <summary>Why a record belongs where it does: how sure it is, one French sentence, and the comparisons if there were any.</summary>
/// <param name="Evidence">As <see cref="EvidenceText"/> writes it.</param>
internal readonly record struct LinkReasons(double Probability, string Sentence, ReadOnlyMemory<byte> Evidence)
{
    private static readonly byte[] Nothing = EvidenceText.Lean([]).ToArray();

    public static LinkReasons Certain(string sentence) => new(1, sentence, Nothing);

    public static LinkReasons Of(double probability, string sentence, IReadOnlyList<Evidence> evidence) =>
        new(probability, sentence, EvidenceText.Lean(evidence).ToArray());
}
