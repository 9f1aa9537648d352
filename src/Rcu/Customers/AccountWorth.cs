using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rcu.Data;

namespace Rcu.Customers;

/// <summary>
/// What an account is worth and where it stands. Amounts are net, in euros, credit notes taken off; a purchase is a day with an invoice.
/// Insight computes it, with the reasons of each judgement.
/// </summary>
public sealed class AccountWorth
{
    public required Guid AccountId { get; init; }

    /// <summary>Days since the last purchase; null when nothing was bought in 24 months.</summary>
    public int? RecencyDays { get; set; }

    /// <summary>Days with a purchase in 24 months.</summary>
    public int Frequency { get; set; }

    /// <summary>What was bought in 24 months.</summary>
    public decimal Monetary { get; set; }

    /// <summary>1 to 5, beside the other customers: 5 is the most recent fifth.</summary>
    public int? R { get; set; }

    public int? F { get; set; }

    public int? M { get; set; }

    public RfmClass? Rfm { get; set; }

    /// <summary>The usual number of days between two purchases; null with fewer than two.</summary>
    public int? IntervalDays { get; set; }

    /// <summary>How many ranges of products were bought in 24 months.</summary>
    public int Ranges { get; set; }

    /// <summary>All that was bought so far.</summary>
    public decimal ValueToDate { get; set; }

    /// <summary>What the next twelve months are expected to bring.</summary>
    public decimal? ValueNext { get; set; }

    /// <summary>0 to 100: the risk that a customer leaves.</summary>
    public int? Churn { get; set; }

    public IReadOnlyList<WorthReason> ChurnReasons { get; set; } = [];

    /// <summary>0 to 100: interest shown, old signals fading, weighted by the part people play in a purchase.</summary>
    public int LeadScore { get; set; }

    public IReadOnlyList<WorthReason> LeadReasons { get; set; } = [];

    public LeadState State { get; set; }

    public DateTimeOffset StateSince { get; set; }

    public DateTimeOffset ComputedAt { get; set; }
}

/// <summary>Why a judgement is what it is.</summary>
/// <param name="Code">Of the text that says it: for a lead, the kind of the signal.</param>
/// <param name="Points">What it brings to the whole.</param>
/// <param name="Of">For a lead, the function of who gave the signal.</param>
/// <param name="First">What the text says <c>{0}</c> for: a number of signals, of days, a percentage.</param>
public sealed record WorthReason(string Code, decimal Points, string? Of = null, decimal? First = null, decimal? Second = null);

/// <summary>A customer by recency and frequency.</summary>
public enum RfmClass
{
    Champion,
    Loyal,
    Recent,
    Promising,
    MustKeep,
    AtRisk,
    Asleep,

    /// <summary>Bought once, but not in 24 months.</summary>
    Lost,
}

/// <summary>Where an account stands between a name on a list and a customer.</summary>
public enum LeadState
{
    Suspect,
    Cold,
    Warm,
    Hot,
    Strategic,
    Customer,
    Former,
}

/// <summary>The interest one contact shows, 0 to 100.</summary>
public sealed class ContactLead
{
    public required Guid ContactId { get; init; }

    public int Score { get; set; }

    public DateTimeOffset ComputedAt { get; set; }
}

internal sealed class AccountWorthTable : IEntityTypeConfiguration<AccountWorth>
{
    public void Configure(EntityTypeBuilder<AccountWorth> worth)
    {
        worth.ToTable("account_worths");
        worth.HasKey(w => w.AccountId);
        worth.Property(w => w.ChurnReasons).IsJson();
        worth.Property(w => w.LeadReasons).IsJson();
    }
}

internal sealed class ContactLeadTable : IEntityTypeConfiguration<ContactLead>
{
    public void Configure(EntityTypeBuilder<ContactLead> lead)
    {
        lead.ToTable("contact_leads");
        lead.HasKey(l => l.ContactId);
    }
}
