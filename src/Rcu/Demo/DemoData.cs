namespace Rcu.Demo;

/// <summary>
/// The demonstration's five sources: invented companies and people as a CRM, an ERP with its books, an e-mailing tool, a web
/// tracking and a trade fair would tell them, with the dirt of real files, and the truth to measure against.
/// </summary>
public static class DemoData
{
    public const int DefaultCompanies = 2_000;

    /// <summary>The mail domains that, in this demonstration, anybody may have an address at.</summary>
    public const string FreeMailDomainsFile = "email_domaines_gratuits_demo.csv";

    /// <summary>Writes the sources and their truth into a folder. The same seed and day give the same bytes.</summary>
    /// <param name="today">Every date is relative to it, and none of what is past comes after it.</param>
    /// <param name="companies">One company more changes nothing of the others.</param>
    public static async Task WriteAsync(
        string folder, DateOnly today, string seed = "demo", int companies = DefaultCompanies, CancellationToken ct = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(companies);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(companies, DemoSirens.Capacity / 2);

        Directory.CreateDirectory(folder);
        var world = DemoWorld.Invent(seed, today, companies, ct);
        var noise = new DemoNoise(world.Choices);
        await new CrmSource(world, noise).WriteAsync(folder, ct);
        var erp = new ErpSource(world, noise);
        await erp.WriteAsync(folder, ct);
        await new LedgerSource(world, erp.Invoices).WriteAsync(folder, ct);
        await new MarketingSource(world, noise).WriteAsync(folder, ct);
        await new WebSource(world, noise).WriteAsync(folder, ct);
        await new SalonSource(world, noise).WriteAsync(folder, ct);
        await WriteFreeMailDomainsAsync(folder, ct);
        await new DemoTruth(world, seed).WriteAsync(Path.Combine(folder, "truth"), ct);
    }

    private static async Task WriteFreeMailDomainsAsync(string folder, CancellationToken ct)
    {
        var file = new DelimitedText(',');
        file.Row("domaine");
        foreach (var domain in DemoPeople.FreeMailDomains)
        {
            file.Row(domain);
        }

        await file.WriteAsync(Path.Combine(folder, FreeMailDomainsFile), DelimitedText.Utf8, ct);
    }
}
