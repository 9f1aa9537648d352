using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Ingestion;
using Rcu.Ingestion.Drafts;
using Rcu.Jobs;
using Rcu.Resolution;
using static Rcu.Web.Tests.Pages.DraftPagesTests;

namespace Rcu.Web.Tests.Pages;

/// <summary>What follows a mapping: who its rows may be, the fields it adds, and what it does to rows read before it.</summary>
public class DraftFollowsTests
{
    [Fact]
    public async Task The_whole_file_is_compared_in_the_background_and_the_page_tells_what_is_known_so_far()
    {
        await using var desk = await StewardDesk.OpenAsync();
        var file = new StringBuilder("Code;Raison sociale;Code postal;Ville;Téléphone\n");
        for (var i = 1; i <= DraftMatchJob.BatchSize + 20; i++)
        {
            file.Append(CultureInfo.InvariantCulture, $"N{i:0000};Société {Guid.CreateVersion7():n};13002;Marseille;\n");
        }

        file.Append("N9999;Menuiserie Chevalier;57000;Metz;01 99 00 00 01\n"); // the last of all
        var effect = (await CheckedAsync(desk, file.ToString())).Replace("controle", "apercu", StringComparison.Ordinal);

        var before = await ReadAsync(desk, effect);
        var again = await ReadAsync(desk, effect); // asked once
        await using var db = desk.Db();
        var run = await db.Runs.SingleAsync(r => r.Stage == DraftMatches.Stage);
        await RunAsync<DraftMatchJob>(desk, run.Id);
        var after = await ReadAsync(desk, $"{effect}?handler=Matches");

        Assert.Contains("hx-trigger=\"every 2s\"", before, StringComparison.Ordinal);
        Assert.Contains("La comparaison continue", again, StringComparison.Ordinal);
        Assert.DoesNotContain("every 2s", after, StringComparison.Ordinal);
        Assert.Contains("<strong>Menuiserie Chevalier</strong>", after, StringComparison.Ordinal);
        var found = await db.Set<ImportDraft>().AsNoTracking().Select(d => d.Matches).SingleAsync();
        Assert.Equal((DraftMatchJob.BatchSize + 21, DraftMatchJob.BatchSize + 21), (found!.New, found.Asked));
        Assert.True(found.Likely >= 1);
    }

    [Fact]
    public async Task A_field_is_added_for_a_column_that_has_none_is_read_as_what_it_holds_and_its_values_are_kept()
    {
        await using var desk = await StewardDesk.OpenAsync(role: "Admin");
        var first = await UploadAsync(desk, "parc.csv", Encoding.UTF8.GetBytes("Code;Raison sociale;Fin de bail;Marge\nB1;Gaillard;31/12/2027;12\nB2;Noël;30/02/2027;8\n"));
        var step2 = await NextAsync(desk, first, first, ("SourceName", "+"), ("SourceLabel", "Parc"), ("Kind", "Account"));

        var nothing = await desk.PostAsync(step2, $"{step2}?handler=Field", [.. await FormAsync(desk, step2), ("NewColumn", "2"), ("NewLabel", "Fin de bail"), ("NewPurpose", "")]);
        var lease = await desk.PostAsync(step2, $"{step2}?handler=Field", [.. await FormAsync(desk, step2), ("NewColumn", "2"), ("NewLabel", "Fin de bail"), ("NewHolds", "Date"), ("NewReserved", "false"), ("NewPurpose", "Relance")]);
        var margin = await desk.PostAsync(step2, $"{step2}?handler=Field", [.. await FormAsync(desk, step2), ("NewColumn", "3"), ("NewLabel", "Marge"), ("NewHolds", "Number"), ("NewReserved", "true"), ("NewPurpose", "Pilotage")]);
        var columns = await ReadAsync(desk, step2);
        var step3 = await NextAsync(desk, step2, step2, await FormAsync(desk, step2));
        await CheckAsync(desk, step3);
        var check = await ReadAsync(desk, step3);
        var effect = step3.Replace("controle", "apercu", StringComparison.Ordinal);
        var run = Guid.Parse((await NextAsync(desk, effect, effect)).Split('/')[^1]);
        await RunAsync<IngestJob>(desk, run);
        await PipelineAsync(desk);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, nothing.StatusCode);
        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Redirect), (lease.StatusCode, margin.StatusCode));
        Assert.Contains("<option value=\"own_date_fin_de_bail\" selected=\"selected\">Fin de bail</option>", columns, StringComparison.Ordinal);
        Assert.Contains("« 30/02/2027 » n'est pas une date.", check, StringComparison.Ordinal);
        await using var db = desk.Db();
        var account = await db.Accounts.SingleAsync(a => a.Name == "Gaillard");
        Assert.Equal(("2027-12-31", "12"), (account.Origins["own_date_fin_de_bail"].Value, account.Origins["own_reserved_number_marge"].Value));
        var sheet = await ReadAsync(desk, $"/comptes/{account.Id}");
        Assert.Contains("<dt>Fin de bail</dt>", sheet, StringComparison.Ordinal);
        Assert.Contains("31/12/2027", sheet, StringComparison.Ordinal);
        using var seller = await desk.Hub.SignInAsync("Commercial");
        var seen = WebUtility.HtmlDecode(await seller.GetStringAsync($"/comptes/{account.Id}"));
        Assert.Contains("<dt>Fin de bail</dt>", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("Marge", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("Marge", WebUtility.HtmlDecode(await seller.GetStringAsync($"/comptes/{account.Id}?onglet=sources")), StringComparison.Ordinal);
        Assert.Equal([CustomValue.Date, CustomValue.Number], await db.Set<CustomField>().OrderBy(f => f.Label).Select(f => f.Holds).ToListAsync());
    }

    [Fact]
    public async Task A_changed_mapping_reads_again_the_rows_that_were_read_before_it()
    {
        await using var desk = await StewardDesk.OpenAsync();
        await ImportAsync(desk, "fournisseurs_1.csv", "Code;Raison sociale;Ville;Zone\nF1;Gaillard;Metz;Nancy\nF2;Noël;Nice;Lyon\n", ("SourceName", "+"));
        var second = await ImportAsync(desk, "fournisseurs_2.csv", "Code;Raison sociale;Ville;Zone\nF3;Martinot;Brest;Quimper\n", ("SourceName", "fournisseurs"), ("field:2", ""), ("field:3", "city"));
        var page = await ReadAsync(desk, $"/imports/{second}");
        var applied = await desk.PostAsync($"/imports/{second}", $"/imports/{second}?handler=Apply");
        await PipelineAsync(desk);
        var done = await ReadAsync(desk, $"/imports/{second}");

        Assert.Contains("Appliquer aux 2 lignes déjà lues", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, applied.StatusCode);
        Assert.DoesNotContain("lignes déjà lues", done, StringComparison.Ordinal);
        await using var db = desk.Db();
        List<string> keys = ["F1", "F2", "F3"];
        var cities = (await db.Records.Where(r => keys.Contains(r.ExternalKey)).OrderBy(r => r.ExternalKey).ToListAsync()).Select(r => r.Fields["city"]);
        Assert.Equal(["Nancy", "Lyon", "Quimper"], cities);
    }

    private static async Task<Guid> ImportAsync(StewardDesk desk, string name, string content, (string, string) source, params (string Name, string Value)[] chosen)
    {
        var first = await UploadAsync(desk, name, Encoding.UTF8.GetBytes(content));
        var step2 = await NextAsync(desk, first, first, source, ("SourceLabel", "Fournisseurs"), ("Kind", "Account"));
        var form = (await FormAsync(desk, step2)).Select(field => chosen.FirstOrDefault(c => c.Name == field.Item1) is { Name: not null } other ? other : field);
        var step3 = await NextAsync(desk, step2, step2, [.. form]);
        await CheckAsync(desk, step3);
        var effect = step3.Replace("controle", "apercu", StringComparison.Ordinal);
        var run = Guid.Parse((await NextAsync(desk, effect, effect)).Split('/')[^1]);
        await RunAsync<IngestJob>(desk, run);
        await PipelineAsync(desk);
        return run;
    }

    private static async Task PipelineAsync(StewardDesk desk)
    {
        await using var db = desk.Db();
        foreach (var run in await db.Runs.Where(r => r.Stage == PipelineRuns.Stage && r.Status == RunStatus.Queued).Select(r => r.Id).ToListAsync())
        {
            await RunAsync<PipelineJob>(desk, run);
        }
    }
}
