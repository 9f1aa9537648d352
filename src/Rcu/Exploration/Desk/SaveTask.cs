using FluentValidation;

namespace Rcu.Exploration.Desk;

/// <summary>What a task says.</summary>
/// <param name="Assignee">The e-mail of whoever is to do it; null for whoever writes it.</param>
/// <param name="Version">The version that was read, when one is changed.</param>
public sealed record SaveTask(
    string Title, DateOnly? DueOn = null, DateTimeOffset? RemindAt = null, string? Assignee = null, Guid? ContactId = null, int? Version = null);

internal sealed class SaveTaskValidator : AbstractValidator<SaveTask>
{
    public SaveTaskValidator()
    {
        RuleFor(t => t.Title).NotEmpty().MaximumLength(200).Must(title => title is null || !title.Any(char.IsControl));
        RuleFor(t => t.Assignee).MaximumLength(256).Must(who => who is null || !who.Any(char.IsControl));
        RuleFor(t => t.DueOn).Must(day => day is null || day.Value.Year is >= 2000 and < 2200);
    }
}
