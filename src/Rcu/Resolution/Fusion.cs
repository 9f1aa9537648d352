namespace Rcu.Resolution;

/// <summary>Something that joined golden rows or parted them: by the hub, by a person, or a word taken back.</summary>
/// <param name="GoldenId">The row it came to; null for a word between two records.</param>
/// <param name="Rule">What brought the two together, when the hub did.</param>
/// <param name="Who">The person; null for the hub.</param>
public sealed record Fusion(
    FusionKind What, DateTimeOffset At, Guid Id, ClusterKind Kind, Guid? GoldenId, MatchSide? One, MatchSide? Other, string? Rule, double? Probability,
    string? Sentence, string? Who);

/// <summary>What happened.</summary>
public enum FusionKind
{
    /// <summary>Two golden rows became one.</summary>
    Joined,

    /// <summary>A person said that two records are the same.</summary>
    SaidSame,

    /// <summary>A person said that two records are not.</summary>
    SaidDifferent,

    /// <summary>A word was taken back, or a newer one replaced it.</summary>
    TakenBack,
}

/// <summary>One step of how a golden row came to hold its records.</summary>
/// <param name="What">A record that was first, joined, was typed or left; or a word of a person.</param>
public sealed record StoryStep(
    string What, DateTimeOffset At, Guid RecordId, MatchSide? Record, MatchSide? Other, string? Rule, double? Probability, string? Sentence, string? Who);
