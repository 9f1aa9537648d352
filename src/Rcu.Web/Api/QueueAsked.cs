using Microsoft.AspNetCore.Mvc;
using Rcu.Resolution;

namespace Rcu.Web.Api;

/// <summary>What an address asks of the queue of duplicates: which pairs, in what order, from where.</summary>
internal sealed class QueueAsked
{
    private const int Longest = 99;

    [FromQuery(Name = "kind")]
    public Choice<ClusterKind>? Kind { get; init; }

    [FromQuery(Name = "band")]
    public Choice<MatchBand>? Band { get; init; }

    [FromQuery(Name = "reason")]
    public string? Reason { get; init; }

    [FromQuery(Name = "blocker")]
    public string? Blocker { get; init; }

    [FromQuery(Name = "source")]
    public string? Source { get; init; }

    [FromQuery(Name = "otherSource")]
    public string? OtherSource { get; init; }

    [FromQuery(Name = "unsure")]
    public bool? Unsure { get; init; }

    [FromQuery(Name = "disputed")]
    public bool? Disputed { get; init; }

    [FromQuery(Name = "segment")]
    public Guid? Segment { get; init; }

    [FromQuery(Name = "owner")]
    public string? Owner { get; init; }

    [FromQuery(Name = "sort")]
    public Choice<MatchSort>? Sort { get; init; }

    [FromQuery(Name = "cursor")]
    public Guid? Cursor { get; init; }

    [FromQuery(Name = "limit")]
    public int? Limit { get; init; }

    public int Size => Math.Min(ApiPage.Size(Limit), Longest);

    public MatchFilter ToFilter() => new(
        Kind?.Value ?? ClusterKind.Account, Band?.Value, Reason, Blocker, Source, OtherSource, Unsure ?? false, Disputed: Disputed ?? false, Segment: Segment,
        Owners: string.IsNullOrWhiteSpace(Owner) ? null : [Owner.Trim().ToLowerInvariant()], Sort: Sort?.Value ?? MatchSort.Urgency);
}
