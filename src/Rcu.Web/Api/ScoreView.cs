using Rcu.Customers;

namespace Rcu.Web.Api;

/// <summary>What the quality of an account or a contact is worth, 0 to 100, its five parts, and what costs points.</summary>
internal sealed record ScoreView(
    int Total, int Completeness, int Validity, int Freshness, int Coherence, int Uniqueness, DateTimeOffset ComputedAt, IReadOnlyList<ScoreCostView> Costs)
{
    public static ScoreView? Of(QualityScore? score) => score is null ? null : new(
        score.Total, score.Completeness, score.Validity, score.Freshness, score.Coherence, score.Uniqueness, score.ComputedAt,
        [.. score.Problems.Zip(score.Costs, (problem, cost) => new ScoreCostView(problem, cost / 100m))]);
}

/// <summary>One thing to put right.</summary>
/// <param name="Problem">The dimension, then the field: <c>completeness.phone</c>, <c>coherence.siren_vat</c>.</param>
/// <param name="Points">What it costs the total.</param>
internal sealed record ScoreCostView(string Problem, decimal Points);
