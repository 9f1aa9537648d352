using FluentValidation;
using Rcu.Customers;
using Rcu.Resolution;

namespace Rcu.Unification.Joins;

/// <summary>A judgement on two records, and the values the steward wants on what they become.</summary>
/// <param name="Values">By canonical field; those the rules would choose anyway are not written.</param>
public sealed record JudgePair(Judgement Judgement, string? Reason = null, IReadOnlyDictionary<string, string>? Values = null);

internal sealed class JudgePairValidator : AbstractValidator<JudgePair>
{
    public JudgePairValidator()
    {
        RuleFor(m => m.Judgement).IsInEnum().NotEqual(Judgement.Undecided);
        RuleFor(m => m.Reason).MaximumLength(1000);
        RuleFor(m => m.Values).Must(values => values is null || values.Count == 0).When(m => m.Judgement is not Judgement.Same);
        RuleFor(m => m.Values).Must(values => values!.Count <= 50 && values.Values.All(v => v is { Length: > 0 and <= 500 } && !v.Any(char.IsControl)))
            .When(m => m.Values is not null);
    }
}

/// <summary>Two records that are not one, but hang together.</summary>
/// <param name="Parent">Which of the two is the mother or the head office.</param>
public sealed record LinkPair(TieNature Nature, PairSide Parent, decimal? Percentage = null, DateOnly? StartedOn = null, string? Reason = null);

/// <summary>One of the two records of a pair.</summary>
public enum PairSide
{
    Left,
    Right,
}
