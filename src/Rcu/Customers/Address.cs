namespace Rcu.Customers;

/// <summary>A postal address in parts: we filter on them.</summary>
public sealed record Address
{
    public static readonly Address None = new();

    public string? Street { get; set; }

    public string? Complement { get; set; }

    public string? PostalCode { get; set; }

    public string? City { get; set; }

    /// <summary>The Insee code of the commune, when the postal code and the town name one.</summary>
    public string? CommuneCode { get; set; }

    /// <summary>Two or three characters: <c>57</c>, <c>2A</c>, <c>974</c>.</summary>
    public string? Department { get; set; }

    public string? Region { get; set; }

    public string? Country { get; set; }
}
