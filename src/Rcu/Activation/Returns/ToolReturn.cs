using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Rcu.Activation.Returns;

/// <summary>What a tool told of a person it wrote to: kept as it came, whether the person is known here or not.</summary>
public sealed class ToolReturn
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid DestinationId { get; init; }

    public required string MessageId { get; init; }

    /// <summary>The contact it is about; null when nobody here answers to it.</summary>
    public Guid? ProfileId { get; init; }

    public required ReturnKind Kind { get; init; }

    public string? Email { get; init; }

    public required DateTimeOffset SaidAt { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }
}

public enum ReturnKind
{
    Unsubscribed,

    /// <summary>The address does not exist, for good.</summary>
    Bounced,

    /// <summary>Reported as unwanted.</summary>
    Complained,
}

internal sealed class ToolReturnTable : IEntityTypeConfiguration<ToolReturn>
{
    public void Configure(EntityTypeBuilder<ToolReturn> entry) => entry.ToTable("tool_returns");
}
