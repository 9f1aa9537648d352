using System.Text.Json;
using FluentValidation;

namespace Rcu.Activation;

/// <summary>What a person says of a destination.</summary>
/// <param name="Secret">A new secret; null keeps the one there is.</param>
public sealed record SaveDestination(string Name, string Kind, JsonElement Settings, string? Secret, Guid? SegmentId);

/// <summary>What every destination must say.</summary>
public sealed class SaveDestinationValidator : AbstractValidator<SaveDestination>
{
    public SaveDestinationValidator()
    {
        RuleFor(d => d.Name).NotEmpty().MaximumLength(120);
        RuleFor(d => d.Kind).NotEmpty().MaximumLength(40);
        RuleFor(d => d.SegmentId).NotNull();
        RuleFor(d => d.Secret).MaximumLength(500);
    }
}
