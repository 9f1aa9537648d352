using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Rcu.Cleaning;
using Rcu.Cleaning.Checking;
using Rcu.Ingestion;
using Rcu.Ingestion.Reading;
using Rcu.Tests.Ingestion.Reading;
using static Rcu.Web.Tests.Pages.DraftPagesTests;

namespace Rcu.Web.Tests.Pages;

/// <summary>The rows a file is wrong on, put right one by one before it goes in: by a script, and without.</summary>
public class DraftRowsPagesTests
{
    private const string File = "Code;Nom;Créé le;E-mail\nP1;Gaillard;31/02/2025;a@gaillard.example\nP2;Noël;12/03/2025;pas-un-mail\n;Sans code;12/03/2025;\nP4;Trop court\nP5;Bon;01/02/2024;b@bon.example\n";

    [Fact]
    public async Task A_cell_put_right_is_checked_at_once_goes_in_and_says_who_did_it_while_the_file_stays()
    {
        await using var desk = await StewardDesk.OpenAsync();
        var check = await CheckedAsync(desk, File);
        var rows = check.Replace("controle", "lignes", StringComparison.Ordinal);

        var told = await desk.PostAsync(rows, rows, htmx: true, ("place", "1"), ("cell:0", "P1"), ("cell:1", "Gaillard"), ("cell:2", "28/02/2025"), ("cell:3", "a@gaillard.example"));
        var bad = await desk.PostAsync(rows, rows, htmx: true, ("place", "2"), ("cell:3", "toujours pas"));
        var plain = await desk.PostAsync(rows, rows, ("place", "3"), ("cell:0", "P3"));
        var cut = await desk.PostAsync(rows, rows, ("place", "4"), ("cell:2", "01/01/2024"));
        await CheckAgainAsync(desk, check);
        var tally = await ReadAsync(desk, check);
        var kept = await ReadAsync(desk, rows + "?corrigees=true");
        var effect = check.Replace("controle", "apercu", StringComparison.Ordinal);
        var run = Guid.Parse((await NextAsync(desk, effect, effect)).Split('/')[^1]);
        await RunAsync<IngestJob>(desk, run);
        var page = await ReadAsync(desk, $"/imports/{run}");

        Assert.True(told.IsSuccessStatusCode, $"{told.StatusCode} {WebUtility.HtmlDecode(await told.Content.ReadAsStringAsync())}");
        Assert.Contains("Plus rien à signaler", WebUtility.HtmlDecode(await told.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        Assert.Contains("« toujours pas » n'est pas une adresse e-mail.", WebUtility.HtmlDecode(await bad.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        Assert.EndsWith("#ligne-3", plain.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, cut.StatusCode);
        Assert.DoesNotContain("n'est pas une date", tally, StringComparison.Ordinal);
        Assert.DoesNotContain("La clé de la ligne est vide", tally, StringComparison.Ordinal);
        Assert.Contains($"Créé le : corrigé à l’import par {StewardDesk.Email} (le fichier dit « 31/02/2025 »)", kept, StringComparison.Ordinal);
        Assert.Contains($"Cellules corrigées à l’import par {StewardDesk.Email} : 4", page, StringComparison.Ordinal);
        await using var db = desk.Db();
        var said = await db.SourceRecords.Where(r => r.RunId == run).OrderBy(r => r.Line).ToListAsync();
        Assert.Equal(["P1", "P2", "P3", "P4", "P5"], said.Select(r => r.ExternalKey));
        Assert.Equal("31/02/2025", said[0].Payload.GetProperty("Créé le").GetString()); // evidence
        Assert.Equal(("28/02/2025", StewardDesk.Email), (RowFields.OfEvidence(said[0].Payload)["créé le"], RowFields.OfEvidence(said[0].Payload).Corrections!["Créé le"].By));
        var feed = await db.Feeds.SingleAsync(f => f.Id == said[0].FeedId);
        Assert.Equal("2025-02-28", FeedReader.Of(feed).Clean(said[0].Payload).Fields["created_on"]);
    }

    [Fact]
    public async Task The_rows_of_one_problem_are_shown_alone_page_by_page_and_a_correction_is_taken_back()
    {
        await using var desk = await StewardDesk.OpenAsync();
        var file = new StringBuilder("Code;Nom;Créé le\n");
        for (var i = 1; i <= (DraftRows.PageSize * 2) + 3; i++)
        {
            file.Append(System.Globalization.CultureInfo.InvariantCulture, $"P{i};Société {i};{(i % 2 == 0 ? "31/02/2025" : "12/03/2025")}\n").Append(i == 1 ? ";Sans clé;\n" : "");
        }

        var rows = (await CheckedAsync(desk, file.ToString())).Replace("controle", "lignes", StringComparison.Ordinal);
        var first = await ReadAsync(desk, rows + "?champ=created_on&code=date.unreadable");
        var next = System.Text.RegularExpressions.Regex.Match(first, """href="([^"]*apres=\d+[^"]*)">""").Groups[1].Value;
        var second = await ReadAsync(desk, next);
        await desk.PostAsync(rows, rows, htmx: true, ("place", "3"), ("cell:2", "01/03/2025"));
        var back = await desk.PostAsync(rows, rows, htmx: true, ("place", "3"), ("cell:2", "31/02/2025"));

        Assert.Equal(DraftRows.PageSize, first.Split("hx-trigger=\"change\"").Length - 1);
        Assert.DoesNotContain("Sans clé", first, StringComparison.Ordinal);
        Assert.Equal(1, second.Split("hx-trigger=\"change\"").Length - 1);
        Assert.Contains("n'est pas une date", WebUtility.HtmlDecode(await back.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        await using var db = desk.Db();
        Assert.Equal(0, await db.Database.SqlQuery<int>($"""select count(*)::int as "Value" from draft_corrections""").SingleAsync());
    }

    [Fact]
    public async Task A_text_is_replaced_in_a_column_once_counted_and_taken_back_whole()
    {
        await using var desk = await StewardDesk.OpenAsync();
        var check = await CheckedAsync(desk, "Code;Nom;Créé le\nP1;Gaillard;31/02/2025\nP2;Noël;31/02/2024\nP3;Bon;12/03/2025\nP4;Petit;n.c.\n");
        var rows = check.Replace("controle", "lignes", StringComparison.Ordinal);
        var asked = rows + "?colonne=Cr%C3%A9%C3%A9+le&cherche=31%2F02%2F&remplace=28%2F02%2F";

        var told = await ReadAsync(desk, asked);
        await desk.PostAsync(rows, asked + "&handler=Replace");
        var replaced = await ReadAsync(desk, rows + "?corrigees=true");
        await using var db = desk.Db();
        var after = await CorrectionsAsync(db);
        await desk.PostAsync(rows, rows, htmx: true, ("place", "2"), ("cell:2", "29/02/2024")); // somebody knows better
        await desk.PostAsync(rows, rows + "?handler=TakeBack");
        var nothing = await ReadAsync(desk, rows + "?colonne=Nom&cherche=zzz");

        Assert.Contains("2 cellules", told, StringComparison.Ordinal);
        Assert.Contains("« 31/02/2025 » → « 28/02/2025 »", told, StringComparison.Ordinal);
        Assert.Equal(["1 28/02/2025", "2 28/02/2024"], after);
        Assert.Equal(2, replaced.Split("Plus rien à signaler").Length - 1);
        Assert.Equal(["2 29/02/2024"], await CorrectionsAsync(db));
        Assert.Contains("Aucune cellule", nothing, StringComparison.Ordinal);
    }

    private static Task<List<string>> CorrectionsAsync(Rcu.Data.RcuDb db) =>
        db.Database.SqlQuery<string>($"""select place || ' ' || value as "Value" from draft_corrections order by place""").ToListAsync();

    [Fact]
    public async Task What_the_reader_replaced_or_found_beyond_the_header_is_told_before_and_after_and_kept()
    {
        await using var desk = await StewardDesk.OpenAsync();
        var book = Workbook.Of([(1, ["Code", "Nom", "Ville"]), (2, ["B1", "Gaillard", "Metz", "rappeler en mai"]), (3, ["B2", "Noël", "Nice", null, "vu au salon"]), (4, ["B3", "Bon", "Lyon"])]);

        var (check, run) = await ImportAsync(desk, "carnet.xlsx", book);
        var (broken, other) = await ImportAsync(desk, "liste.csv", Encoding.UTF8.GetBytes("Code;Nom\nL1;Gail\0lard\nL2;Noël\n"));

        Assert.Contains("Cellules au-delà de l’en-tête", check, StringComparison.Ordinal);
        Assert.Contains("2 lignes", check, StringComparison.Ordinal);
        Assert.Contains("« rappeler en mai »", check, StringComparison.Ordinal);
        Assert.Contains("Cellules au-delà de l’en-tête, gardées avec leur ligne : 2", await ReadAsync(desk, $"/imports/{run}"), StringComparison.Ordinal);
        Assert.Contains("Des caractères illisibles de « Nom » ont été remplacés", broken, StringComparison.Ordinal);
        Assert.Contains("caractères illisibles ont été remplacés : 1", await ReadAsync(desk, $"/imports/{other}"), StringComparison.Ordinal);
        await using var db = desk.Db();
        var said = await db.SourceRecords.Where(r => r.RunId == run).OrderBy(r => r.Line).Select(r => r.Payload).ToListAsync();
        Assert.Equal(("rappeler en mai", "vu au salon"), (said[0].GetProperty("Colonne 4").GetString(), said[1].GetProperty("Colonne 5").GetString()));
    }

    [Fact]
    public async Task Cells_pasted_from_a_spreadsheet_are_prepared_like_a_file()
    {
        await using var desk = await StewardDesk.OpenAsync();

        var first = await PasteAsync(desk, "Raison sociale\tE-mail\tCP\r\nTransports Gaillard\tinfo@gaillard.example\t01000\r\nNoël & Fils\tcontact@noel.example\t57000\r\n");
        var nameless = await PasteAsync(desk, "Transports Gaillard\tinfo@gaillard.example\t01000\nNoël & Fils\tcontact@noel.example\t57000");
        var nothing = await PasteAsync(desk, "  \r\n ");

        var named = await ReadAsync(desk, first.Headers.Location!.ToString());
        Assert.Contains("collage ", named, StringComparison.Ordinal);
        Assert.Contains("Noël & Fils", named, StringComparison.Ordinal);
        Assert.Contains("<th scope=\"col\">Raison sociale</th>", named, StringComparison.Ordinal);
        Assert.Contains("<th scope=\"col\">Colonne 1</th>", await ReadAsync(desk, nameless.Headers.Location!.ToString()), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, nothing.StatusCode);
        Assert.Contains("Collez d’abord des cellules.", WebUtility.HtmlDecode(await nothing.Content.ReadAsStringAsync()), StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> PasteAsync(StewardDesk desk, string cells)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(await desk.TokenAsync("/imports/nouveau")), "__RequestVerificationToken" },
            { new StringContent(cells), "pasted" },
        };
        return await desk.Browser.PostAsync("/imports/nouveau", form);
    }

    private static async Task<(string Check, Guid Run)> ImportAsync(StewardDesk desk, string name, byte[] content)
    {
        var first = await UploadAsync(desk, name, content);
        var step2 = await NextAsync(desk, first, first, ("SourceName", "+"), ("SourceLabel", name), ("Kind", "Account"));
        var step3 = await NextAsync(desk, step2, step2, await FormAsync(desk, step2));
        await CheckAsync(desk, step3);
        var check = await ReadAsync(desk, step3);
        var effect = step3.Replace("controle", "apercu", StringComparison.Ordinal);
        var run = Guid.Parse((await NextAsync(desk, effect, effect)).Split('/')[^1]);
        await RunAsync<IngestJob>(desk, run);
        return (check, run);
    }

    private static async Task CheckAgainAsync(StewardDesk desk, string check)
    {
        await desk.PostAsync(check, $"{check}?handler=Again");
        await CheckAsync(desk, check);
    }
}
