using Rcu.Matching;
using Rcu.Reference;

namespace Rcu.Resolution;

/// <summary>Puts the accounts of every source before the engine.</summary>
internal static class AccountMatching
{
    private static readonly Field[] Fields =
    [
        new("name", FieldKind.CompanyName),
        new("brand", FieldKind.CompanyName),
        new("siren", FieldKind.Siren),
        new("siret", FieldKind.Siret),
        new("vat", FieldKind.Vat),
        new("street", FieldKind.Street),
        new("postal_code", FieldKind.PostalCode),
        new("city", FieldKind.Town),
        new("country", FieldKind.Country),
        new("phone", FieldKind.Phone),
        new("website", FieldKind.Website),
        new("email", FieldKind.Email),
        new("naf", FieldKind.Category),
    ];

    public static (RecordSet Records, MatchResult Result) Run(
        ResolutionData data, MatchSettings settings, IProgress<double>? progress, CancellationToken ct)
    {
        var records = RecordsOf(data);
        return (records, Matcher.Run(records, settings, data.AccountDecisions, data.SirenAliases, progress, ct));
    }

    public static RecordSet RecordsOf(ResolutionData data)
    {
        var records = new RecordSet(EntityKind.Company, Fields);
        foreach (var account in data.Accounts)
        {
            records.Add(ResolutionData.Text(account.Id), account.Source, Values(account.Fields));
        }

        return records;
    }

    /// <summary>What clean fields say of a company, as the engine reads an account.</summary>
    public static string?[] Values(IReadOnlyDictionary<string, string> account) =>
        [.. Fields.Select(f => account.GetValueOrDefault(f.Name) ?? (f.Name is "website" ? account.GetValueOrDefault("domain") : null))];

    /// <summary>What a contact's record says of the company it works for, as the engine reads an account.</summary>
    public static string?[] CompanyOf(ResolvedRecord contact)
    {
        var domain = contact["company_domain"];
        return
        [
            contact["company_name"],
            null,
            contact["company_siren"],
            contact["company_siret"],
            null,
            null,
            contact["postal_code"],
            contact["city"],
            null,
            null,
            domain is null || MailDomains.IsFree(domain) ? null : domain,
            null,
            null,
        ];
    }
}
