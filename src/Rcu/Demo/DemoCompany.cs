namespace Rcu.Demo;

/// <summary>One invented legal unit: the truth that the five sources tell badly.</summary>
internal sealed class DemoCompany
{
    public required string Key { get; init; }

    public required string Siren { get; init; }

    /// <summary>The name without its legal form, written with care.</summary>
    public required string Core { get; init; }

    public required string Form { get; init; }

    public required string Naf { get; init; }

    public required string Headcount { get; init; }

    public required string Acronym { get; init; }

    public required string Domain { get; set; }

    /// <summary>The SIREN of the parent whose mail domain it shares, or nothing.</summary>
    public required string Group { get; set; }

    /// <summary>Whether every source knows it: the companies to look at first.</summary>
    public required bool IsEverywhere { get; init; }

    /// <summary>The day it stopped trading, for the few that did.</summary>
    public required DateOnly? CeasedOn { get; init; }

    public string Phone { get; set; } = "";

    public List<DemoSite> Sites { get; } = [];

    public List<DemoPerson> People { get; } = [];

    public List<string> CrmIds { get; } = [];

    public string LegalName => DemoText.Register(Core);

    public string Vat => DemoSirens.VatOf(Siren);
}
