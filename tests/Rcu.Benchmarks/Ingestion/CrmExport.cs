using System.Text;

namespace Rcu.Benchmarks.Ingestion;

/// <summary>An export of a CRM of twelve columns and as many rows as a figure needs, each always the same; one cell in some is dirty.</summary>
internal static class CrmExport
{
    public const string Name = "crm_accounts.csv";

    public const int ColumnCount = 12;

    private const string Header =
        "Account ID,Account Name,SIRET,NAF Code,Billing Street,Billing Zip/Postal Code,Billing City,Billing Country,Phone,Website,Type,Created Date";

    public static async Task<string> WriteAsync(string folder, int rows, CancellationToken ct)
    {
        var file = Path.Combine(folder, $"crm_accounts_{rows}.csv");
        await using var text = new StreamWriter(file, append: false, new UTF8Encoding(false), 1 << 16);
        await text.WriteLineAsync(Header.AsMemory(), ct);
        foreach (var cells in Cells(rows))
        {
            await text.WriteLineAsync(string.Join(',', cells.Select(cell => $"\"{cell}\"")).AsMemory(), ct);
        }

        return file;
    }

    public static IEnumerable<string[]> Cells(int rows) => Enumerable.Range(0, rows).Select(InventedCompanies.At).Select(company => new[]
    {
        $"A{company.Number:00000000}",
        $"{company.Name} {company.Form}",
        company.Number % 20 == 7 ? company.Siren : $"{company.Siren}{NicOf(company.Siren)}",
        company.Number % 50 == 3 ? "62.01" : "4120A",
        $"{company.Number % 180 + 1} rue de la Gare",
        company.Number % 40 == 9 ? company.PostalCode.TrimStart('0') : company.PostalCode,
        company.Number % 30 == 11 ? company.Town.ToUpperInvariant() + " CEDEX" : company.Town,
        "France",
        company.Number % 25 == 13 ? "à rappeler" : $"01 99 00 {company.Number / 100 % 100:00} {company.Number % 100:00}",
        $"www.c{company.Number}.example",
        "Client",
        "12/03/2024",
    });

    // The NIC of the first establishment whose SIRET passes Luhn's check.
    private static string NicOf(string siren)
    {
        for (var last = 0; ; last++)
        {
            var sum = 0;
            var siret = $"{siren}0001{last}";
            for (var i = 0; i < siret.Length; i++)
            {
                var digit = (siret[^(i + 1)] - '0') * (i % 2 == 0 ? 1 : 2);
                sum += digit > 9 ? digit - 9 : digit;
            }

            if (sum % 10 == 0)
            {
                return $"0001{last}";
            }
        }
    }
}
