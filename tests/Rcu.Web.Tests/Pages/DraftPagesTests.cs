using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rcu.Cleaning.Checking;
using Rcu.Ingestion;
using Rcu.Ingestion.Drafts;
using Rcu.Jobs;

namespace Rcu.Web.Tests.Pages;

/// <summary>A messy file, brought in by somebody who never saw the hub: what is asked, what is told, what goes in.</summary>
public class DraftPagesTests
{
    // The rounded SIRET, the lost zero, the swapped official numbers, the date that does not exist, the break inside a
    // cell, the twin, the row without a key, the sum below, the accents of Windows.
    private const string Messy =
        """
        Code;Rais. Soc.;N° SIRET;SIREN;Adresse;CP;Ville;Tél.;E-mail;Créé le;Effectif;
        C001;Boulangerie de l’Œuvre SARL;73282932000074;732829320;"12 rue de la Paix
        Bât. B";75002;Paris;01 99 00 00 01;contact@oeuvre.example;12/03/2019;12;
        C002;Transports Gaillard & Fils;5,52101E+13;552100554;4, av. Foch;1000;Bourg-en-Bresse;199000002;info@gaillard.example;31/02/2025;#N/A;
        C003;Société Générale de Béton;356000000;35600000000048;3 rue du Port;57000;METZ CEDEX 1;01.99.00.00.03;;03/04/26;1 250;
        C004;Garage Dupond;;;ZI Nord;06200;Nice;n/a;garage.dupond@gmail.com;45000;;
        C004;Garage Dupond;;;ZI Nord;06200;Nice;n/a;garage.dupond@gmail.com;45000;;
        C005;Café de l’Été;FR40303265045;;1 place d’Armes;13002;Marseille;+33 1 99 00 00 04;pas-un-mail;2020-01-15;50-99;
        ;Sans code;;;2 rue Haute;69001;Lyon;;;;;
        TOTAL;;;;;;;;;;1 262;
        """;

    [Fact]
    public async Task A_messy_file_goes_in_with_three_decisions_and_nothing_silently_wrong()
    {
        await using var desk = await StewardDesk.OpenAsync();

        // One: the file. Two: the name of its source. All the rest is found.
        var first = await UploadAsync(desk, "clients_2026-11-12.csv", EncodingOf(Messy));
        var step1 = await ReadAsync(desk, first);
        var step2 = await NextAsync(desk, first, first, ("SourceName", "+"), ("SourceLabel", "Fichier clients"), ("Kind", "Account"), ("Act", "next"));
        var columns = await ReadAsync(desk, step2);
        var step3 = await NextAsync(desk, step2, step2, await FormAsync(desk, step2));
        await CheckAsync(desk, step3);
        var check = await ReadAsync(desk, step3);

        // Three: go.
        var effect = await ReadAsync(desk, step3.Replace("controle", "apercu", StringComparison.Ordinal));
        var run = await NextAsync(desk, step3.Replace("controle", "apercu", StringComparison.Ordinal), step3.Replace("controle", "apercu", StringComparison.Ordinal));
        await RunAsync<IngestJob>(desk, Guid.Parse(run.Split('/')[^1]));

        Assert.Contains("windows-1252", step1, StringComparison.Ordinal);
        Assert.Contains("l’Œuvre", step1, StringComparison.Ordinal);
        Assert.Contains("11 sûres, 0 à vérifier", columns, StringComparison.Ordinal);
        foreach (var told in new[]
        {
            "Le zéro perdu du code postal « 1000 » a été remis : 01000.", "« 31/02/2025 » n'est pas une date.", "« 35600000000048 » est un SIRET",
            "« 356000000 » est un SIREN", "« FR40303265045 » est un numéro de TVA", "« pas-un-mail » n'est pas une adresse e-mail.",
            "La clé de la ligne est vide.", "Cette dernière ligne est un total", "SIRET arrondi par Excel",
        })
        {
            Assert.Contains(told, check, StringComparison.Ordinal);
        }

        Assert.Contains("Importer 6 lignes", effect, StringComparison.Ordinal);
        await using var db = desk.Db();
        var view = (await new ImportHistory(db).FindAsync(Guid.Parse(run.Split('/')[^1]), default)).Value!;
        Assert.Equal((8L, 5L, 1L, 2L), (view["read"], view["inserted"], view["superseded"], view["rejected"]));
        Assert.Equal("fichier_clients", view.Source);
        Assert.Equal(["C001", "C002", "C003", "C004", "C005"], await db.Records.Where(r => r.RunId == view.Id).Select(r => r.ExternalKey).Order().ToListAsync());
    }

    [Fact]
    public async Task What_is_answered_about_a_problem_holds_in_the_import_and_the_next_file_is_known()
    {
        await using var desk = await StewardDesk.OpenAsync();
        var first = await UploadAsync(desk, "prospects_1.csv", Encoding.UTF8.GetBytes("Code;Nom;Créé le\nP1;Gaillard;03/04/26\nP2;Noël;31/02/2025\n"));
        var step2 = await NextAsync(desk, first, first, ("SourceName", "+"), ("SourceLabel", "Prospects"), ("Kind", "Account"));
        var chosen = (await FormAsync(desk, step2)).Select(field => field.Item1 == "conflict:1" ? ("conflict:1", "Replace") : field);
        var step3 = await NextAsync(desk, step2, step2, [.. chosen]);
        await CheckAsync(desk, step3);

        await desk.PostAsync(step3, step3, ("field", "created_on"), ("code", "date.short_year"), ("act", "Accept"));
        await desk.PostAsync(step3, step3, ("field", "created_on"), ("code", "date.unreadable"), ("act", "skip"));
        await desk.Browser.GetAsync(step3.Replace("controle", "apercu", StringComparison.Ordinal)); // reads the file again
        await CheckAsync(desk, step3);
        var run = await NextAsync(desk, step3.Replace("controle", "apercu", StringComparison.Ordinal), step3.Replace("controle", "apercu", StringComparison.Ordinal));
        await RunAsync<IngestJob>(desk, Guid.Parse(run.Split('/')[^1]));
        var second = await UploadAsync(desk, "prospects_2.csv", Encoding.UTF8.GetBytes("Code;Nom;Créé le\nP3;Martinot;03/05/26\n"));
        var known = await ReadAsync(desk, second);
        var plan = await ReadAsync(desk, "/imports/plan");

        await using var db = desk.Db();
        var imported = Guid.Parse(run.Split('/')[^1]);
        Assert.Equal("P1", await db.Records.Where(r => r.RunId == imported).Select(r => r.ExternalKey).SingleAsync());
        Assert.Equal(1, await db.Feeds.FromSql($"select * from feeds where columns @? '$[*].conflict'").CountAsync()); // as Unification looks for them
        Assert.Contains("row.left_out", await db.Rejects.Select(r => r.Code).ToListAsync());
        Assert.Contains("connaît ce fichier", known, StringComparison.Ordinal);
        Assert.Contains("Prospects", plan, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_the_whole_state_says_what_it_withdraws_and_asks_when_that_is_much()
    {
        await using var desk = await StewardDesk.OpenAsync();
        await ThroughAsync(desk, "base_1.csv", "Code;Nom\nP1;Gaillard\nP2;Noël\nP3;Martinot\n");
        var (effect, refused, run) = await ThroughAsync(desk, "base_2.csv", "Code;Nom\nP1;Gaillard\nP4;Vasseur\n");
        var told = await ReadAsync(desk, run);

        await using var db = desk.Db();
        Assert.Contains("2 fiches sur 3 ne sont pas dans le fichier", effect, StringComparison.Ordinal);
        Assert.Contains("plus de 20 %", refused, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(["P2", "P3"], await db.Records.Where(r => r.GoneAt != null).Select(r => r.ExternalKey).Order().ToListAsync());
        Assert.Contains("ne les contient plus : 2", told, StringComparison.Ordinal);
    }

    // As far as its import, agreed to; with what the effect told, and what was answered before a person agreed.
    private static async Task<(string Effect, string Refused, string Run)> ThroughAsync(StewardDesk desk, string name, string content)
    {
        var first = await UploadAsync(desk, name, Encoding.UTF8.GetBytes(content));
        var step2 = await NextAsync(desk, first, first, ("SourceName", name == "base_1.csv" ? "+" : "base"), ("SourceLabel", "Base"), ("Kind", "Account"), ("IsWhole", "true"));
        var step3 = await NextAsync(desk, step2, step2, await FormAsync(desk, step2));
        await CheckAsync(desk, step3);
        var step4 = step3.Replace("controle", "apercu", StringComparison.Ordinal);
        var effect = await ReadAsync(desk, step4);
        var refused = effect.Contains("agreed", StringComparison.Ordinal) ? WebUtility.HtmlDecode(await (await desk.PostAsync(step4, step4)).Content.ReadAsStringAsync()) : "";
        var run = await NextAsync(desk, step4, step4, ("agreed", "true"));
        await RunAsync<IngestJob>(desk, Guid.Parse(run.Split('/')[^1]));
        return (effect, refused, run);
    }

    [Fact]
    public async Task Persons_do_not_go_in_without_a_purpose_and_a_ground()
    {
        await using var desk = await StewardDesk.OpenAsync();
        var first = await UploadAsync(desk, "visiteurs.csv", Encoding.UTF8.GetBytes("Nom;Prénom;E-mail\nMartin;Léa;lea@a.example\nNoël;Jean;jean@b.example\n"));

        var refused = await desk.PostAsync(first, first, ("SourceName", "+"), ("SourceLabel", "Salon"), ("Kind", "Contact"), ("Act", "next"));
        var step2 = await NextAsync(desk, first, first, ("SourceName", "+"), ("SourceLabel", "Salon"), ("Kind", "Contact"), ("Purpose", "Relance"), ("LegalBasis", "consent"));
        await NextAsync(desk, step2, step2, await FormAsync(desk, step2));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("base légale", WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_that_a_twin_would_lose_is_told_and_leaving_the_twin_out_keeps_it()
    {
        await using var desk = await StewardDesk.OpenAsync();
        var step3 = await CheckedAsync(desk, "Code;Nom;SIRET\nP1;Gaillard;73282932000074\nP1;Gaillard;\nP2;Noël;\n");
        var step4 = step3.Replace("controle", "apercu", StringComparison.Ordinal);

        var told = await ReadAsync(desk, step3);
        await desk.PostAsync(step3, step3, ("field", "siret"), ("code", TwinLosses.Code), ("act", "skip"));
        await desk.Browser.GetAsync(step4); // reads the file again
        await CheckAsync(desk, step3);
        await RunAsync<IngestJob>(desk, Guid.Parse((await NextAsync(desk, step4, step4)).Split('/')[^1]));

        await using var db = desk.Db();
        Assert.Contains("prend la place de la ligne 2, de même clé, sans en redire « 73282932000074 »", told, StringComparison.Ordinal);
        Assert.Equal(["Gaillard 73282932000074", "Noël "], await db.Database.SqlQuery<string>(
            $"select external_key || ' ' || coalesce(payload ->> 'SIRET', '') as \"Value\" from source_records order by 1").ToListAsync());
    }

    [Fact]
    public async Task A_file_that_is_discarded_leaves_nothing()
    {
        await using var desk = await StewardDesk.OpenAsync();
        var first = await UploadAsync(desk, "essai.csv", Encoding.UTF8.GetBytes("a;b\n1;2\n"));

        await desk.PostAsync(first, $"{first}?handler=Forget");

        await using var db = desk.Db();
        Assert.Empty(await db.Set<ImportDraft>().ToListAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await desk.Browser.GetAsync(first)).StatusCode);
    }

    /// <summary>A file of companies that is brought as far as its check; the answer is the page of it.</summary>
    internal static async Task<string> CheckedAsync(StewardDesk desk, string content)
    {
        var first = await UploadAsync(desk, "societes.csv", Encoding.UTF8.GetBytes(content));
        var step2 = await NextAsync(desk, first, first, ("SourceName", "+"), ("SourceLabel", "Sociétés"), ("Kind", "Account"));
        var step3 = await NextAsync(desk, step2, step2, await FormAsync(desk, step2));
        await CheckAsync(desk, step3);
        return step3;
    }

    private static byte[] EncodingOf(string text)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return Encoding.GetEncoding(1252).GetBytes(text.ReplaceLineEndings("\r\n"));
    }

    internal static async Task<string> UploadAsync(StewardDesk desk, string name, byte[] content)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(await desk.TokenAsync("/imports/nouveau")), "__RequestVerificationToken" },
            { new ByteArrayContent(content), "file", name },
        };
        var answer = await desk.Browser.PostAsync("/imports/nouveau", form);
        Assert.True(answer.StatusCode == HttpStatusCode.Redirect, await answer.Content.ReadAsStringAsync());
        return answer.Headers.Location!.ToString();
    }

    internal static async Task<string> NextAsync(StewardDesk desk, string page, string action, params (string, string)[] fields)
    {
        var answer = await desk.PostAsync(page, action, fields);
        Assert.True(answer.StatusCode == HttpStatusCode.Redirect, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()));
        return answer.Headers.Location!.ToString();
    }

    internal static async Task<string> ReadAsync(StewardDesk desk, string page) => WebUtility.HtmlDecode(await desk.Browser.GetStringAsync(page));

    // What the columns' page shows chosen, as a browser would send it back untouched.
    internal static async Task<(string, string)[]> FormAsync(StewardDesk desk, string page)
    {
        var html = await ReadAsync(desk, page);
        var fields = new List<(string, string)>();
        foreach (System.Text.RegularExpressions.Match select in System.Text.RegularExpressions.Regex.Matches(html, """name="((?:field|conflict|part):\d+)">(.*?)</select>""", System.Text.RegularExpressions.RegexOptions.Singleline))
        {
            var chosen = System.Text.RegularExpressions.Regex.Match(select.Groups[2].Value, """value="([^"]*)" selected""");
            fields.Add((select.Groups[1].Value, chosen.Success ? chosen.Groups[1].Value : ""));
        }

        foreach (System.Text.RegularExpressions.Match key in System.Text.RegularExpressions.Regex.Matches(html, """name="(key:\d+)" value="true" checked"""))
        {
            fields.Add((key.Groups[1].Value, "true"));
        }

        Assert.NotEmpty(fields);
        return [.. fields];
    }

    // As the background does, once the page has asked.
    internal static async Task CheckAsync(StewardDesk desk, string page)
    {
        await desk.Browser.GetAsync(page);
        await using var db = desk.Db();
        var draft = Guid.Parse(page.Split('/')[^2]);
        await RunAsync<DraftCheckJob>(desk, (await db.Set<ImportDraft>().Where(d => d.Id == draft).Select(d => d.CheckRun).SingleAsync())!.Value);
    }

    internal static async Task RunAsync<TJob>(StewardDesk desk, Guid subject)
    {
        await using var scope = desk.Hub.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredKeyedService<IJob>(typeof(TJob).Name).RunAsync(subject, default);
    }
}
