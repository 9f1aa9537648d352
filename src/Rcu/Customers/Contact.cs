namespace Rcu.Customers;

/// <summary>A person, whatever the companies they work for. A golden row, computed by Unification.</summary>
public sealed class Contact
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The name to show: « Marie Dupont », else the e-mail.</summary>
    public required string Name { get; set; }

    /// <summary><c>M</c> or <c>MME</c>.</summary>
    public string? Civility { get; set; }

    public string? GivenName { get; set; }

    public string? FamilyName { get; set; }

    /// <summary>The account of the employment in force; null when it is not known.</summary>
    public Guid? AccountId { get; set; }

    /// <summary>The company as the sources wrote it, kept when no account answers to it.</summary>
    public string? CompanyName { get; set; }

    public string? Email { get; set; }

    public List<string> Emails { get; set; } = [];

    public string? Phone { get; set; }

    public string? Mobile { get; set; }

    public List<string> Phones { get; set; } = [];

    public string? LinkedIn { get; set; }

    public string? JobTitle { get; set; }

    /// <summary>As in the job title rules: <c>FINANCE</c>, <c>ACHATS</c>…</summary>
    public string? Department { get; set; }

    /// <summary>As in the job title rules: <c>C_LEVEL</c>, <c>MANAGER</c>…</summary>
    public string? Level { get; set; }

    public DateOnly? InPostSince { get; set; }

    public IReadOnlyList<Position> PreviousPositions { get; set; } = [];

    public List<string> Interests { get; set; } = [];

    public IReadOnlyDictionary<string, string> Preferences { get; set; } = new Dictionary<string, string>();

    /// <summary>Whether they may be written to by e-mail, and the sentence that says why.</summary>
    public Reach EmailReach { get; set; } = Reach.NoAddress;

    public string EmailReachReason { get; set; } = "";

    public Reach PhoneReach { get; set; } = Reach.NoAddress;

    public string PhoneReachReason { get; set; } = "";

    public List<string> Sources { get; set; } = [];

    public int RecordCount { get; set; }

    public IReadOnlyDictionary<string, Origin> Origins { get; set; } = new Dictionary<string, Origin>();

    public string Search { get; set; } = "";

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    public int Version { get; set; } = 1;

    public Account? Account { get; set; }

    /// <summary>What its quality is worth; null until Insight has run.</summary>
    public ContactScore? Score { get; set; }

    /// <summary>The interest they show; null when they never did.</summary>
    public ContactLead? Lead { get; set; }
}

/// <summary>A post held before.</summary>
public sealed record Position(Guid? AccountId, string? Company, string? JobTitle, DateOnly? From, DateOnly? To);

/// <summary>Whether a channel may carry a message to a person.</summary>
public enum Reach
{
    /// <summary>Nothing forbids it: consent given, or a professional address not opposed.</summary>
    Allowed,

    /// <summary>The person said no: this wins over everything.</summary>
    Opposed,

    /// <summary>The address does not work: a hard bounce, a broken form.</summary>
    Invalid,

    /// <summary>A private address without consent: no legal basis.</summary>
    NoBasis,

    /// <summary>There is no address for this channel.</summary>
    NoAddress,

    /// <summary>The word they gave was given at a company they have left: to be asked again.</summary>
    ToCheck,
}
