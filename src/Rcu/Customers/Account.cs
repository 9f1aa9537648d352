using Rcu.Identifiers;

namespace Rcu.Customers;

/// <summary>
/// A company as the hub knows it: one legal unit, keyed by its SIREN when known. A golden row, computed by
/// Unification from the source records linked to it; nothing else writes it.
/// </summary>
public sealed class Account
{
    /// <summary>Owns the facts whose account is not known yet. It has no row: never shown, counted, matched or activated.</summary>
    public static readonly Guid Unknown = new("00000000-0000-7000-8000-000000000000");

    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The name to show: the usual name, else the brand, else the legal name.</summary>
    public required string Name { get; set; }

    public Siren? Siren { get; set; }

    public string? Vat { get; set; }

    public string? LegalName { get; set; }

    public string? UsualName { get; set; }

    public string? Brand { get; set; }

    /// <summary>The short form: <c>SARL</c>, <c>SAS</c>…</summary>
    public string? LegalForm { get; set; }

    /// <summary>The Insee legal category, four digits.</summary>
    public string? LegalCategory { get; set; }

    /// <summary>NAF rév. 2, with its dot: <c>62.01Z</c>.</summary>
    public string? Naf { get; set; }

    /// <summary>NAF 2025, which replaces rév. 2 on 1 January 2027; both are kept.</summary>
    public string? Naf2025 { get; set; }

    public int? Headcount { get; set; }

    /// <summary>The Insee band code: <c>NN</c>, <c>00</c>, <c>01</c> … <c>53</c>.</summary>
    public string? HeadcountBand { get; set; }

    /// <summary><c>PME</c>, <c>ETI</c> or <c>GE</c>.</summary>
    public string? SizeClass { get; set; }

    public DateOnly? FoundedOn { get; set; }

    public DateOnly? ClosedOn { get; set; }

    /// <summary>Insee's administrative state: <c>A</c> active, <c>C</c> ceased.</summary>
    public string? InseeState { get; set; }

    /// <summary>Insee's diffusion status: <c>O</c> or <c>P</c> (partial: never used for prospecting).</summary>
    public string? Diffusion { get; set; }

    public AccountType? Type { get; set; }

    public bool Blocked { get; set; }

    public string? PaymentTerms { get; set; }

    /// <summary>E.164.</summary>
    public string? Phone { get; set; }

    public string? Email { get; set; }

    public string? Website { get; set; }

    /// <summary>The company's own mail and web domain; never a free mail provider's.</summary>
    public string? Domain { get; set; }

    public Address Address { get; set; } = new();

    public DateOnly? CustomerSince { get; set; }

    /// <summary>The names of the sources that speak of it, in alphabetical order.</summary>
    public List<string> Sources { get; set; } = [];

    public int RecordCount { get; set; }

    /// <summary>Per field, where its value comes from.</summary>
    public IReadOnlyDictionary<string, Origin> Origins { get; set; } = new Dictionary<string, Origin>();

    /// <summary>Every name it is known by, folded by <see cref="SearchText"/>.</summary>
    public string Search { get; set; } = "";

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    public int Version { get; set; } = 1;

    /// <summary>What was computed from its facts; null until Insight has run.</summary>
    public AccountMetrics? Metrics { get; set; }

    /// <summary>The letter that came back from its address; null while none did.</summary>
    public PostalFlag? PostalFlag { get; set; }

    /// <summary>What legal notices say of its company; null while none does.</summary>
    public Proceeding? Proceeding { get; set; }

    /// <summary>What the VAT number would be, by the SIREN, where no source gives one: shown and never sent, since not every legal unit is subject to the tax.</summary>
    public string? ComputedVat => Vat is null && Siren is { } siren ? VatNumber.Of(siren).Value : null;

    /// <summary>What its quality is worth; null until Insight has run.</summary>
    public AccountScore? Score { get; set; }

    /// <summary>What it is worth and where it stands; null until Insight has run.</summary>
    public AccountWorth? Worth { get; set; }
}

/// <summary>Where the commercial relation stands.</summary>
public enum AccountType
{
    Prospect,
    Customer,
    FormerCustomer,
    Partner,
}
