using Rcu.Segmentation;

namespace Rcu.Web.Pages.Segments;

/// <summary>What a rule gives, as the right pane shows it while it is being written.</summary>
internal sealed record LiveResult(
    SegmentTarget Target, string Sentence, SegmentCount? Count, string? Refusal, IReadOnlyList<SegmentRow> Rows, IReadOnlyList<string> Steps)
{
    /// <summary>Where the form goes that asks for more.</summary>
    public required string Edit { get; init; }

    /// <summary>What they are like; null until it was asked.</summary>
    public SegmentShape? Shape { get; init; }

    /// <summary>The segments it may be compared with.</summary>
    public IReadOnlyList<NamedChoice> Others { get; init; } = [];

    /// <summary>The one it is compared with.</summary>
    public Guid? With { get; init; }

    /// <summary>What is left after the line <paramref name="i"/>, and before it.</summary>
    public (int Before, int After)? Step(int i) => Count is { } count && i >= 0 && i < count.Steps.Count
        ? (i == 0 ? count.Everyone : count.Steps[i - 1], count.Steps[i])
        : null;
}
