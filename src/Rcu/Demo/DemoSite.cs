namespace Rcu.Demo;

/// <summary>One establishment of an invented company: an invented street in a real town.</summary>
internal sealed record DemoSite(
    string Siret,
    string Siren,
    bool IsHeadOffice,
    string Number,
    DemoStreet Street,
    string PostalCode,
    string City,
    string Brand,
    string Naf)
{
    public string Address => $"{Number} {Street.Kind} {Street.Name}".Trim();

    public string ShortAddress => $"{Number} {Street.Code} {Street.Name}".Trim();
}

/// <summary>A street as the register writes it: a code of type, its label, a name.</summary>
internal sealed record DemoStreet(string Code, string Kind, string Name);
