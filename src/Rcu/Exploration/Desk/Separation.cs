using Rcu.Resolution;

namespace Rcu.Exploration.Desk;

/// <summary>What parting a record from its golden row would leave to decide: all that people wrote on the row since it held them both.</summary>
/// <param name="GoldenId">The row they are in today.</param>
/// <param name="LeavingId">The id that answers for the record once it has left; null as long as it never had one.</param>
/// <param name="StayingId">The id that answers for the others.</param>
public sealed record Separation(ClusterKind Kind, Guid RecordId, Guid GoldenId, Guid? LeavingId, Guid StayingId, IReadOnlyList<WrittenSince> Written);

/// <summary>Something a person wrote on a golden row since two were joined in it.</summary>
/// <param name="Key">What it is called in the answer: <c>task:…</c>, <c>tag:…</c>.</param>
/// <param name="What">A task, a note, a tag, a follower, a part, a stance, a relation, or typed values.</param>
/// <param name="Leaves">Whether it would go along with the record, if nobody says otherwise.</param>
/// <param name="IsSure">Whether it speaks of somebody or something of one side alone.</param>
public sealed record WrittenSince(string Key, string What, string Text, string By, DateTimeOffset At, bool Leaves, bool IsSure);
