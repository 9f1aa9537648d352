using Rcu.Matching.Clustering;

namespace Rcu.Matching.Scoring;

/// <summary>
/// How far what people decided lies from what the weights expected: the bits to add to all of them, by logistic regression
/// of the verdicts on the weights. A few decisions move little: the shift is held to nothing by a normal prior of one bit.
/// </summary>
internal static class DecisionShift
{
    private const int Rounds = 20;
    private const double Most = 3;

    public static double Of(Model model, Verdicts verdicts)
    {
        var judged = verdicts.Same.Select(pair => (model.Score(pair.Left, pair.Right).Weight, One: 1.0))
            .Concat(verdicts.Different.Select(pair => (model.Score(pair.Left, pair.Right).Weight, One: 0.0))).ToList();
        double shift = 0;
        for (var round = 0; round < Rounds && judged.Count > 0; round++)
        {
            // In bits: the derivative of a probability by its weight is p (1 - p) ln 2.
            var (slope, curve) = (-shift, -1.0);
            foreach (var (weight, one) in judged)
            {
                var chance = Model.Probability(weight + shift);
                slope += Math.Log(2) * (one - chance);
                curve -= Math.Log(2) * Math.Log(2) * chance * (1 - chance);
            }

            shift = Math.Clamp(shift - (slope / curve), -Most, Most);
        }

        return shift;
    }
}
