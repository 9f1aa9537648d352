using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rcu.Data;

namespace Rcu.Customers;

/// <summary>
/// Something that happened between us and a customer: a page, an e-mail, a call, a fair, a note, a complaint, a survey answer,
/// a need. Tied to the contact and to the account in force at that date. Its id is that of the record it was projected from.
/// </summary>
public sealed class Interaction
{
    public required Guid AccountId { get; init; }

    public required Guid Id { get; init; }

    public Guid? ContactId { get; set; }

    /// <summary><c>page_viewed</c>, <c>form_sent</c>, <c>email_opened</c>, <c>trade_show</c>, <c>call</c>, <c>note</c>, <c>complaint</c>, <c>survey</c>…</summary>
    public required string Kind { get; init; }

    /// <summary><c>web</c>, <c>email</c>, <c>phone</c>, <c>meeting</c>, <c>event</c>, <c>post</c>, <c>hub</c>.</summary>
    public required string Channel { get; init; }

    public required Direction Direction { get; init; }

    public required DateTimeOffset At { get; init; }

    public string? Subject { get; set; }

    /// <summary>What was said, word for word.</summary>
    public string? Text { get; set; }

    public string? Campaign { get; set; }

    /// <summary>What a kind adds: a satisfaction score (<c>score</c>), the answers of a survey, what was expected.</summary>
    public IReadOnlyDictionary<string, string> Details { get; set; } = new Dictionary<string, string>();

    public required string Source { get; init; }
}

/// <summary>Who began it.</summary>
public enum Direction
{
    Inbound,
    Outbound,
    Internal,
}

internal sealed class InteractionTable : IEntityTypeConfiguration<Interaction>
{
    public void Configure(EntityTypeBuilder<Interaction> interaction)
    {
        interaction.ToTable("interactions");
        interaction.HasKey(i => new { i.AccountId, i.Id });
        interaction.Property(i => i.Details).IsJson();
    }
}
