using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CsvHelper;
using CsvHelper.Configuration;
using ExcelDataReader;
using Rcu.Demo;

namespace Rcu.Tests.Demo;

/// <summary>One demonstration, written once and read by every test.</summary>
public sealed class DemoFolder : IAsyncLifetime
{
    public const int Companies = 400;

    public static readonly DateOnly Today = new(2026, 11, 21);

    public static readonly string[] Ledgers = [$"{DemoSirens.LedgerOwner}FEC20251231.txt", $"{DemoSirens.LedgerOwner}FEC20261231.txt"];

    public static readonly string[] Files =
    [
        "crm_accounts.csv", "crm_contacts.csv", "crm_opportunities.csv", "erp_clients.csv", "erp_factures.csv", "erp_lignes.csv", .. Ledgers,
        "marketing_contacts.csv", "marketing_events.csv", "web_events.ndjson", "salon_scans.xlsx", "email_domaines_gratuits_demo.csv",
        "truth/accounts.csv", "truth/sites.csv", "truth/persons.csv", "truth/links.csv", "truth/stats.json",
    ];

    public string Folder { get; } = Directory.CreateTempSubdirectory("rcu-demo-").FullName;

    public IReadOnlyList<IReadOnlyDictionary<string, string>> Links => field ??= Rows("truth/links.csv");

    public IReadOnlyList<JsonNode> Web =>
        field ??= [.. File.ReadLines(Path.Combine(Folder, "web_events.ndjson")).Select(line => JsonNode.Parse(line)!)];

    /// <summary>The scans, without the title, the header and the total.</summary>
    public IReadOnlyList<string[]> Fair => field ??= ReadFair();

    public async Task InitializeAsync() => await DemoData.WriteAsync(Folder, Today, companies: Companies);

    public Task DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return Task.CompletedTask;
    }

    public static IEnumerable<string[]> Table(string name)
    {
        using var stream = typeof(DemoData).Assembly.GetManifestResourceStream($"Rcu.Reference.Tables.{name}.csv")!;
        using var csv = new CsvParser(new StreamReader(stream), CultureInfo.InvariantCulture);
        while (csv.Read())
        {
            yield return csv.Record!;
        }
    }

    public string Text(string file) => EncodingOf(file).GetString(File.ReadAllBytes(Path.Combine(Folder, file)));

    public IReadOnlyList<IReadOnlyDictionary<string, string>> Rows(string file)
    {
        var settings = new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = DelimiterOf(file) };
        using var csv = new CsvReader(new StreamReader(Path.Combine(Folder, file), EncodingOf(file)), settings);
        csv.Read();
        csv.ReadHeader();
        var rows = new List<IReadOnlyDictionary<string, string>>();
        while (csv.Read())
        {
            rows.Add(csv.HeaderRecord!.ToDictionary(name => name, name => csv.GetField(name)!));
        }

        return rows;
    }

    private List<string[]> ReadFair()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        using var stream = File.OpenRead(Path.Combine(Folder, "salon_scans.xlsx"));
        using var reader = ExcelReaderFactory.CreateReader(stream);
        var rows = new List<string[]>();
        while (reader.Read())
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture) ?? "")]);
        }

        Assert.StartsWith("SALON", rows[0][0]);
        Assert.Equal("N°", rows[3][0]);
        Assert.Equal("TOTAL", rows[^1][1]);
        return [.. rows.Skip(4).Where(row => row[0].Length > 0)];
    }

    private static string DelimiterOf(string file) =>
        file.EndsWith("txt", StringComparison.Ordinal) ? "\t"
        : file.StartsWith("erp", StringComparison.Ordinal) || file.StartsWith("marketing", StringComparison.Ordinal) ? ";"
        : ",";

    private static Encoding EncodingOf(string file) =>
        file.EndsWith("txt", StringComparison.Ordinal) ? CodePagesEncodingProvider.Instance.GetEncoding(28605)!
        : file.StartsWith("erp", StringComparison.Ordinal) ? CodePagesEncodingProvider.Instance.GetEncoding(1252)!
        : Encoding.UTF8;
}
