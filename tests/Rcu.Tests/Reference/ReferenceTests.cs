using Rcu.Identifiers;
using Rcu.Reference;

namespace Rcu.Tests.Reference;

public class ReferenceTests
{
    [Theory]
    [InlineData("57000", "Metz", "57463")]
    [InlineData("57000", "METZ CEDEX 01", "57463")]
    [InlineData("57903", "METZ CEDEX", "57463")]
    [InlineData("13006", "MARSEILLE 6", "13206")]
    [InlineData("13006", "Marseille", "13206")]
    [InlineData("13011", "Marseille 11", "13211")]
    [InlineData("75004", "Paris 04", "75104")]
    [InlineData("75001", "PARIS 1ER ARRONDISSEMENT", "75101")]
    [InlineData("69003", "LYON 3EME", "69383")]
    [InlineData("75950", "PARIS CEDEX 19", "75056")]
    [InlineData("59160", "LOMME", "59350")]
    [InlineData("01190", "ST ETIENNE SUR REYSSOUZE", "01352")]
    [InlineData("01640", "L'Abergement de Varey", "01002")]
    [InlineData("13520", "Baux de Provence (les)", "13011")]
    [InlineData("05300", "Laragne-monteglin", "05070")]
    [InlineData("20000", "AJACCIO", "2A004")]
    [InlineData(null, "Cassis", "13022")]
    [InlineData(null, "Metz", "57463")]
    [InlineData("59000", "Trifouilly", null)]
    [InlineData(null, null, null)]
    public void A_town_is_found_however_it_is_typed(string? postalCode, string? town, string? insee) =>
        Assert.Equal(insee, Communes.Resolve(postalCode, town)?.Code);

    [Theory]
    [InlineData("57000", "57", "Grand Est")]
    [InlineData("20090", "2A", "Corse")]
    [InlineData("20200", "2B", "Corse")]
    [InlineData("97400", "974", "La Réunion")]
    public void A_postal_code_tells_its_department(string postalCode, string code, string region)
    {
        var department = Departments.OfPostalCode(postalCode);

        Assert.Equal((code, region), (department?.Code, department?.RegionName));
    }

    [Theory]
    [InlineData("SARL Dupont", "SARL", "Dupont")]
    [InlineData("DUPONT S.A.R.L.", "SARL", "DUPONT")]
    [InlineData("DUPONT S A S", "SAS", "DUPONT")]
    [InlineData("Dupont SASU", "SASU", "Dupont")]
    [InlineData("Dupont, SA", "SA", "Dupont")]
    [InlineData("SOCIETE ANONYME DUPONT", "SA", "DUPONT")]
    [InlineData("Dupont (SAS)", "SAS", "Dupont")]
    [InlineData("Entreprise Individuelle Martin", "EI", "Martin")]
    [InlineData("Widget GmbH", "LTD", "Widget")]
    [InlineData("Association des Amis", null, "Association des Amis")]
    [InlineData("SE LOGER", null, "SE LOGER")]
    [InlineData("HOTEL ET SPA", null, "HOTEL ET SPA")]
    [InlineData("SA", null, "SA")]
    [InlineData("Casa", null, "Casa")]
    public void A_legal_form_is_taken_out_of_a_name(string name, string? form, string bare)
    {
        var (found, rest) = LegalForms.TakeOut(name);

        Assert.Equal((form, bare), (found?.Code, rest));
    }

    [Theory]
    [InlineData("5499", "SARL")]
    [InlineData("5710", "SAS")]
    [InlineData("9220", "ASSO")]
    [InlineData("s.a.r.l", "SARL")]
    public void A_legal_form_is_known_by_its_category_too(string text, string form) => Assert.Equal(form, LegalForms.Find(text)?.Code);

    [Theory]
    [InlineData("DAF", "FINANCE", "C_LEVEL")]
    [InlineData("Directrice administrative et financière", "FINANCE", "C_LEVEL")]
    [InlineData("Président-directeur général", "DIRECTION_GENERALE", "C_LEVEL")]
    [InlineData("Gérante", "DIRECTION_GENERALE", "C_LEVEL")]
    [InlineData("Acheteuse", "ACHATS", "STAFF")]
    [InlineData("Ingénieur d'affaires", "COMMERCIAL", "MANAGER")]
    [InlineData("Technico-commercial", "COMMERCIAL", "STAFF")]
    [InlineData("Chargée de communication", "MARKETING", "STAFF")]
    [InlineData("Directeur des systèmes d'information", "IT", "C_LEVEL")]
    [InlineData("Cheffe d'atelier", "PRODUCTION", "MANAGER")]
    [InlineData("RESPONSABLE RH", "RH", "MANAGER")]
    [InlineData("Technicienne de maintenance", "PRODUCTION", "STAFF")]
    public void A_job_title_has_its_place(string title, string department, string level) =>
        Assert.Equal(new JobPlace(department, level), JobTitles.Place(title));

    [Fact]
    public void A_title_no_rule_knows_has_no_place() => Assert.Null(JobTitles.Place("Voltigeur"));

    [Theory]
    [InlineData("jean.dupont@acme.example", "nominative")]
    [InlineData("compta@acme.example", "generic")]
    [InlineData("contact57@acme.example", "generic")]
    [InlineData("service.achats@acme.example", "generic")]
    [InlineData("jean.dupont@gmail.com", "free")]
    [InlineData("jean.dupont@orange.fr", "free")]
    [InlineData("jean.dupont@messagerie.example", "free")]
    [InlineData("jean@0-mail.com", "disposable")]
    public void A_mailbox_says_who_reads_it(string email, string kind) => Assert.Equal(kind, MailDomains.KindOf(EmailAddress.Parse(email)));

    [Theory]
    [InlineData("acme.fr", "acme.fr")]
    [InlineData("blog.acme.fr", "acme.fr")]
    [InlineData("shop.acme.co.uk", "acme.co.uk")]
    [InlineData("facebook.com", null)]
    [InlineData("acme.wixsite.com", null)]
    [InlineData("gmail.com", null)]
    public void A_company_domain_is_never_everybodys(string host, string? domain) => Assert.Equal(domain, MailDomains.CompanyDomain(host));

    [Theory]
    [InlineData("6201Z", "62.01Z")]
    [InlineData("62.01z", "62.01Z")]
    [InlineData("01.11Y", "01.11Y")]
    [InlineData("9999Z", null)]
    public void An_activity_is_known_with_or_without_its_dot(string text, string? code) => Assert.Equal(code, Naf.Find(text)?.Code);

    [Theory]
    [InlineData(0, "00")]
    [InlineData(1, "01")]
    [InlineData(19, "11")]
    [InlineData(250, "32")]
    [InlineData(20000, "53")]
    public void A_headcount_falls_in_one_band(int people, string code) => Assert.Equal(code, HeadcountBands.Of(people).Code);

    [Fact]
    public void Given_names_are_known_without_their_accents()
    {
        Assert.True(GivenNames.Contains("helene"));
        Assert.True(GivenNames.Contains("Anne-Louise"));
        Assert.Equal("F", GivenNames.Find("HÉLÈNE")?.Gender);
        Assert.False(GivenNames.Contains("Lacroix"));
    }
}
