using Rcu.Customers;
using static Rcu.Tests.Cleaning.CleaningTest;

namespace Rcu.Tests.Cleaning;

public class ContactRulesTests
{
    [Theory]
    [InlineData("04 65 71 04 09", "jean@acme.example", "jean@acme.example", "+33465710409", "email.swapped")]
    [InlineData("04 65 71 04 09", null, null, "+33465710409", "email.swapped")]
    [InlineData(null, "jean@acme.example", "jean@acme.example", null, "email.swapped")]
    [InlineData("jean@acme.example", "04 65 71 04 09", "jean@acme.example", "+33465710409", null)]
    [InlineData("04 65 71 04 09", "04 65 71 04 10", null, "+33465710410", "email.unreadable")]
    [InlineData("jean@acme.example", "anne@acme.example", "jean@acme.example", null, "phone.unreadable")]
    public void An_address_and_a_number_in_the_place_of_each_other_go_back_to_their_own(
        string? typedMail, string? typedPhone, string? email, string? phone, string? codes)
    {
        var clean = Clean(RecordKind.Contact, ("email", typedMail), ("phone", typedPhone));

        Assert.Equal((email, phone, codes), (clean.Field("email"), clean.Field("phone"), clean.Codes()));
    }

    [Theory]
    [InlineData("Jean DUPONT", null, "Jean", "Dupont")]
    [InlineData("DUPONT Jean", null, "Jean", "Dupont")]
    [InlineData("Jean Lacroix", null, "Jean", "Lacroix")]
    [InlineData("Lacroix Jean", null, "Jean", "Lacroix")]
    [InlineData("M. Dupont", "M", null, "Dupont")]
    [InlineData("Mme Perez", "MME", null, "Perez")]
    [InlineData("Monsieur Jean Dupont", "M", "Jean", "Dupont")]
    [InlineData("J. Dupont", null, "J.", "Dupont")]
    [InlineData("M. J. Dupont", "M", "J.", "Dupont")]
    [InlineData("Dupont J.", null, "J.", "Dupont")]
    [InlineData("Mme Anne-Marie de La Tour", "MME", "Anne-Marie", "de La Tour")]
    [InlineData("DE LA TOUR Anne-Marie", null, "Anne-Marie", "de La Tour")]
    [InlineData("Jean Le Gall", null, "Jean", "Le Gall")]
    [InlineData("LE GALL Jean", null, "Jean", "Le Gall")]
    [InlineData("Nicole Le Roux", null, "Nicole", "Le Roux")]
    [InlineData("BARRE Louis-Thomas", null, "Louis-Thomas", "Barre")]
    [InlineData("Jean Pierre Lacroix", null, "Jean Pierre", "Lacroix")]
    [InlineData("Dupont, Jean", null, "Jean", "Dupont")]
    [InlineData("jean dupont", null, "Jean", "Dupont")]
    [InlineData("JEAN D'ORMESSON", null, "Jean", "d'Ormesson")]
    [InlineData("Dr Jean Dupont", null, "Jean", "Dupont")]
    [InlineData("Émile Hernandez", null, "Émile", "Hernandez")]
    [InlineData("Luuie Renard", null, "Luuie", "Renard")]
    [InlineData("Dupont", null, null, "Dupont")]
    public void A_name_in_one_column_is_read_in_any_order(string typed, string? civility, string? given, string? family)
    {
        var clean = Clean(RecordKind.Contact, ("full_name", typed));

        Assert.Equal((civility, given, family), (clean.Field("civility"), clean.Field("given_name"), clean.Field("family_name")));
    }

    [Theory]
    [InlineData("Pierre", "Lucas", "Pierre", "Lucas", null)]
    [InlineData("Perrot", "Louis", "Louis", "Perrot", "name.swapped")]
    [InlineData("Lemoine", "DÉSIRÉ", "Désiré", "Lemoine", "name.swapped")]
    [InlineData("Kateryna", "Martin", "Kateryna", "Martin", null)]
    [InlineData("A.", "Robin", "A.", "Robin", null)]
    [InlineData("Germaine", "DUPUIS", "Germaine", "Dupuis", null)]
    [InlineData("adèle", "Picard", "Adèle", "Picard", null)]
    [InlineData(null, "Jean Dupont", "Jean", "Dupont", "name.whole_in_family")]
    [InlineData(null, "Le Gall", null, "Le Gall", null)]
    [InlineData("Louis", null, "Louis", null, null)]
    [InlineData("Jean", "DE LA TOUR", "Jean", "de La Tour", null)]
    public void Two_columns_give_two_names_even_swapped(string? typedGiven, string? typedFamily, string? given, string? family, string? issue)
    {
        var clean = Clean(RecordKind.Contact, ("given_name", typedGiven), ("family_name", typedFamily));

        Assert.Equal((given, family, issue), (clean.Field("given_name"), clean.Field("family_name"), clean.Codes()));
    }

    [Fact]
    public void Two_given_names_in_one_column_are_read_in_the_usual_order_with_a_warning()
    {
        var clean = Clean(RecordKind.Contact, ("full_name", "Martin Pierre"));

        Assert.Equal(("Martin", "Pierre", "name.order"), (clean.Field("given_name"), clean.Field("family_name"), clean.Codes()));
    }

    [Theory]
    [InlineData("M.", "M", null)]
    [InlineData("Madame", "MME", null)]
    [InlineData("Mlle", "MME", null)]
    [InlineData("Dr", null, null)]
    [InlineData("Sa Majesté", null, "civility.unknown")]
    public void A_civility_is_one_of_two(string typed, string? civility, string? issue)
    {
        var clean = Clean(RecordKind.Contact, ("civility", typed));

        Assert.Equal((civility, issue), (clean.Field("civility"), clean.Codes()));
    }

    [Theory]
    [InlineData("Pierre.Lucas@Serg.example", "pierre.lucas@serg.example", "nominative", "serg.example", null)]
    [InlineData("brunet @ com-de-com.example", "brunet@com-de-com.example", "nominative", "com-de-com.example", "email.repaired")]
    [InlineData("brunet(at)com-de-com.example", "brunet@com-de-com.example", "nominative", "com-de-com.example", "email.repaired")]
    [InlineData("a.lebon@acme.exemple", "a.lebon@acme.exemple", "nominative", "acme.example", "email.suspicious_domain")]
    [InlineData("a.lebon@gmial.com", "a.lebon@gmial.com", "free", null, "email.suspicious_domain")]
    [InlineData("compta@acme.example", "compta@acme.example", "generic", "acme.example", null)]
    [InlineData("anne.philippe89@boite-gratuite.example", "anne.philippe89@boite-gratuite.example", "free", null, null)]
    [InlineData("x@0-mail.com", "x@0-mail.com", "disposable", null, "email.disposable")]
    [InlineData("a@acme.example; b@acme.example", "a@acme.example", "nominative", "acme.example", "email.several,email.repaired")]
    [InlineData("pas d'adresse", null, null, null, "email.unreadable")]
    public void An_address_is_repaired_and_says_who_reads_it(string typed, string? email, string? kind, string? domain, string? issue)
    {
        var clean = Clean(RecordKind.Contact, ("email", typed));

        Assert.Equal(
            (email, kind, domain, issue),
            (clean.Field("email"), clean.Field("email_kind"), clean.Field("company_domain"), clean.Codes()));
    }

    [Theory]
    [InlineData("03 53 01 21 13", null, "+33353012113", null, null)]
    [InlineData("06 39 98 30 15", null, null, "+33639983015", null)]
    [InlineData("0353012113", "639989829", "+33353012113", "+33639989829", null)]
    [InlineData(null, "0353012113", "+33353012113", null, "phone.not_mobile")]
    [InlineData("639983383.0", null, null, "+33639983383", null)]
    [InlineData("0353012113 / 0639989829", null, "+33353012113", "+33639989829", "phone.several")]
    [InlineData("03 53 01 21 13 poste 12", null, "+33353012113", null, null)]
    [InlineData("Tél : 03 53 01 21 13", null, "+33353012113", null, null)]
    [InlineData("0612345", null, null, null, "phone.unreadable")]
    [InlineData("0600000000", null, null, null, "phone.filler")]
    [InlineData("0899 12 34 56", null, "+33899123456", null, "phone.special")]
    public void Phones_find_their_place(string? typedPhone, string? typedMobile, string? phone, string? mobile, string? issue)
    {
        var clean = Clean(RecordKind.Contact, ("phone", typedPhone), ("mobile", typedMobile));

        Assert.Equal((phone, mobile, issue), (clean.Field("phone"), clean.Field("mobile"), clean.Codes()));
    }

    [Fact]
    public void A_neighbours_number_is_not_read_as_a_french_one() =>
        Assert.Equal("+3225551212", Clean(RecordKind.Contact, ("country", "Belgique"), ("phone", "02 555 12 12")).Field("phone"));

    [Theory]
    [InlineData("57000 Metz", "57000", "Metz", "57463")]
    [InlineData("75004 Paris 04", "75004", "Paris", "75104")]
    [InlineData("Metz 57000", "57000", "Metz", "57463")]
    [InlineData("Cassis", null, "Cassis", "13022")]
    [InlineData("02140 Fontaine-les-vervins", "02140", "Fontaine-lès-Vervins", "02321")]
    public void Postal_code_and_town_in_one_column_are_parted(string typed, string? code, string city, string insee)
    {
        var clean = Clean(RecordKind.Contact, ("postal_city", typed));

        Assert.Equal((code, city, insee), (clean.Field("postal_code"), clean.Field("city"), clean.Field("commune_code")));
    }

    [Fact]
    public void A_job_title_gives_department_and_level()
    {
        var clean = Clean(RecordKind.Contact, ("job_title", "Directrice commerciale"));

        Assert.Equal(("COMMERCIAL", "C_LEVEL"), (clean.Field("job_department"), clean.Field("job_level")));
    }

    [Theory]
    [InlineData("linkedin.com/in/Jean-Dupont/", "https://www.linkedin.com/in/jean-dupont", null)]
    [InlineData("https://fr.linkedin.com/in/jean-dupont?trk=x", "https://www.linkedin.com/in/jean-dupont", null)]
    [InlineData("https://linkedin.com/company/acme", null, "linkedin.unreadable")]
    public void A_profile_is_written_one_way(string typed, string? linkedIn, string? issue)
    {
        var clean = Clean(RecordKind.Contact, ("linkedin", typed));

        Assert.Equal((linkedIn, issue), (clean.Field("linkedin"), clean.Codes()));
    }

    [Theory]
    [InlineData("oui", "true", null)]
    [InlineData("OK", "true", null)]
    [InlineData("x", "true", null)]
    [InlineData("1", "true", null)]
    [InlineData("O", "true", null)]
    [InlineData("non", "false", null)]
    [InlineData("0", "false", null)]
    [InlineData("", null, null)]
    [InlineData("peut-être", null, "boolean.unreadable")]
    public void Yes_has_many_spellings(string typed, string? answer, string? issue)
    {
        var clean = Clean(RecordKind.Contact, ("opt_in", typed));

        Assert.Equal((answer, issue), (clean.Field("opt_in"), clean.Codes()));
    }

    [Fact]
    public void A_refusal_stands_against_an_agreement()
    {
        var clean = Clean(RecordKind.Contact, ("opt_in", "oui"), ("opt_out", "1"));

        Assert.Equal(("false", "true", "consent.contradiction"), (clean.Field("opt_in"), clean.Field("opt_out"), clean.Codes()));
    }

    [Fact]
    public void A_note_is_kept_word_for_word() =>
        Assert.Equal(" intéressé ++\n rappeler ", Clean(RecordKind.Contact, ("note", " intéressé ++\n rappeler ")).Field("note"));

    [Theory]
    [InlineData("45944", "2025-10-14T00:00:00Z")]
    [InlineData("2025-08-10T19:28:00+01:00", "2025-08-10T18:28:00Z")]
    [InlineData("2025-07-01 10:00", "2025-07-01T08:00:00Z")]
    [InlineData("14/10/2025 09:30", "2025-10-14T07:30:00Z")]
    public void A_moment_is_told_in_utc(string typed, string at) => Assert.Equal(at, Clean(RecordKind.Contact, ("seen_at", typed)).Field("seen_at"));
}
