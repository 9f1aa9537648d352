namespace Rcu.Activation;

/// <summary>A push that was only tried.</summary>
public sealed record DryRun(PlanFigures Figures, IReadOnlyList<DryLine> First);

/// <summary>One profile of a dry run, with the exact text that would leave.</summary>
public sealed record DryLine(Guid ProfileId, string Name, PlanVerdict Verdict, string? Text, string? Refusal);
