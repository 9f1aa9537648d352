using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Rcu.Demo;
using Rcu.Identifiers;

namespace Rcu.Tests.Demo;

public sealed partial class DemoDataTests(DemoFolder demo) : IClassFixture<DemoFolder>
{
    // Real companies that everybody knows, as whole words of a name.
    private static readonly HashSet<string> WellKnown =
    [
        .. ("RENAULT PEUGEOT CITROEN MICHELIN CARREFOUR AUCHAN LECLERC CASINO MONOPRIX DECATHLON ORANGE BOUYGUES VINCI EIFFAGE SPIE ENGIE EDF "
            + "VEOLIA SUEZ TOTALENERGIES AIRBUS THALES DASSAULT SAFRAN ALSTOM SNCF RATP POSTE BNP PARIBAS AXA GROUPAMA MAIF MACIF MATMUT "
            + "LVMH HERMES CHANEL DIOR LOREAL GUERLAIN DANONE LACTALIS BONDUELLE FLEURY MICHON BONGRAIN BEL PERNOD RICARD SODEXO ELIOR ACCOR "
            + "NOVOTEL IBIS CAPGEMINI ATOS SOPRA SAGE CEGID OVH ILIAD FREE SFR PICARD FNAC DARTY BOULANGER CASTORAMA LEROY MERLIN LEGRAND "
            + "SCHNEIDER REXEL SOMFY SAINT-GOBAIN LAFARGE ARKEMA SANOFI SERVIER FABRE BIOMERIEUX ESSILOR AFFLELOU KRYS BIC LACOSTE KIABI "
            + "PIMKIE CELIO ETAM NICOLAS PAUL BRIOCHE DOREE CLUB MED PUBLICIS HAVAS TF1 CANAL").Split(' '),
    ];

    // Words of that list that are also common family or trade words, or parts of a longer brand.
    private static readonly HashSet<string> Common = ["FABRE", "FLEURY", "BOULANGER", "RICARD", "SCHNEIDER", "ORANGE", "POSTE", "FREE", "PAUL", "DOREE"];

    [Fact]
    public async Task The_same_seed_and_day_give_the_same_bytes()
    {
        var again = Path.Combine(demo.Folder, "again");

        await DemoData.WriteAsync(again, DemoFolder.Today, companies: DemoFolder.Companies);

        Assert.All(DemoFolder.Files, file => Assert.Equal(
            File.ReadAllBytes(Path.Combine(demo.Folder, file)), File.ReadAllBytes(Path.Combine(again, file))));
    }

    [Fact]
    public async Task One_company_more_changes_none_of_the_others()
    {
        var larger = Path.Combine(demo.Folder, "larger");

        await DemoData.WriteAsync(larger, DemoFolder.Today, companies: DemoFolder.Companies + 1);

        Assert.All(
            DemoFolder.Files.Where(file => file.EndsWith("sv", StringComparison.Ordinal) || file.EndsWith("txt", StringComparison.Ordinal)),
            file => Assert.Empty(File.ReadLines(Path.Combine(demo.Folder, file)).Except(File.ReadLines(Path.Combine(larger, file)))));
    }

    [Fact]
    public void Every_true_number_passes_its_check_and_is_marked_as_a_demonstration()
    {
        Assert.All(demo.Rows("truth/accounts.csv"), row => Assert.True(Siren.TryParse(row["siren"], null, out _) && DemoSirens.IsDemo(row["siren"])));
        Assert.All(demo.Rows("truth/sites.csv"), row => Assert.Equal(row["siren"], Siret.Parse(row["siret"]).Siren.Value));
        Assert.True(Siren.TryParse(DemoSirens.LedgerOwner, null, out _));
        Assert.DoesNotContain(demo.Rows("truth/accounts.csv"), row => row["siren"] == DemoSirens.LedgerOwner);
    }

    [Theory]
    [InlineData("crm_accounts.csv", "crm", "Account ID")]
    [InlineData("erp_clients.csv", "erp", "CODE_CLIENT")]
    public void A_number_fails_its_check_only_where_the_truth_says_it_is_wrong(string file, string source, string id)
    {
        var wrong = demo.Links.Where(l => l["source"] == source && l["operators"].Split('|').Contains("siret_faux"))
            .Select(l => l["record_id"]).ToHashSet();

        var failing = demo.Rows(file).Where(row => row["SIRET"].Replace(" ", "").Length == 14 && !Siret.TryParse(row["SIRET"], null, out _))
            .Select(row => row[id]);

        Assert.NotEmpty(wrong);
        Assert.Equal(wrong.Order(), failing.Order());
    }

    [Fact]
    public void Telephones_are_only_of_the_blocks_kept_for_fiction()
    {
        string[] blocks = ["19900", "26191", "35301", "46571", "53649", "63998"];
        var typed = demo.Rows("crm_accounts.csv").Select(r => r["Phone"])
            .Concat(demo.Rows("crm_contacts.csv").SelectMany(r => new[] { r["Phone"], r["Mobile"] }))
            .Concat(demo.Rows("erp_clients.csv").Select(r => r["TELEPHONE"]))
            .Concat(demo.Rows("marketing_contacts.csv").Select(r => r["SMS"]))
            .Concat(demo.Rows("truth/persons.csv").Select(r => r["mobile"]))
            .Concat(demo.Web.Select(e => e["traits"]?["phone"]?.GetValue<string>() ?? ""))
            .Concat(demo.Fair.Select(row => row[4]))
            .Where(phone => phone.Length > 0)
            .ToList();

        Assert.True(typed.Count > 500);
        Assert.All(typed, phone => Assert.Contains(
            string.Concat(phone.Replace("(0)", "").Where(char.IsAsciiDigit)) is var digits ? digits[^9..^4] : "", blocks));
    }

    [Fact]
    public void Mails_and_sites_are_only_of_the_domains_kept_for_examples()
    {
        foreach (var file in DemoFolder.Files.Where(file => !file.EndsWith("xlsx", StringComparison.Ordinal)))
        {
            Assert.All(AfterAt().Matches(demo.Text(file)), domain => Assert.EndsWith(".example", domain.Value.ToLowerInvariant()));
        }

        Assert.All(demo.Fair.Select(row => row[5]).Where(mail => mail.Length > 0), mail => Assert.Matches(@"\.ex[ae]mple$", mail));
        Assert.Contains(demo.Fair, row => row[5].EndsWith(".exemple", StringComparison.Ordinal));
        Assert.All(
            demo.Rows("crm_accounts.csv").Select(row => row["Website"]).Where(site => site.Length > 0), site => Assert.EndsWith(".example", site));
        Assert.All(demo.Web, visit => Assert.StartsWith("198.51.100.", visit["context"]!["ip"]!.GetValue<string>()));
    }

    [Fact]
    public async Task No_name_is_that_of_a_company_everybody_knows()
    {
        var shipped = Path.Combine(demo.Folder, "shipped");

        await DemoData.WriteAsync(shipped, DemoFolder.Today);

        var names = demo.Rows("shipped/truth/accounts.csv").Select(row => row["denomination"]).ToList();
        Assert.Equal(DemoData.DefaultCompanies, names.Count);
        Assert.DoesNotContain(names, name => name.Split(' ').Any(word => WellKnown.Contains(word) && !Common.Contains(word)));
    }

    [Fact]
    public void The_ERP_writes_accents_in_windows_1252()
    {
        var bytes = File.ReadAllBytes(Path.Combine(demo.Folder, "erp_clients.csv"));
        var text = demo.Text("erp_clients.csv");

        Assert.Contains(bytes, b => b >= 0x80);
        Assert.Throws<DecoderFallbackException>(() => new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes));
        Assert.Contains('É', text);
        Assert.Contains('Œ', text);
        Assert.Contains('€', text);
        Assert.DoesNotContain('?', text);
        Assert.DoesNotContain('?', demo.Text(DemoFolder.Ledgers[1]));
    }

    [Fact]
    public void Every_record_has_its_truth_and_no_key_comes_twice()
    {
        (string Source, string Entity, IEnumerable<string> Ids)[] told =
        [
            ("crm", "account", demo.Rows("crm_accounts.csv").Select(r => r["Account ID"])),
            ("crm", "contact", demo.Rows("crm_contacts.csv").Select(r => r["Contact ID"])),
            ("erp", "account", demo.Rows("erp_clients.csv").Select(r => r["CODE_CLIENT"])),
            ("erp", "invoice", demo.Rows("erp_factures.csv").Select(r => r["NUM_FACTURE"])),
            ("marketing", "contact", demo.Rows("marketing_contacts.csv").Select(r => r["CONTACT ID"])),
            ("web", "visitor", demo.Web.Select(e => e["anonymousId"]!.GetValue<string>()).Distinct()),
            ("salon", "contact", demo.Fair.Select(row => row[0])),
        ];

        Assert.All(told, source => Assert.Equal(
            demo.Links.Where(l => l["source"] == source.Source && l["entity"] == source.Entity).Select(l => l["record_id"]).Order(),
            source.Ids.Order()));
        Assert.Equal(demo.Links.Count, demo.Links.Select(l => (l["source"], l["entity"], l["record_id"])).Distinct().Count());
        Assert.Distinct(demo.Rows("crm_opportunities.csv").Select(r => r["Opportunity ID"]));
        Assert.Distinct(demo.Web.Select(e => e["messageId"]!.GetValue<string>()));
    }

    [Fact]
    public void Every_kind_of_dirt_is_there()
    {
        string[] kinds =
        [
            "abreviation", "ancien_email", "ancien_employeur", "anonyme", "cedex", "email_casse", "email_domaine_faux", "email_faute",
            "email_perso", "email_saisie", "enseigne", "faute", "faute_nom", "forme_juridique", "initiale", "majuscules",
            "nom_prenom_inverses", "ponctuation", "sans_accent", "sigle", "siren_seul", "siret_espaces", "siret_faux", "tronque35",
            "ville_ajoutee",
        ];

        var seen = demo.Links.SelectMany(l => l["operators"].Split('|')).ToHashSet();

        Assert.Empty(kinds.Except(seen));
        Assert.Contains(demo.Links, l => l["duplicate_group"].Length > 0);
        Assert.Contains(demo.Rows("crm_contacts.csv"), r => r["Email Opt Out"] == "true");
        Assert.Contains(demo.Rows("marketing_events.csv"), r => r["EVENT"] == "hardBounce");
        Assert.Contains(demo.Rows("truth/accounts.csv"), r => r["siren_groupe"].Length > 0);
    }

    [Fact]
    public void Some_companies_are_in_every_source() =>
        Assert.Contains(demo.Links.GroupBy(l => l["siren"]), company => company.Select(l => l["source"]).Distinct().Count() == 5);

    [Fact]
    public void Amounts_add_up_and_no_past_day_is_to_come()
    {
        Assert.All(demo.Rows("erp_factures.csv"), row =>
        {
            Assert.True(Amount(row["HT"]) > 0);
            Assert.Equal(Amount(row["TTC"]), Amount(row["HT"]) + Amount(row["TVA"]));
            Assert.InRange(
                DateOnly.ParseExact(row["DATE"], "dd/MM/yyyy"), DemoFolder.Today.AddDays(-730), DemoFolder.Today.AddDays(-1));
        });
        Assert.All(DemoFolder.Ledgers, file => Assert.Equal(
            demo.Rows(file).Sum(row => Amount(row["Debit"])), demo.Rows(file).Sum(row => Amount(row["Credit"]))));
        Assert.All(
            demo.Rows("marketing_events.csv"),
            row => Assert.True(DateTimeOffset.Parse(row["DATE"]) < DemoFolder.Today.ToDateTime(TimeOnly.MinValue)));
    }

    [Fact]
    public void Towns_and_activities_are_real()
    {
        var activities = DemoFolder.Table("naf_rev2").Select(row => row[0]).ToHashSet();
        var postalCodes = DemoFolder.Table("codes_postaux").Select(row => row[0]).ToHashSet();

        Assert.All(demo.Rows("truth/accounts.csv"), row => Assert.Contains(row["naf"], activities));
        Assert.All(demo.Rows("truth/sites.csv"), row => Assert.Contains(row["code_postal"], postalCodes));
    }

    [Theory]
    [InlineData("2027-01-02", 2025, 2026)]
    [InlineData("2028-02-29", 2027, 2028)]
    public async Task Any_day_has_two_years_of_books_with_entries(string day, int first, int last)
    {
        var folder = Path.Combine(demo.Folder, day);

        await DemoData.WriteAsync(folder, DateOnly.Parse(day), companies: 100);

        Assert.All(
            [first, last],
            year => Assert.NotEmpty(demo.Rows($"{day}/{DemoSirens.LedgerOwner}FEC{year}1231.txt")));
    }

    private static decimal Amount(string text) => decimal.Parse(text.Replace(',', '.'), CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?<=@)[\w.-]+")]
    private static partial Regex AfterAt();
}
