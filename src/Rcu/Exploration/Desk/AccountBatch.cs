using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Rcu.Exploration.Desk;

/// <summary>One act done at once on many accounts or people, which can be taken back at once.</summary>
public sealed class AccountBatch
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public ListKind List { get; init; }

    public required BatchAct Act { get; init; }

    /// <summary>The owner, the tag, the words of the task; empty for a follow.</summary>
    public required string Value { get; init; }

    /// <summary>How many accounts, or people, it changed something on.</summary>
    public required int Accounts { get; set; }

    /// <summary>The run of corrections, when it is one.</summary>
    public Guid? RunId { get; set; }

    public required string DoneBy { get; init; }

    public required DateTimeOffset DoneAt { get; init; }

    public string? UndoneBy { get; set; }

    public DateTimeOffset? UndoneAt { get; set; }
}

/// <summary>What can be done at once on many accounts.</summary>
public enum BatchAct
{
    /// <summary>Puts somebody in charge: a correction of « Saisie » on each.</summary>
    Assign,
    Tag,
    Task,
    Follow,
}

internal sealed class AccountBatchTable : IEntityTypeConfiguration<AccountBatch>
{
    public void Configure(EntityTypeBuilder<AccountBatch> batch) => batch.ToTable("account_batches");
}
