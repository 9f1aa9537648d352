using System.Globalization;
using Npgsql;
using Rcu.Data;
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

    private static readonly int Siren = Array.FindIndex(Fields, f => f.Name is "siren");

    private static readonly string Query = string.Create(
        CultureInfo.InvariantCulture,
        $"""
        select r.id, r.source_id, r.cleaned_at, {string.Join(", ", Fields.Select(Column))}, r.fields ->> 'domain'
        from records r where {RecordFeed.Which("Account")}
        """);

    /// <param name="which">Which accounts, as a condition on <c>r</c>.</param>
    /// <param name="bears">Told the SIREN and the domain of each account in turn; null when nobody asks.</param>
    public static async Task<RecordFeed> OpenAsync(
        NpgsqlConnection connection, ResolutionData data, string which, Action<string?, string?>? bears, CancellationToken ct)
    {
        var domain = RecordFeed.Before + Fields.Length;
        var rows = await CopyReader.OpenAsync(connection, domain + 1, $"{Query} and {which}", ct);
        return new RecordFeed(EntityKind.Company, Fields, rows, data.Sources, (row, field) =>
        {
            if (field == 0)
            {
                bears?.Invoke(row.Text(RecordFeed.Before + Siren), row.Text(domain));
            }

            return row.Bytes(RecordFeed.Before + field);
        });
    }

    /// <summary>What clean fields say of a company, as the engine reads an account.</summary>
    public static string?[] Values(IReadOnlyDictionary<string, string> account) =>
        [.. Fields.Select(f => account.GetValueOrDefault(f.Name) ?? (f.Name is "website" ? account.GetValueOrDefault("domain") : null))];

    /// <summary>What a contact's record says of the company it works for, as the engine reads an account.</summary>
    public static string?[] CompanyOf(Func<string, string?> contact)
    {
        var domain = contact("company_domain");
        return
        [
            contact("company_name"),
            null,
            contact("company_siren"),
            contact("company_siret"),
            null,
            null,
            contact("postal_code"),
            contact("city"),
            null,
            null,
            domain is null || MailDomains.IsFree(domain) ? null : domain,
            null,
            null,
        ];
    }

    private static string Column(Field field) =>
        field.Name is "website" ? "coalesce(r.fields ->> 'website', r.fields ->> 'domain')" : $"r.fields ->> '{field.Name}'";
}
