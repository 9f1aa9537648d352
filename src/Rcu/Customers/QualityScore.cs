namespace Rcu.Customers;

/// <summary>
/// How much what the hub knows of an account or a contact is worth, 0 to 100, and the five parts it is made of. Computed by
/// Insight, beside the golden row; what each part counts is data, in <c>score_fields</c> and <c>score_weights</c>.
/// </summary>
public abstract class QualityScore
{
    public int Total { get; init; }

    /// <summary>How much of what a useful row holds is known.</summary>
    public int Completeness { get; init; }

    /// <summary>How much of what is known passed cleaning without a remark.</summary>
    public int Validity { get; init; }

    /// <summary>How recently a source confirmed what is known.</summary>
    public int Freshness { get; init; }

    /// <summary>Whether the values hold together, and sources agree on them.</summary>
    public int Coherence { get; init; }

    /// <summary>Whether no possible duplicate waits for a judgement.</summary>
    public int Uniqueness { get; init; }

    /// <summary>What costs points, the costliest first: <c>completeness.phone</c>, <c>coherence.siren_vat</c>…</summary>
    public List<string> Problems { get; init; } = [];

    /// <summary>What each of them costs the total, in hundredths of a point.</summary>
    public List<int> Costs { get; init; } = [];

    /// <summary>Pairs that wait for a judgement.</summary>
    public int Duplicates { get; init; }

    /// <summary>The day from which time alone changes the score.</summary>
    public DateOnly? DueOn { get; init; }

    public DateTimeOffset ComputedAt { get; init; }
}
