using Rcu.Segmentation;

namespace Rcu.Activation;

/// <summary>The field rules of one destination.</summary>
/// <param name="Rules">What holds now.</param>
/// <param name="IsUsual">Nobody decided: it is what is usual for the tool.</param>
/// <param name="Hub">What the hub can tell of these profiles.</param>
/// <param name="There">The fields the tool has now; null when it takes any name, or could not be asked.</param>
/// <param name="Unread">Why the tool could not be asked.</param>
/// <param name="Missing">The fields that rules name and the tool no longer has.</param>
public sealed record FieldRulesView(
    Destination Destination, SegmentTarget Target, IReadOnlyList<FieldRule> Rules, bool IsUsual, IReadOnlyList<string> Hub, IReadOnlyList<string>? There,
    string? Unread, IReadOnlyList<MissingField> Missing)
{
    /// <summary>What is missing, in words.</summary>
    public IReadOnlyList<string> Warnings => [.. Missing.Select(missing => FieldRules.Lacks(Destination.Name, missing))];
}

/// <summary>A field the tool does not have.</summary>
/// <param name="Perhaps">What it may be called now; null when nothing there is like it.</param>
public sealed record MissingField(string Name, string? Perhaps);

/// <summary>What a tool would be told of one profile.</summary>
public sealed record FieldPreview(Guid ProfileId, string Name, IReadOnlyList<PreviewedField> Fields);

/// <param name="Value">What the hub knows.</param>
/// <param name="As">The field of the tool.</param>
/// <param name="Told">What it would hold; null: nothing.</param>
public sealed record PreviewedField(string Field, string? Value, string As, string? Told);
