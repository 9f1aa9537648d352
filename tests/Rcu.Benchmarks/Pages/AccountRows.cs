using System.Text.Encodings.Web;
using System.Text.Json;
using Rcu.Benchmarks.Generator;
using Rcu.Customers;
using Rcu.Reference;

namespace Rcu.Benchmarks.Pages;

/// <summary>The rows of accounts: golden values with their origins, the records of two or three sources, their evidence, their places.</summary>
internal sealed class AccountRows(PageBase plan, IReadOnlyDictionary<string, Guid> sources)
{
    public const string Golden =
        """
        accounts (id, name, siren, vat, legal_name, brand, legal_form, naf, headcount, headcount_band, size_class, founded_on, insee_state, diffusion,
          type, blocked, phone, email, website, domain, address_street, address_postal_code, address_city, address_commune_code, address_department,
          address_region, address_country, customer_since, sources, record_count, quality, origins, search, created_at, updated_at)
        """;

    public const string Records =
        "records (id, source_id, kind, external_key, source_record_id, content_hash, run_id, fields, cleaned_at, rules_version, changed_at)";

    public const string Evidence =
        "source_records (id, source_id, kind, external_key, payload, content_hash, run_id, feed_id, line, received_at)";

    public const string Links = "links (record_id, kind, cluster_id, rule, probability, sentence, linked_at)";

    public const string Establishments =
        """
        establishments (account_id, id, siret, nic, name, is_head_office, state, address_street, address_postal_code, address_city,
          address_department, address_region, address_country, phone, sources, record_ids)
        """;

    private const int RulesVersion = 99;
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly string[] Bands = ["NN", "00", "01", "02", "03", "11", "12", "21", "22", "31"];
    private static readonly string[] Owners = [.. Enumerable.Range(1, 40).Select(n => $"commercial{n}@bench.example")];
    private static readonly Guid Run = PageBase.Id(BaseKind.Evidence, -1, PageBase.End);

    public void WriteGolden(int n, CopyText rows)
    {
        var (company, dice, at) = (plan.CompanyOf(n), new Dice(PageBase.Seed, n, 41), PageBase.At(n, plan.Accounts));
        var (records, rank) = (RecordsOf(n), plan.RankOf(n) / (double)plan.Accounts);
        var siren = SirenOf(n, company);
        var place = PlaceOf(company);
        var updated = at.AddTicks((long)((PageBase.End - at).Ticks * dice.Share()));
        rows.Id(plan.AccountId(n)).Text(company.Name).Text(siren).Text(siren is null ? null : Companies.Vat(siren))
            .Text(company.Name.ToUpperInvariant()).Text(company.Brand).Text(company.FormName).Text(Words.Trades[company.Trade].Naf)
            .Number(dice.Chance(.5) ? dice.Between(1, 400) : null).Text(dice.Chance(.7) ? dice.PickEarly(Bands) : null)
            .Text(dice.Chance(.5) ? "PME" : null).Day(new DateOnly(dice.Between(1960, 2023), dice.Between(1, 12), dice.Between(1, 28)))
            .Text(dice.Chance(.95) ? "A" : "C").Text("O")
            .Text(rank < .45 ? "Customer" : rank < .55 ? "FormerCustomer" : rank < .58 ? "Partner" : dice.Chance(.95) ? "Prospect" : null)
            .Flag(dice.Chance(.02)).Text(PhoneOf(company.Phone)).Text(company.Domain is null ? null : $"contact@{company.Domain}")
            .Text(company.Domain is null ? null : $"https://www.{company.Domain}").Text(company.Domain)
            .Text(company.Street.Text).Text(company.Town.PostalCode).Text(company.Town.Name).Text(place.Commune).Text(place.Department).Text(place.Region).Text("FR")
            .Day(rank < .55 ? DateOnly.FromDateTime(at.UtcDateTime) : null)
            .List(records.Select(r => r.Source).Order(StringComparer.Ordinal)).Number(records.Count).Number(0)
            .Text(JsonSerializer.Serialize(Origins(n, records, at, Owners[dice.Below(Owners.Length)], dice.Chance(.8)), Readable))
            .Text(Searched(company)).At(at).At(updated).End();
    }

    public void WriteRecords(int n, CopyText rows)
    {
        var (at, which) = (PageBase.At(n, plan.Accounts), 0);
        foreach (var (source, fields) in RecordsOf(n))
        {
            rows.Id(plan.AccountRecordId(n, which)).Id(sources[source]).Text("Account").Text(KeyOf(source, n)).Id(PageBase.Id(BaseKind.Evidence, n * 8L + which, at))
                .Text("\\x00").Id(Run).Text(JsonSerializer.Serialize(fields, Readable)).At(at).Number(RulesVersion).At(at).End();
            which++;
        }
    }

    public void WriteEvidence(int n, CopyText rows)
    {
        var (at, which) = (PageBase.At(n, plan.Accounts), 0);
        foreach (var (source, fields) in RecordsOf(n))
        {
            rows.Id(PageBase.Id(BaseKind.Evidence, n * 8L + which++, at)).Id(sources[source]).Text("Account").Text(KeyOf(source, n))
                .Text(JsonSerializer.Serialize(fields.ToDictionary(f => f.Key.ToUpperInvariant(), f => f.Value), Readable)).Text("\\x00").Id(Run)
                .Id(Guid.Empty).Number(n + 2).At(at).End();
        }
    }

    public void WriteLinks(int n, CopyText rows)
    {
        var at = PageBase.At(n, plan.Accounts);
        for (var which = 0; which < RecordsOf(n).Count; which++)
        {
            rows.Id(plan.AccountRecordId(n, which)).Text("Account").Id(plan.AccountId(n)).Text(which == 0 ? "alone" : "siren").Number(which == 0 ? 1 : .998m)
                .Text(which == 0 ? "Seule fiche de ce compte." : "Même SIREN, même nom.").At(at).End();
        }
    }

    public void WriteEstablishments(int n, CopyText rows)
    {
        var (company, dice) = (plan.CompanyOf(n), new Dice(PageBase.Seed, n, 43));
        var siren = SirenOf(n, company);
        var more = n == plan.Group ? PageBase.Places - 1 : dice.Chance(.12) ? dice.Between(1, 6) : 0;
        for (var which = 0; which <= more; which++)
        {
            var (town, street) = which == 0 ? (company.Town, company.Street) : (Town.Pick(ref dice), Street.Pick(ref dice));
            var siret = siren is null ? null : Companies.Siret(siren, which + 1);
            var department = Departments.OfPostalCode(town.PostalCode);
            rows.Id(plan.AccountId(n)).Id(PageBase.Id(BaseKind.Establishment, n * 8_192L + which, PageBase.At(n, plan.Accounts))).Text(siret).Text(siret?[9..])
                .Text(which == 0 ? null : $"{company.Name} {town.Name}").Flag(which == 0).Text(dice.Chance(.9) ? "A" : "F")
                .Text(street.Text).Text(town.PostalCode).Text(town.Name).Text(department?.Code).Text(department?.RegionName).Text("FR")
                .Text(which == 0 ? PhoneOf(company.Phone) : null).List("erp").List(plan.AccountRecordId(n, 0)).End();
        }
    }

    /// <summary>What each source says of it: the first knows all, the others repeat it with an older address or another name.</summary>
    private List<(string Source, Dictionary<string, string> Fields)> RecordsOf(int n)
    {
        var (company, dice) = (plan.CompanyOf(n), new Dice(PageBase.Seed, n, 42));
        var first = FieldsOf(n, company);
        var (main, other) = dice.Chance(.6) ? ("crm", "erp") : ("erp", "crm");
        List<(string, Dictionary<string, string>)> records = [(main, first)];
        if (dice.Chance(.35))
        {
            var street = Street.Pick(ref dice);
            records.Add((other, new Dictionary<string, string>(first) { ["name"] = company.Named.ToUpperInvariant(), ["street"] = street.Text }));
        }

        if (dice.Chance(.08))
        {
            records.Add(("salon", first.Where(f => f.Key is "name" or "city" or "postal_code" or "phone").ToDictionary()));
        }

        return records;
    }

    private static Dictionary<string, string> FieldsOf(int n, Company company)
    {
        var fields = new Dictionary<string, string>
        {
            ["name"] = company.Name,
            ["legal_form"] = company.FormName,
            ["naf"] = Words.Trades[company.Trade].Naf,
            ["street"] = company.Street.Text,
            ["postal_code"] = company.Town.PostalCode,
            ["city"] = company.Town.Name,
            ["country"] = "FR",
            ["phone"] = PhoneOf(company.Phone),
        };
        if (SirenOf(n, company) is { } siren)
        {
            (fields["siren"], fields["vat"]) = (siren, Companies.Vat(siren));
        }

        if (company.Brand is { } brand)
        {
            fields["brand"] = brand;
        }

        if (company.Domain is { } domain)
        {
            (fields["domain"], fields["email"], fields["website"]) = (domain, $"contact@{domain}", $"https://www.{domain}");
        }

        return fields;
    }

    private static string? SirenOf(int n, Company company) => new Dice(PageBase.Seed, n, 40).Chance(.8) ? company.Siren : null;

    private static (string? Commune, string? Department, string? Region) PlaceOf(Company company)
    {
        var department = Departments.OfPostalCode(company.Town.PostalCode);
        return (Communes.Resolve(company.Town.PostalCode, company.Town.Name)?.Code, department?.Code, department?.RegionName);
    }

    private Dictionary<string, Origin> Origins(
        int n, List<(string Source, Dictionary<string, string> Fields)> records, DateTimeOffset at, string owner, bool isOwned)
    {
        var (source, first) = records[0];
        var origins = first.ToDictionary(f => f.Key, f => new Origin(f.Value, source, plan.AccountRecordId(n, 0), at, "source_priority",
        [
            .. records.Select((r, which) => (r.Source, r.Fields, which)).Skip(1).Where(r => r.Fields.ContainsKey(f.Key))
                .Select(r => new LosingValue(r.Fields[f.Key], r.Source, plan.AccountRecordId(n, r.which), at)),
        ]));
        if (isOwned)
        {
            origins["owner"] = new Origin(owner, "crm", plan.AccountRecordId(n, 0), at, "source_priority", []);
        }

        return origins;
    }

    private static string Searched(Company company) => string.Join(" | ", new[] { company.Name, company.Named, company.Brand }
        .Select(SearchText.Fold).Where(text => text.Length > 0).Distinct().Order(StringComparer.Ordinal));

    private static string KeyOf(string source, int n) => source switch { "erp" => $"C{n:0000000}", "crm" => $"001{n:000000000}", _ => $"S{n}" };

    private static string PhoneOf(string nine) => $"+33{nine}";
}
