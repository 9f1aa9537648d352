using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Rcu.Exploration.Desk;

/// <summary>Something a person means to do about an account: call back, send a quote, visit.</summary>
public sealed class AccountTask
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The golden id of the day it was written; that account, or the one it was joined to, shows the task.</summary>
    public required Guid AccountId { get; init; }

    public Guid? ContactId { get; set; }

    public required string Title { get; set; }

    /// <summary>The e-mail of whoever is to do it, in small letters.</summary>
    public required string Assignee { get; set; }

    public DateOnly? DueOn { get; set; }

    /// <summary>When the calendar rings, and when the hub begins to insist.</summary>
    public DateTimeOffset? RemindAt { get; set; }

    public DateTimeOffset? DoneAt { get; private set; }

    public string? DoneBy { get; private set; }

    /// <summary>Of those that were made at once on many accounts.</summary>
    public Guid? BatchId { get; init; }

    public required string CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; set; }

    public int Version { get; private set; } = 1;

    /// <summary>Done by somebody, or to be done again.</summary>
    public void Tick(bool done, string by, DateTimeOffset now)
    {
        DoneAt = done ? DoneAt ?? now : null;
        DoneBy = done ? DoneBy ?? by : null;
        Touch(now);
    }

    public void Touch(DateTimeOffset now)
    {
        UpdatedAt = now;
        Version++;
    }
}

internal sealed class AccountTaskTable : IEntityTypeConfiguration<AccountTask>
{
    public void Configure(EntityTypeBuilder<AccountTask> task)
    {
        task.ToTable("account_tasks");
        task.Property(t => t.Version).IsConcurrencyToken();
    }
}
