using Rcu.Ingestion.Mapping;
using Rcu.Web.Commands.Csv;
using Rcu.Web.Commands.Duplicates;

namespace Rcu.Web.Tests.Commands;

/// <summary>What a column holds, told from its header and from its values.</summary>
public sealed class ColumnGuessTests : IDisposable
{
    private readonly CommandLine _line = new();

    public void Dispose() => _line.Dispose();

    [Theory]
    [InlineData("Raison sociale", "company_name")]
    [InlineData("RAISON_SOCIALE_1", "company_name")]
    [InlineData("Account Name", "company_name")]
    [InlineData("companyName", "company_name")]
    [InlineData("Adrese", "street")]
    [InlineData("address_2", "street")]
    [InlineData("Adresse de facturation", "street")]
    [InlineData("Adresse e-mail", "email")]
    [InlineData("E-mail pro", "email")]
    [InlineData("Email Opt Out", null)]
    [InlineData("phone2", "phone")]
    [InlineData("N° Téléphone", "phone")]
    [InlineData("Tél. portable", "phone")]
    [InlineData("SMS", "phone")]
    [InlineData("Billing Zip/Postal Code", "postal_code")]
    [InlineData("C.P.", "postal_code")]
    [InlineData("VILLE", "city")]
    [InlineData("N° SIRET", "siret")]
    [InlineData("siren_entreprise", "siren")]
    [InlineData("N° TVA intracommunautaire", "vat")]
    [InlineData("Date de création", null)]
    [InlineData("Date de naissance", "date_of_birth")]
    [InlineData("dob", "date_of_birth")]
    [InlineData("Prénom du contact", "given_name")]
    [InlineData("lastName", "family_name")]
    [InlineData("Nom et prénom", "person_name")]
    [InlineData("Fonction", "job_title")]
    [InlineData("Contact ID", null)]
    [InlineData("Code NAF", "category")]
    [InlineData("site web", "website")]
    [InlineData("Pays", "country")]
    [InlineData("Type", null)]
    public void A_header_is_understood(string header, string? kind) =>
        Assert.Equal(kind, HeaderWords.Find(header) is { } found ? ColumnKinds.NameOf(found) : null);

    [Theory]
    [InlineData("c", "email", "a@b.fr", "c.d@e.com", "x@y.org")]
    [InlineData("c", "siret", "55203253400646", "54206547900018", "356 000 000 00048")]
    [InlineData("c", "siren", "552032534", "542 065 479", "356000000")]
    [InlineData("c", "vat", "FR27552032534", "DE123456789", "FR 27 552 032 534")]
    [InlineData("c", "website", "www.a.fr", "https://b.com/x", "c-d.org")]
    [InlineData("c", "phone", "01 42 00 00 00", "+33 6 12 34 56 78", "0612345678")]
    [InlineData("c", "street", "12 rue Haute", "3 av. Foch", "ZI Nord")]
    [InlineData("c", "postal_code", "57000", "75002", "67000")]
    [InlineData("c", "given_name", "Marie", "Jean", "Marie", "Jean", "Marie")]
    [InlineData("c", "person_name", "Marie Durand", "DUPONT Jean", "Lucie Martin")]
    [InlineData("c", "company_name", "Garage Martin SARL", "Paul SAS", "Béton SA")]
    [InlineData("Nom", "person_name", "Marie Durand", "DUPONT Jean", "Lucie Martin")]
    [InlineData("Nom", "company_name", "Garage Haut", "Beton du Nord", "Fleurs")]
    [InlineData("Contact", "phone", "01 42 00 00 00", "0612345678", "03 87 00 00 00")]
    [InlineData("TVA", null, "12,50", "20,00", "5,5")]
    [InlineData("Client", null, "10023", "10024", "10025")]
    [InlineData("Email", null, "oui", "non", "oui")]
    [InlineData("Date", null, "01/02/2024", "2024-03-04", "05/06/2024")]
    public void Values_confirm_or_deny_the_header(string header, string? kind, params string[] values)
    {
        // A sure name beside it, so that the last resort is not needed.
        var file = _line.Write("liste.csv", $"{header};Raison sociale\n" + string.Concat(values.Select((value, i) => $"{value};Maison {(char)('A' + i)}bel\n")));
        if (header == "Nom")
        {
            file = _line.Write("liste.csv", $"{header};Ville\n" + string.Concat(values.Select(value => $"{value};Metz\n")));
        }

        var shape = CsvDetector.Detect(file).Value!;

        Assert.Equal(kind, CsvColumns.KindsOf(shape)[0] is { } found ? ColumnKinds.NameOf(found) : null);
    }

    [Theory]
    [InlineData("nom;ville\nA;B\n", ';', true)]
    [InlineData("nom,ville\nA;B,C;D\nE;F,G\n", ',', true)]
    [InlineData("nom\tville\nA\tB\n", '\t', true)]
    [InlineData("nom|ville\nA, B|C\n", '|', true)]
    [InlineData("sep=;\nnom,x;ville\n", ';', true)]
    [InlineData("Martin;57000;Metz\nPaul;75002;Paris\n", ';', false)]
    [InlineData("Martin;Metz\nPaul;Metz\nMartin;Paris\n", ';', false)]
    public void The_separator_and_the_header_are_seen(string text, char separator, bool header)
    {
        var shape = CsvDetector.Detect(_line.Write("liste.csv", text)).Value!;

        Assert.Equal(((byte)separator, header), (shape.Separator, shape.HasHeader));
    }

    [Fact]
    public void An_employer_s_id_is_evidence_of_people_and_a_row_s_id_is_not()
    {
        var file = _line.Write("liste.csv", "Contact ID;Account ID;Prénom;Nom\n1;A;Marie;Durand\n2;A;Jean;Dupont\n3;B;Lucie;Martin\n4;B;Paul;Petit\n");

        var kinds = CsvColumns.KindsOf(CsvDetector.Detect(file).Value!);

        Assert.Equal([null, "identifier", "given_name", "family_name"], kinds.Select(kind => kind is { } one ? ColumnKinds.NameOf(one) : null));
    }
}
