namespace Rcu.Exploration.Desk;

/// <summary>A task as it is read, with the account that answers for it today.</summary>
public sealed record TaskLine(
    Guid Id, Guid AccountId, string AccountName, string? City, Guid? ContactId, string? ContactName, string Title, string Assignee, DateOnly? DueOn,
    DateTimeOffset? RemindAt, DateTimeOffset? DoneAt, string? DoneBy, string CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, int Version)
{
    public bool IsLate(DateOnly today) => DoneAt is null && DueOn < today;
}
