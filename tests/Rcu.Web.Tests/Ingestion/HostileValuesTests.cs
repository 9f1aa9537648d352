using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rcu.Ingestion;
using Rcu.Web.Tests.Api;
using Rcu.Web.Tests.Resolution;

namespace Rcu.Web.Tests.Ingestion;

/// <summary>A cell as long as a page, or that no column ever holds, keeps no other row from becoming an account, a contact or a fact.</summary>
public class HostileValuesTests
{
    // A page of letters is drawn in the place of the empty text.
    private static readonly string[] Values =
    [
        "", "\0", "a\0b", "99999999999999999999999999", "-99999999999999999999999999", "1e308", "-1", "NaN", "Infinity", "31/12/9999", "01/01/0001", "0000-00-00",
        "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00", "'; drop table accounts; --", "\uD83D\uDE00\u202E", "%_\\", "{\"a\":1}", "2147483648", "79228162514264337593543950335",
    ];

    // The keys of the rows that hold nothing of the kind.
    private static readonly string[] Sound = ["A0", "C0", "P0", "0"];

    private static readonly (string File, string Header, string Row)[] Files =
    [
        (
            "crm_accounts.csv",
            "Account ID,Account Name,SIRET,VAT Number,NAF Code,Billing Street,Billing Zip/Postal Code,Billing City,Billing Country,Phone,Website,Type,Employees,Created Date",
            "A{0},Garage Muller {0},,,8110Z,4 rue du Port,57000,Metz,France,03.53.01.09.44,https://garage{0}.example,Prospect,12,2023-07-23"),
        (
            "erp_clients.csv",
            "CODE_CLIENT;INTITULE;ADRESSE;COMPLEMENT;CP;VILLE;PAYS;SIRET;NUM_TVA;APE;TELEPHONE;EMAIL;COMPTE;REGLEMENT;DATE_CREATION;BLOQUE",
            "C{0};SARL Garage Muller {0};4 RUE DU PORT;BAT B;57000;METZ;FRANCE;;;8110Z;0353010944;a{0}@garage.example;411000;COMPTANT;08/04/2021;N"),
        (
            "crm_contacts.csv",
            "Contact ID,Account ID,Salutation,First Name,Last Name,Email,Phone,Mobile,Title,Created Date,Email Opt Out",
            "P{0},A0,M.,Émile,Salmon{0},e.salmon{0}@garage.example,0353010944,06.39.98.00.42,Directeur des achats,2016-07-14,false"),
        (
            "marketing_contacts.csv",
            "CONTACT ID;EMAIL;PRENOM;NOM;SOCIETE;FONCTION;CODE_POSTAL;SMS;EMAIL_BLACKLISTED;SOURCE;OPTIN;ADDED_TIME",
            "{0};b{0}@garage.example;Émile;Salmon{0};Garage {0};Directeur des achats;57000;33639980042;0;import;oui;2022-08-30T08:54:00+01:00"),
        ("erp_factures.csv", "NUM_FACTURE;CODE_CLIENT;DATE;HT;TVA;TTC;REGLEE", "F{0};C0;26/09/2024;100,00;20,00;120,00;O"),
        ("crm_opportunities.csv", "Opportunity ID,Account ID,Opportunity Name,Stage,Amount,Close Date", "O{0},A0,Offre,Qualification,75300,2025-10-10"),
        ("marketing_events.csv", "CONTACT ID;EMAIL;EVENT;CAMPAIGN;DATE", "0;b0@garage.example;opened;campagne;2025-11-14T16:05:{0:00}Z"),
    ];

    [Fact]
    public async Task A_cell_that_no_column_ever_holds_stops_nothing()
    {
        await using var api = await ApiHub.StartAsync();
        await api.DeclareSourcesAsync();
        var random = new Random(20261123);
        foreach (var (file, header, row) in Files)
        {
            await ImportAsync(api, file, Rows(header, row, random));
        }

        await api.ResolveAsync();

        await using var db = api.Open();
        var linked = await db.Database.SqlQueryRaw<string>(
            "select distinct r.external_key as \"Value\" from records r join links l on l.record_id = r.id and l.kind = r.kind").ToListAsync();
        Assert.Empty(Sound.Except(linked));
        Assert.True(await db.Accounts.AnyAsync(a => a.Name.StartsWith("Garage Muller 0")));
        Assert.True(await db.Documents.AnyAsync(d => d.Number == "F0") && await db.Opportunities.AnyAsync() && await db.Interactions.AnyAsync());
    }

    // A sound row, and one for each column and each value.
    private static string Rows(string header, string row, Random random)
    {
        var separator = header.Contains(';') ? ';' : ',';
        var columns = header.Split(separator).Length;
        var text = new StringBuilder(header).Append('\n').Append(string.Format(row, 0)).Append('\n');
        foreach (var (number, value) in Values.Index())
        {
            for (var column = 1; column < columns; column++)
            {
                var cells = string.Format(row, (number * columns) + column).Split(separator);
                var mark = cells[column].Contains('@') ? "@long.example" : "";
                var said = value.Length > 0 ? value : new string([.. Enumerable.Range(0, 9000).Select(_ => (char)('a' + random.Next(26)))]);
                cells[column] = $"\"{(said + mark).Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
                text.AppendJoin(separator, cells).Append('\n');
            }
        }

        return text.ToString();
    }

    private static async Task ImportAsync(ApiHub api, string name, string file)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(file));
        var received = await api.InAsync(services => services.GetRequiredService<Imports>()
            .ReceiveAsync(new ImportRequest(name, null, "léa"), content, default));
        Assert.True(received.Succeeded, received.Error?.Message);
        await api.WorkAsync<IngestJob>(received.Value);
    }
}
