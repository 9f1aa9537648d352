namespace Rcu.Resolution;

/// <summary>Something that joined golden rows or parted them: by the hub, by a person, or a word taken back.</summary>
/// <param name="GoldenId">The row it came to; null for a word between two records.</param>
/// <param name="Rule">What brought the two together, when the hub did.</param>
/// <param name="Who">The person; null for the hub.</param>
/// <param name="Others">How many more records the golden row holds than the two that are named.</param>
public sealed record Fusion(
    FusionKind What, DateTimeOffset At, Guid Id, ClusterKind Kind, Guid? GoldenId, MatchSide? One, MatchSide? Other, string? Rule, double? Probability,
    string? Sentence, string? Who, int Others = 0);

/// <summary>What happened.</summary>
public enum FusionKind
{
    /// <summary>Two golden rows became one, or records were one from the first.</summary>
    Joined,

    /// <summary>A record left a golden row that stays.</summary>
    Parted,

    /// <summary>A person said that two records are the same.</summary>
    SaidSame,

    /// <summary>A person said that two records are not.</summary>
    SaidDifferent,

    /// <summary>A word was taken back, or a newer one replaced it.</summary>
    TakenBack,
}

/// <summary>Which part of the history is asked for.</summary>
/// <param name="What">One kind of event; null for all.</param>
/// <param name="Since">From that moment on.</param>
/// <param name="Until">Before that moment.</param>
/// <param name="Who">What that person said or had joined.</param>
/// <param name="ByHand">What people decided, or what the hub did by itself; null for both.</param>
public sealed record FusionFilter(
    ClusterKind Kind = ClusterKind.Account, FusionKind? What = null, DateTimeOffset? Since = null, DateTimeOffset? Until = null, string? Who = null, bool? ByHand = null);

/// <summary>One step of how a golden row came to hold its records.</summary>
/// <param name="What">A record that was first, joined, was typed or left; or a word of a person.</param>
public sealed record StoryStep(
    string What, DateTimeOffset At, Guid RecordId, MatchSide? Record, MatchSide? Other, string? Rule, double? Probability, string? Sentence, string? Who);
