using FluentValidation;

namespace Rcu.Exploration.Desk;

/// <summary>An act to do on many accounts.</summary>
/// <param name="Value">The e-mail of the owner, the tag, or the words of the task; nothing for a follow.</param>
/// <param name="Ids">Those that were ticked; null for all those of the filter.</param>
/// <param name="DueOn">Of the tasks.</param>
/// <param name="Assignee">Of the tasks, or who follows; null for whoever asks.</param>
public sealed record DoBatch(BatchAct Act, string? Value, IReadOnlyList<Guid>? Ids, DateOnly? DueOn = null, string? Assignee = null);

internal sealed class DoBatchValidator : AbstractValidator<DoBatch>
{
    public DoBatchValidator()
    {
        RuleFor(b => b.Act).IsInEnum();
        RuleFor(b => b.Value).NotEmpty().When(b => b.Act is not BatchAct.Follow);
        RuleFor(b => b.Value).MaximumLength(40).When(b => b.Act is BatchAct.Tag);
        RuleFor(b => b.Value).MaximumLength(200).Must(value => value is null || !value.Any(char.IsControl));
        RuleFor(b => b.Ids).Must(ids => ids is null || ids.Count is > 0 and <= AccountBatches.Most);
    }
}
