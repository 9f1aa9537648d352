using Rcu.Customers;
using static Rcu.Tests.Cleaning.CleaningTest;

namespace Rcu.Tests.Cleaning;

public class AccountRulesTests
{
    [Theory]
    [InlineData("43753536200010", "437535362", "43753536200010", null)]
    [InlineData("552 032 534 00646", "552032534", "55203253400646", null)]
    [InlineData("552\u00a0032\u00a0534\u00a000646", "552032534", "55203253400646", null)]
    [InlineData("35600000022499", "356000000", "35600000022499", null)]
    [InlineData("55203253400647", "552032534", "55203253400647", "siret.checksum")]
    [InlineData("12345678900012", null, "12345678900012", "siret.checksum")]
    [InlineData("552032534", "552032534", null, "siret.is_siren")]
    [InlineData("1928065000011", "019280650", "01928065000011", "siret.leading_zero")]
    [InlineData("19281245", "019281245", null, "siret.is_siren")]
    [InlineData("5.5203253400646E+13", null, null, "siret.scientific")]
    [InlineData("5,5203E13", null, null, "siret.scientific")]
    [InlineData("552032534xxxxx", "552032534", null, "siret.masked")]
    [InlineData("552032534 XX", "552032534", null, "siret.masked")]
    [InlineData("FR27552032534", "552032534", null, "siret.is_vat")]
    [InlineData("55203253400646.0", "552032534", "55203253400646", null)]
    [InlineData("'55203253400646", "552032534", "55203253400646", null)]
    [InlineData("5520325340064", null, null, "siret.length")]
    [InlineData("en cours", null, null, "siret.unreadable")]
    [InlineData("00000000000000", null, null, "siret.checksum")]
    [InlineData("  ", null, null, null)]
    [InlineData("#N/A", null, null, "text.cell_error")]
    public void A_siret_is_read_warned_about_and_never_rejected_for_its_check(string typed, string? siren, string? siret, string? issue)
    {
        var clean = Clean(RecordKind.Account, ("siret", typed));

        Assert.Equal((siren, siret, issue), (clean.Field("siren"), clean.Field("siret"), clean.Codes()));
    }

    [Theory]
    [InlineData("552 032 534", "552032534", null)]
    [InlineData("19281245", "019281245", "siren.leading_zero")]
    [InlineData("55203253400646", "552032534", "siren.is_siret")]
    [InlineData("FR27552032534", "552032534", "siren.is_vat")]
    [InlineData("552032535", null, "siren.checksum")]
    [InlineData("5520", null, "siren.length")]
    public void A_siren_is_read_from_what_stands_in_its_column(string typed, string? siren, string? issue)
    {
        var clean = Clean(RecordKind.Account, ("siren", typed));

        Assert.Equal((siren, issue), (clean.Field("siren"), clean.Codes()));
    }

    [Theory]
    [InlineData("FR27552032534", "FR27552032534", "552032534", null)]
    [InlineData("fr 27 552 032 534", "FR27552032534", "552032534", null)]
    [InlineData("552032534", "FR27552032534", "552032534", "vat.is_siren")]
    [InlineData("FR28552032534", "FR28552032534", null, "vat.checksum")]
    [InlineData("BE0403170701", "BE0403170701", null, null)]
    [InlineData("non assujetti", null, null, "vat.unreadable")]
    public void A_vat_number_gives_the_siren(string typed, string? vat, string? siren, string? issue)
    {
        var clean = Clean(RecordKind.Account, ("vat", typed));

        Assert.Equal((vat, siren, issue), (clean.Field("vat"), clean.Field("siren"), clean.Codes()));
    }

    [Theory]
    [InlineData("880878145", "55203253400646", "FR27552032534", "552032534", "siren.incoherent")]
    [InlineData("880878145", "55203253400646", null, "880878145", "siren.incoherent")]
    [InlineData("552032534", "55203253400646", "FR27552032534", "552032534", null)]
    public void Official_numbers_must_speak_of_one_company(string? siren, string? siret, string? vat, string kept, string? issue)
    {
        var clean = Clean(RecordKind.Account, ("siren", siren), ("siret", siret), ("vat", vat));

        Assert.Equal((kept, issue), (clean.Field("siren"), clean.Codes()));
    }

    [Theory]
    [InlineData("00646", "55203253400646", null)]
    [InlineData("646", "55203253400646", null)]
    [InlineData("99999", null, "nic.unreadable")]
    public void Siren_and_nic_in_two_columns_make_a_siret(string nic, string? siret, string? issue)
    {
        var clean = Clean(RecordKind.Account, ("siren", "552032534"), ("nic", nic));

        Assert.Equal((siret, issue), (clean.Field("siret"), clean.Codes()));
    }

    [Theory]
    [InlineData("  SARL   Salvatore ", "SARL Salvatore", "SARL", "Salvatore")]
    [InlineData("VOUZIERS METZ SARL", "VOUZIERS METZ SARL", "SARL", "Vouziers Metz")]
    [InlineData("FEUILLE D'ERABLE SAS", "FEUILLE D'ERABLE SAS", "SAS", "Feuille d'Erable")]
    [InlineData("GEIQ BTP DE QUIMPER", "GEIQ BTP DE QUIMPER", null, "Geiq BTP de Quimper")]
    [InlineData("CHU DE NANCY", "CHU DE NANCY", null, "CHU de Nancy")]
    [InlineData("TRANSPORTS DUBOIS-MARTIN", "TRANSPORTS DUBOIS-MARTIN", null, "Transports Dubois-Martin")]
    [InlineData("IBM", "IBM", null, "IBM")]
    [InlineData("3D CONCEPT", "3D CONCEPT", null, "3D Concept")]
    [InlineData("eBay France", "eBay France", null, "eBay France")]
    [InlineData("LES JARDINS DU BUECH S.A.R.L", "LES JARDINS DU BUECH S.A.R.L", "SARL", "Les Jardins du Buech")]
    public void A_company_name_gives_its_form_and_the_name_people_say(string typed, string name, string? form, string usual)
    {
        var clean = Clean(RecordKind.Account, ("name", typed));

        Assert.Equal((name, form, usual), (clean.Field("name"), clean.Field("legal_form"), clean.Field("usual_name")));
    }

    [Theory]
    [InlineData("6820A", "68.20A", null)]
    [InlineData("68.20a", "68.20A", null)]
    [InlineData("6201Z - Programmation", "62.01Z", null)]
    [InlineData("113Z", "01.13Z", "naf.leading_zero")]
    [InlineData("1.11Z", "01.11Z", "naf.leading_zero")]
    [InlineData("111Z", null, "naf.ambiguous")]
    [InlineData("11.1Z", null, "naf.former")]
    [InlineData("52.1F", "47.11F", "naf.former_converted")]
    [InlineData("521F", "47.11F", "naf.former_converted")]
    [InlineData("52.1 Fp", "47.11F", "naf.former_converted")]
    [InlineData("72.1Z", null, "naf.former")]
    [InlineData("741G Conseil pour les affaires et la gestion", null, "naf.former")]
    [InlineData("7703", null, "naf.no_letter")]
    [InlineData("62.01", null, "naf.no_letter")]
    [InlineData("9999Z", null, "naf.unknown")]
    public void An_activity_code_is_dotted(string typed, string? naf, string? issue)
    {
        var clean = Clean(RecordKind.Account, ("naf", typed));

        Assert.Equal((naf, issue), (clean.Field("naf"), clean.Codes()));
    }

    [Theory]
    [InlineData("57000", "METZ", "57000", "Metz", "57463", null, null)]
    [InlineData("57 000", "Metz", "57000", "Metz", "57463", null, null)]
    [InlineData("F-57000", "Metz", "57000", "Metz", "57463", null, null)]
    [InlineData("1000", "BOURG EN BRESSE", "01000", "Bourg-en-Bresse", "01053", null, "postal_code.leading_zero")]
    [InlineData("57903", "METZ CEDEX", "57903", "Metz", "57463", "true", null)]
    [InlineData("13006", "MARSEILLE 6", "13006", "Marseille", "13206", null, null)]
    [InlineData("57000", "Trifouilly", "57000", "Trifouilly", null, null, "city.unknown")]
    [InlineData("ABCDE", "Metz", null, "Metz", "57463", null, "postal_code.unreadable")]
    [InlineData(null, "Metz", null, "Metz", "57463", null, null)]
    [InlineData("02310", null, "02310", null, null, null, null)]
    public void A_postal_code_and_a_town_name_a_commune(
        string? typedCode, string? typedTown, string? code, string? city, string? insee, string? cedex, string? issue)
    {
        var clean = Clean(RecordKind.Account, ("postal_code", typedCode), ("city", typedTown));

        Assert.Equal(
            (code, city, insee, cedex, issue),
            (clean.Field("postal_code"), clean.Field("city"), clean.Field("commune_code"), clean.Field("cedex"), clean.Codes()));
    }

    [Fact]
    public void A_french_town_places_the_company()
    {
        var clean = Clean(RecordKind.Account, ("postal_code", "57000"), ("city", "Metz"));

        Assert.Equal(("57", "Grand Est", "FR"), (clean.Field("department"), clean.Field("region"), clean.Field("country")));
    }

    [Theory]
    [InlineData("Belgique", "1000", "Bruxelles", "BE", "1000")]
    [InlineData("LUXEMBOURG", "L-1234", "Luxembourg", "LU", "L-1234")]
    [InlineData("Switzerland", "1003", "Lausanne", "CH", "1003")]
    public void A_neighbours_postal_code_is_left_as_it_is(string country, string typed, string city, string code, string postalCode)
    {
        var clean = Clean(RecordKind.Account, ("country", country), ("postal_code", typed), ("city", city));

        Assert.Equal((code, postalCode, city, null), (clean.Field("country"), clean.Field("postal_code"), clean.Field("city"), clean.Codes()));
    }

    [Theory]
    [InlineData("https://www.dts-lorraine.example", "dts-lorraine.example", "dts-lorraine.example", null)]
    [InlineData("www.acme.fr/contact?x=1", "acme.fr", "acme.fr", null)]
    [InlineData("HTTP://Shop.Acme.FR:8080", "shop.acme.fr", "acme.fr", null)]
    [InlineData("facebook.com/acme", "facebook.com", null, "website.shared")]
    [InlineData("en construction", null, null, "website.unreadable")]
    public void A_web_site_is_its_host(string typed, string? website, string? domain, string? issue)
    {
        var clean = Clean(RecordKind.Account, ("website", typed));

        Assert.Equal((website, domain, issue), (clean.Field("website"), clean.Field("domain"), clean.Codes()));
    }

    [Theory]
    [InlineData("compta@amidon-45.example", "amidon-45.example")]
    [InlineData("jean.dupont@orange.fr", null)]
    public void Without_a_site_the_mail_names_the_company(string email, string? domain) =>
        Assert.Equal(domain, Clean(RecordKind.Account, ("email", email)).Field("domain"));

    [Theory]
    [InlineData("35", "35", "12", null)]
    [InlineData("1 500", "1500", "42", null)]
    [InlineData("10 à 19 salariés", null, "11", null)]
    [InlineData("10-19", null, "11", null)]
    [InlineData("beaucoup", null, null, "headcount.unreadable")]
    public void A_headcount_gives_its_band(string typed, string? headcount, string? band, string? issue)
    {
        var clean = Clean(RecordKind.Account, ("headcount", typed));

        Assert.Equal((headcount, band, issue), (clean.Field("headcount"), clean.Field("headcount_band"), clean.Codes()));
    }

    [Theory]
    [InlineData("Client", "client", null)]
    [InlineData("PROSPECT", "prospect", null)]
    [InlineData("Partenaire", "partner", null)]
    [InlineData("Ancien client", "former", null)]
    [InlineData("ex-client", "former", null)]
    [InlineData("Zombie", null, "account.unknown_type")]
    public void What_a_company_is_to_us_is_one_of_four(string typed, string? type, string? issue)
    {
        var clean = Clean(RecordKind.Account, ("type", typed));

        Assert.Equal((type, issue), (clean.Field("type"), clean.Codes()));
    }

    [Fact]
    public void What_no_rule_knows_is_kept_as_it_came()
    {
        var clean = Clean(RecordKind.Account, ("payment_terms", " 30  JOURS FDM "), ("parent_siren", "552032534"), ("rating", "N/A"));

        Assert.Equal("30 JOURS FDM", clean.Field("payment_terms"));
        Assert.Equal("552032534", clean.Field("parent_siren"));
        Assert.Null(clean.Field("rating"));
    }

    [Theory]
    [InlineData("#N/A")]
    [InlineData("#VALEUR!")]
    [InlineData("#NOM?")]
    public void What_a_spreadsheet_could_not_compute_is_missing_and_told(string error)
    {
        var account = Clean(RecordKind.Account, ("name", "Acme"), ("siret", error));

        Assert.Null(account.Field("siret"));
        Assert.Equal("text.cell_error", account.Codes());
    }

    [Theory]
    [InlineData("siret", "8,8456E+13", null, "siret.scientific")]
    [InlineData("siren", "8.8456E+08", null, "siren.scientific")]
    [InlineData("siren", "05550025", "005550025", "siren.leading_zero")]
    [InlineData("phone", "139980042", "+33139980042", null)]
    [InlineData("postal_code", "1000", "01000", "postal_code.leading_zero")]
    [InlineData("created_on", "45944", "2025-10-14", "date.serial")]
    public void What_a_spreadsheet_damaged_is_repaired_when_certain_and_told_otherwise(string field, string typed, string? repaired, string? issue)
    {
        var account = Clean(RecordKind.Account, ("name", "Acme"), (field, typed));

        Assert.Equal((repaired, issue), (account.Field(field), account.Codes()));
    }
}
