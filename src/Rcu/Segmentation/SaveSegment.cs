using FluentValidation;

namespace Rcu.Segmentation;

/// <summary>What a person says of a segment.</summary>
public sealed record SaveSegment(string Name, string? Description, SegmentTarget Target, Condition Rule, bool IsFrozen = false);

/// <summary>What every segment must say.</summary>
public sealed class SaveSegmentValidator : AbstractValidator<SaveSegment>
{
    public SaveSegmentValidator()
    {
        RuleFor(s => s.Name).NotEmpty().MaximumLength(120);
        RuleFor(s => s.Description).MaximumLength(1000);
        RuleFor(s => s.Target).IsInEnum();
        RuleFor(s => s.Rule).NotNull();
    }
}
