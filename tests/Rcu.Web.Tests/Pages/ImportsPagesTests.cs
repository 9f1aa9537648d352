using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rcu.Ingestion;
using Rcu.Jobs;

namespace Rcu.Web.Tests.Pages;

/// <summary>A file handed over by the page, followed, stopped and taken back.</summary>
public class ImportsPagesTests
{
    private const string Csv = "Account ID,Account Name,SIRET,Billing City\nA1,Garage de l'Est,,Metz\n,Sans clé,,Nancy\nA2,Éditions Noël,,Lyon\n";

    [Fact]
    public async Task A_file_handed_over_ends_in_records_a_rejects_file_and_a_request_for_what_follows()
    {
        await using var desk = await StewardDesk.OpenAsync();

        var (answer, page) = await UploadAsync(desk, "crm_accounts.csv", Csv);
        var waiting = WebUtility.HtmlDecode(await desk.Browser.GetStringAsync(page));
        await RunAsync(desk, page);
        var done = WebUtility.HtmlDecode(await desk.Browser.GetStringAsync(page));
        var rejects = await desk.Browser.GetAsync($"{page}?handler=Rejects");
        var history = WebUtility.HtmlDecode(await desk.Browser.GetStringAsync("/imports"));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Contains("En attente", waiting, StringComparison.Ordinal);
        Assert.Contains("hx-trigger=\"every 1s\"", waiting, StringComparison.Ordinal);
        Assert.Contains("Terminé avec rejets", done, StringComparison.Ordinal);
        Assert.Contains("La clé de la ligne est vide", done, StringComparison.Ordinal);
        Assert.Equal("attachment", rejects.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal("nosniff", rejects.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("Sans clé", await rejects.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("crm_accounts.csv", history, StringComparison.Ordinal);
        await using var db = desk.Db();
        Assert.Equal(2, await db.Records.CountAsync(r => r.ExternalKey == "A1" || r.ExternalKey == "A2"));
        Assert.Equal(1, await db.Runs.CountAsync(r => r.Stage == PipelineRuns.Stage && r.Status == RunStatus.Queued));
    }

    [Fact]
    public async Task An_import_says_what_its_undoing_brings_back_and_asks_for_what_follows()
    {
        await using var desk = await StewardDesk.OpenAsync();
        var (_, first) = await UploadAsync(desk, "crm_accounts.csv", Csv);
        await RunAsync(desk, first);
        var (_, second) = await UploadAsync(desk, "crm_accounts.csv", Csv.Replace("Metz", "Thionville", StringComparison.Ordinal) + "A3,Neuf,,Lyon\n");
        await RunAsync(desk, second);
        await using var db = desk.Db();
        await db.Runs.Where(r => r.Stage == PipelineRuns.Stage).ExecuteDeleteAsync();

        var question = WebUtility.HtmlDecode(await desk.Browser.GetStringAsync($"{second}/annuler"));
        var undone = await desk.PostAsync($"{second}/annuler", $"{second}/annuler");
        var again = await desk.PostAsync($"{first}/annuler", $"{second}/annuler");
        var after = WebUtility.HtmlDecode(await desk.Browser.GetStringAsync(second));

        Assert.Contains("<strong>1</strong> fiches reprennent", question, StringComparison.Ordinal);
        Assert.Contains("<strong>1</strong> fiches apportées", question, StringComparison.Ordinal);
        Assert.Equal(second, undone.Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Contains($"Annulé par {StewardDesk.Email}", after, StringComparison.Ordinal);
        Assert.Equal(1, await db.Runs.CountAsync(r => r.Stage == PipelineRuns.Stage));
    }

    [Fact]
    public async Task What_was_said_since_is_told_before_an_import_is_undone()
    {
        await using var desk = await StewardDesk.OpenAsync();
        var (_, first) = await UploadAsync(desk, "crm_accounts.csv", Csv);
        await RunAsync(desk, first);
        var (_, second) = await UploadAsync(desk, "crm_accounts_2.csv", Csv.Replace("Metz", "Thionville", StringComparison.Ordinal));
        await RunAsync(desk, second);

        var question = WebUtility.HtmlDecode(await desk.Browser.GetStringAsync($"{first}/annuler"));

        Assert.Contains("Un import plus récent (crm_accounts_2.csv) a remplacé la valeur", question, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_are_forgotten_after_thirty_days_and_what_they_said_stays()
    {
        await using var desk = await StewardDesk.OpenAsync();
        var (_, page) = await UploadAsync(desk, "crm_accounts.csv", Csv);
        await RunAsync(desk, page);
        await using var db = desk.Db();
        var store = desk.Hub.Services.GetRequiredService<UploadStore>();
        var stored = await db.Uploads.Select(u => u.StoredName).SingleAsync();

        var early = await ForgetAsync(desk);
        var kept = store.Holds(stored);
        await db.Uploads.ExecuteUpdateAsync(set => set.SetProperty(u => u.UploadedAt, u => u.UploadedAt.AddDays(-FileRetention.Days - 1)));
        var late = await ForgetAsync(desk);

        Assert.Equal((0, true, 1, false), (early, kept, late, store.Holds(stored)));
        Assert.Equal(2, await db.Records.CountAsync(r => r.ExternalKey == "A1" || r.ExternalKey == "A2"));
    }

    private static async Task<int> ForgetAsync(StewardDesk desk)
    {
        await using var scope = desk.Hub.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<FileRetention>().ForgetAsync(default);
    }

    [Fact]
    public async Task A_file_nobody_knows_is_refused_on_the_form_and_no_file_too()
    {
        await using var desk = await StewardDesk.OpenAsync();

        var (unknown, _) = await UploadAsync(desk, "recettes.csv", "plat;temps\nquiche;30\n");
        var (none, _) = await UploadAsync(desk, null, "");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, unknown.StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, none.StatusCode);
        Assert.Contains("Choisissez un fichier.", WebUtility.HtmlDecode(await none.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        await using var db = desk.Db();
        Assert.Empty(await db.Uploads.ToListAsync());
    }

    [Fact]
    public async Task A_form_without_its_token_leaves_nothing()
    {
        await using var desk = await StewardDesk.OpenAsync();
        using var form = new MultipartFormDataContent { { new ByteArrayContent(Encoding.UTF8.GetBytes(Csv)), "file", "crm_accounts.csv" } };

        var answer = await desk.Browser.PostAsync("/imports/nouveau", form);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        await using var db = desk.Db();
        Assert.Empty(await db.Uploads.ToListAsync());
    }

    [Fact]
    public async Task A_waiting_import_is_stopped_from_its_page()
    {
        await using var desk = await StewardDesk.OpenAsync();
        var (_, page) = await UploadAsync(desk, "crm_accounts.csv", Csv);

        var stopped = await desk.PostAsync(page, $"{page}?handler=Cancel", htmx: true);

        Assert.Contains("Arrêté", WebUtility.HtmlDecode(await stopped.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        await using var db = desk.Db();
        Assert.Equal(RunStatus.Cancelled, (await db.Runs.SingleAsync(r => r.Stage == IngestJob.Stage)).Status);
    }

    [Fact]
    public async Task An_import_is_paused_and_resumed_from_its_page_with_a_script_and_without()
    {
        await using var desk = await StewardDesk.OpenAsync();
        var (_, page) = await UploadAsync(desk, "crm_accounts.csv", Csv);

        var paused = await desk.PostAsync(page, $"{page}?handler=Pause", htmx: true);
        var fragment = WebUtility.HtmlDecode(await paused.Content.ReadAsStringAsync());
        await RunAsync(desk, page); // delivered all the same: it waits
        var history = WebUtility.HtmlDecode(await desk.Browser.GetStringAsync("/imports"));
        var again = await desk.PostAsync(page, $"{page}?handler=Pause");
        var resumed = await desk.PostAsync(page, $"{page}?handler=Resume");
        await RunAsync(desk, page);
        var done = WebUtility.HtmlDecode(await desk.Browser.GetStringAsync(page));

        Assert.Contains("En pause après 0 ligne lue", fragment, StringComparison.Ordinal);
        Assert.DoesNotContain("hx-trigger=\"every", fragment, StringComparison.Ordinal);
        Assert.Contains("handler=Resume", history, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Equal(page, resumed.Headers.Location!.ToString());
        Assert.Contains("Terminé avec rejets", done, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_import_at_work_says_how_fast_it_goes_and_how_long_it_still_takes()
    {
        await using var desk = await StewardDesk.OpenAsync();
        var (_, page) = await UploadAsync(desk, "crm_accounts.csv", Csv);
        await using var db = desk.Db();
        var began = DateTimeOffset.UtcNow.AddSeconds(-100);
        await db.Database.ExecuteSqlAsync(
            $"update runs set status = 'Running', attempt_at = {began}, attempt_from = 1000, done = 201000, total = 401000 where stage = 'Ingestion'");

        var told = WebUtility.HtmlDecode(await desk.Browser.GetStringAsync(page)).Replace('\u202f', ' ').Replace('\u00a0', ' ');

        Assert.Matches("201 000 lignes lues sur environ 401 000 · (1 9[0-9]{2}|2 000) lignes/s · encore 1 min 4[0-9] environ", told);
        Assert.Contains("<noscript><meta http-equiv=\"refresh\"", told, StringComparison.Ordinal);
    }

    private static async Task<(HttpResponseMessage Answer, string Page)> UploadAsync(StewardDesk desk, string? name, string content)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(await desk.TokenAsync("/imports/nouveau")), "__RequestVerificationToken" },
            { new StringContent("true"), "direct" },
            { new StringContent(""), "source" },
        };
        if (name is not null)
        {
            form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(content)), "file", name);
        }

        var answer = await desk.Browser.PostAsync("/imports/nouveau", form);
        return (answer, answer.Headers.Location?.ToString() ?? "");
    }

    // As the background does.
    private static async Task RunAsync(StewardDesk desk, string page)
    {
        await using var scope = desk.Hub.Services.CreateAsyncScope();
        var job = scope.ServiceProvider.GetRequiredKeyedService<IJob>(nameof(IngestJob));
        await job.RunAsync(Guid.Parse(page.Split('/')[^1]), default);
    }
}
