using Rcu.Matching.Normalisation;

namespace Rcu.Matching.Tests.Normalisation;

public class NormalisationTests
{
    [Theory]
    [InlineData("SARL Dupont & Fils", "dupont fils")]
    [InlineData("Dupont et Fils S.A.R.L.", "dupont fils")]
    [InlineData("Société à responsabilité limitée Dupont et Fils", "dupont fils")]
    [InlineData("Établissements Gaillard SAS", "ets gaillard")]
    [InlineData("ETS GAILLARD", "ets gaillard")]
    [InlineData("Transports du Rhône", "trp rhone")]
    [InlineData("S N C F", "sncf")]
    [InlineData("SARL", "sarl")]
    [InlineData("La Société Le", "la societe le")]
    public void A_company_name_loses_its_form_and_its_spelling(string text, string expected) =>
        Assert.Equal(expected, Normalised.CompanyName(text));

    [Theory]
    [InlineData("FAURE Pierre", "pierre", "faure")]
    [InlineData("Pierre Faure", "pierre", "faure")]
    [InlineData("M. Faure", null, "faure")]
    [InlineData("Mme Dupont-Durand", null, "dupont durand")]
    [InlineData("A. Monnier", "a", "monnier")]
    [InlineData("LE GALL Anne-Marie", "anne marie", "le gall")]
    public void A_full_name_is_read_either_way_round(string text, string? given, string? family) =>
        Assert.Equal((given, family), PersonNames.Whole(text));

    [Theory]
    [InlineData("rené", null, "rene.seguin", "rene", "seguin")]
    [InlineData(null, "Abadie", "thomas.abadie67", "thomas", "abadie")]
    [InlineData("V.", "Loiseau", "vincent_loiseau", "vincent", "loiseau")]
    [InlineData("René", null, "contact.paris", "rene", null)]
    [InlineData("Paul", "Martin", "jean.dupont", "paul", "martin")]
    public void A_mailbox_completes_a_name_it_agrees_with(
        string? given, string? family, string local, string? expectedGiven, string? expectedFamily)
    {
        var read = (Given: given is null ? null : PersonNames.Part(given), Family: family is null ? null : PersonNames.Part(family));

        Assert.Equal((expectedGiven, expectedFamily), MailNames.Complete(read.Given, read.Family, local));
    }

    [Theory]
    [InlineData("732 829 320", FieldKind.Siren, "732829320", true)]
    [InlineData("73282932000074", FieldKind.Siret, "732829320", true)]
    [InlineData("73282932000099", FieldKind.Siret, "732829320", true)]
    [InlineData("FR44732829320", FieldKind.Vat, "732829320", true)]
    [InlineData("732829321", FieldKind.Siren, "732829321", false)]
    [InlineData("000000000", FieldKind.Siren, "000000000", false)]
    [InlineData("DE123456789", FieldKind.Vat, null, false)]
    [InlineData("abc", FieldKind.Siren, null, false)]
    public void A_siren_is_read_from_each_official_number(string text, FieldKind kind, string? digits, bool valid) =>
        Assert.Equal((digits, valid), Normalised.Siren(text, kind));

    [Theory]
    [InlineData("06 39 98 00 42", "639980042")]
    [InlineData("+33 (0)6 39 98 00 42", "639980042")]
    [InlineData("0033639980042", "639980042")]
    [InlineData("'0639980042", "639980042")]
    [InlineData("639980042", "639980042")]
    [InlineData("0000000000", null)]
    [InlineData("12", null)]
    public void A_phone_is_its_last_nine_digits(string text, string? expected) => Assert.Equal(expected, Normalised.Phone(text));

    [Theory]
    [InlineData(" PIERRE.Faure@Exemple.FR", "pierre.faure", "exemple.fr")]
    [InlineData("pierre.faure (at) exemple.fr", "pierre.faure", "exemple.fr")]
    [InlineData("pierre.faure+salon@exemple.fr", "pierre.faure", "exemple.fr")]
    public void A_mailbox_is_read_through_its_usual_dirt(string text, string local, string domain) =>
        Assert.Equal((local, domain), Normalised.Mailbox(text));

    [Theory]
    [InlineData("https://www.exemple.fr/contact", "exemple.fr")]
    [InlineData("exemple.fr", "exemple.fr")]
    [InlineData("neant", null)]
    public void A_website_is_its_domain(string text, string? expected) => Assert.Equal(expected, Normalised.Website(text));

    [Theory]
    [InlineData("12 bis, Avenue Frédéric Chevillon", "12", "av frederic chevillon")]
    [InlineData("12 AV FREDERIC CHEVILLON BP 123", "12", "av frederic chevillon")]
    [InlineData("Grange Gaudon", null, "grange gaudon")]
    public void A_street_is_a_number_and_words(string text, string? number, string name) =>
        Assert.Equal((number, name), Normalised.Street(text));

    [Theory]
    [InlineData("PARIS 08 CEDEX 8", "paris")]
    [InlineData("Marseille 1er Arrondissement", "marseille")]
    [InlineData("Saint-Étienne", "st etienne")]
    public void A_town_loses_its_cedex_and_its_arrondissement(string text, string expected) =>
        Assert.Equal(expected, Normalised.Town(text));

    [Theory]
    [InlineData("1980-03-27", "19800327")]
    [InlineData("27/03/1980", "19800327")]
    [InlineData("19800327", "19800327")]
    [InlineData("2024-05-01T10:00:00Z", "20240501")]
    [InlineData("hier", null)]
    public void A_date_is_eight_digits(string text, string? expected) => Assert.Equal(expected, Normalised.Date(text));
}
