using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rcu.Cleaning;
using Rcu.Cleaning.Steward;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Ingestion;
using Rcu.Ingestion.Drafts;
using Rcu.Jobs;
using Rcu.Web.Tests.Api;
using Rcu.Web.Tests.Pages;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Cleaning.Steward;

/// <summary>A rule written without code does what it says at every door, and nothing to what it does not speak of.</summary>
public class StewardRulesTests
{
    private const string Header = "Account ID,Account Name,SIRET,VAT Number,NAF Code,Billing Street,Billing Zip/Postal Code,Billing City,"
        + "Billing Country,Phone,Website,Type,Employees,Created Date\n";

    private static readonly SaveRule Phone = new(
        "Téléphone exigé", RecordKind.Account, new("phone", RuleTest.Filled), RuleEffect.Warn, "Il manque un téléphone : demandez-le.");

    private static readonly SaveRule NoTest = new(
        "Pas de société d’essai", RecordKind.Account, new("name", RuleTest.DoesNotMatch, "(?i).*\\btest\\b.*"), RuleEffect.Block, "Société d’essai.");

    [Fact]
    public async Task A_blocked_row_of_a_file_is_a_reject_and_a_flagged_one_comes_in_with_its_problem()
    {
        await using var desk = await StewardDesk.OpenAsync();
        await WriteAsync(desk.Hub.Services, Phone);
        await WriteAsync(desk.Hub.Services, NoTest);

        var run = await ImportAsync(desk, Header + "A1,Menuiserie Test,,,,,,,,,,,,\nA2,Dupont,,,,,,,,,,,,\nA3,Noël,,,,,,,,0199000001,,,,\n");
        await CleanAsync(desk);
        await using var db = desk.Db();
        var reject = await db.Rejects.SingleAsync(r => r.RunId == run);

        Assert.Equal(["A2", "A3"], await db.Records.Where(r => r.RunId == run).Select(r => r.ExternalKey).Order().ToListAsync());
        Assert.Equal(("rule.2", "Société d’essai.", "name", 2L), (reject.Code, reject.Reason, reject.ColumnName, reject.Line));
        Assert.Equal("Menuiserie Test", reject.Raw!.Value.GetProperty("Account Name").GetString());
        var issue = await db.Issues.SingleAsync(i => i.Code == "rule.1" && db.Records.Any(r => r.Id == i.RecordId && r.RunId == run));
        Assert.Equal(("phone", Severity.Warning, Phone.Message), (issue.Field, issue.Severity, issue.Message));
    }

    [Fact]
    public async Task The_check_of_a_file_tells_what_its_import_will_do()
    {
        await using var desk = await StewardDesk.OpenAsync();
        await WriteAsync(desk.Hub.Services, Phone);
        await WriteAsync(desk.Hub.Services, NoTest);
        var draft = await DraftPagesTests.CheckedAsync(desk, "Code;Nom;Téléphone\nP1;Société test;0199000001\nP2;Martin;\nP3;Noël;0199000002\n");

        var check = await desk.Browser.ReadAsync(draft);

        Assert.Contains("Règle 2", check, StringComparison.Ordinal);
        Assert.Contains("Société d’essai.", check, StringComparison.Ordinal);
        Assert.Contains("Il manque un téléphone", check, StringComparison.Ordinal);
        await using var db = desk.Db();
        var tally = (await db.Set<ImportDraft>().AsNoTracking().SingleAsync()).Tally!;
        Assert.Equal((3L, 1L, 1L, 1L), (tally.Rows, tally.Ready, tally.Warned, tally.Rejected));
    }

    [Fact]
    public async Task A_program_is_told_why_and_what_it_sent_is_kept()
    {
        await using var api = await ApiHub.StartAsync();
        await api.DeclareSourcesAsync();
        await WriteAsync(api.Hub.Services, NoTest);

        var (refused, body) = await api.SendAsync(HttpMethod.Put, "/accounts/by-key/crm/T1", new { name = "Test SARL" });
        var (taken, _) = await api.SendAsync(HttpMethod.Put, "/accounts/by-key/crm/T2", new { name = "Testud SARL" });
        var reject = await api.InAsync(s => s.GetRequiredService<RcuDb>().Rejects.AsNoTracking().SingleAsync());

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Equal("Refusé par une règle de qualité : Société d’essai.", body.GetProperty("title").GetString());
        Assert.Equal(HttpStatusCode.Accepted, taken.StatusCode);
        Assert.Equal(("rule.1", "Test SARL"), (reject.Code, reject.Raw!.Value.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task What_was_there_before_the_rule_is_looked_at_and_forgotten_with_it()
    {
        await using var desk = await StewardDesk.OpenAsync();
        await ImportAsync(desk, Header + "A1,Menuiserie Test,,,,,,,,,,,,\nA2,Dupont,,,,,,,,0199000001,,,,\n");
        await CleanAsync(desk);
        await WriteAsync(desk.Hub.Services, NoTest);

        await CleanAsync(desk);
        await using var db = desk.Db();
        var found = await db.Issues.Where(i => i.Code == "rule.1").Select(i => i.Severity).ToListAsync();
        var inIt = await db.Records.CountAsync(r => r.ExternalKey == "A1" && r.RemovedAt == null);
        await InAsync(desk.Hub.Services, rules => rules.SetStateAsync(1, RuleState.Off, "léa", default));
        await CleanAsync(desk);

        Assert.Equal([Severity.Error], found);
        Assert.Equal(1, inIt);
        Assert.Equal(0, await db.Issues.CountAsync(i => i.Code == "rule.1"));
    }

    [Fact]
    public async Task A_steward_sees_what_a_rule_would_catch_then_writes_changes_and_deletes_it()
    {
        await using var desk = await StewardDesk.OpenAsync();
        const string page = "/qualite/regles/nouvelle";
        (string, string)[] form =
        [
            ("Rule.Name", "Code postal lorrain"), ("Rule.Kind", "Account"), ("Rule.When.Field", "country"), ("Rule.When.Test", "OneOf"),
            ("Rule.When.Value", "FR"), ("Rule.Then.Field", "postal_code"), ("Rule.Then.Test", "Matches"), ("Rule.Then.Value", "57000"),
            ("Rule.Effect", "Warn"), ("Rule.Message", "Hors de Metz."),
        ];

        var empty = await desk.Browser.ReadAsync("/qualite/regles");
        var tried = WebUtility.HtmlDecode(await (await desk.PostAsync(page, "/qualite/regles/nouvelle?handler=Try", form)).Content.ReadAsStringAsync());
        var none = await desk.Browser.ReadAsync("/qualite/regles");
        var saved = await desk.PostAsync(page, page, form);
        var listed = await desk.Browser.ReadAsync("/qualite/regles");
        var edited = await desk.PostAsync("/qualite/regles/1", "/qualite/regles/1", [.. form.Where(f => f.Item1 != "Rule.Then.Value"), ("Rule.Then.Value", "57[0-9]{3}"), ("Rule.Version", "1")]);
        var late = await desk.PostAsync("/qualite/regles/1", "/qualite/regles/1", [.. form, ("Rule.Version", "1")]);
        var bad = await desk.PostAsync(page, page, [.. form.Where(f => f.Item1 != "Rule.Then.Value"), ("Rule.Then.Value", "(57")]);
        var deleted = await desk.PostAsync("/qualite/regles", "/qualite/regles", ("number", "1"), ("state", "Deleted"));
        var gone = await desk.Browser.GetAsync("/qualite/regles/1");
        await using var db = desk.Db();

        Assert.Contains("Aucune règle pour l’instant", empty, StringComparison.Ordinal);
        Assert.Contains("6 fiches regardées", tried, StringComparison.Ordinal);
        Assert.Contains("3 fiches, soit 50", tried, StringComparison.Ordinal);
        Assert.Contains("57050", tried, StringComparison.Ordinal);
        Assert.Contains("Aucune règle pour l’instant", none, StringComparison.Ordinal);
        Assert.Equal("/qualite/regles", saved.Headers.Location!.ToString());
        Assert.Contains("Si « Pays » est parmi : FR, alors « Code postal » s’écrit 57000.", listed, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, edited.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        Assert.Contains("L’expression « (57 » ne se lit pas", WebUtility.HtmlDecode(await bad.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, deleted.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        Assert.Equal([1, 2, 3], await db.Set<StewardRule>().OrderBy(r => r.Version).Select(r => r.Version).ToListAsync());
        Assert.Equal(["rule.created", "rule.changed", "rule.deleted"], await db.Audit.Where(a => a.Action.StartsWith("rule.")).OrderBy(a => a.Id).Select(a => a.Action).ToListAsync());
    }

    [Fact]
    public async Task A_program_writes_tries_and_switches_rules()
    {
        await using var api = await ApiHub.StartAsync();
        object rule = new
        {
            name = "Dates",
            kind = "opportunity",
            claim = new { field = "close_on", test = "between", value = "01/01/2000" },
            effect = "block",
            message = "Trop vieux.",
        };

        var (made, body) = await api.SendAsync(HttpMethod.Post, "/rules", rule);
        var (tried, preview) = await api.SendAsync(HttpMethod.Post, "/rules:try", rule);
        var (off, state) = await api.SendAsync(HttpMethod.Post, "/rules/1/off", null);
        var (unknown, why) = await api.SendAsync(HttpMethod.Post, "/rules", new
        {
            name = "X",
            kind = "opportunity",
            claim = new { field = "siren", test = "filled" },
            effect = "warn",
            message = "X",
        });
        var (nothing, _) = await api.SendAsync(HttpMethod.Delete, "/rules/9", null);

        Assert.Equal((HttpStatusCode.Created, 1), (made.StatusCode, body.GetProperty("number").GetInt32()));
        Assert.Equal((HttpStatusCode.OK, 0), (tried.StatusCode, preview.GetProperty("looked").GetInt32()));
        Assert.Equal((HttpStatusCode.OK, "off"), (off.StatusCode, state.GetProperty("state").GetString()));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "rule.unknown_field"), (unknown.StatusCode, why.GetProperty("code").GetString()));
        Assert.Equal(HttpStatusCode.NotFound, nothing.StatusCode);
    }

    private static Task WriteAsync(IServiceProvider services, SaveRule rule) => InAsync(services, rules => rules.CreateAsync(rule, "léa", default));

    private static async Task InAsync(IServiceProvider services, Func<StewardRules, Task<Result<StewardRule>>> act)
    {
        await using var scope = services.CreateAsyncScope();
        var done = await act(scope.ServiceProvider.GetRequiredService<StewardRules>());
        Assert.True(done.Succeeded, done.Error?.Code);
    }

    private static async Task<Guid> ImportAsync(StewardDesk desk, string content)
    {
        await using var scope = desk.Hub.Services.CreateAsyncScope();
        var received = await scope.ServiceProvider.GetRequiredService<Imports>()
            .ReceiveAsync(new ImportRequest("crm_accounts.csv", null, "léa"), new MemoryStream(System.Text.Encoding.UTF8.GetBytes(content)), default);
        Assert.True(received.Succeeded, received.Error?.Code);
        await scope.ServiceProvider.GetRequiredKeyedService<IJob>(nameof(IngestJob)).RunAsync(received.Value, default);
        return received.Value;
    }

    private static async Task CleanAsync(StewardDesk desk)
    {
        await using var scope = desk.Hub.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetServices<IStage>().Single(s => s.Name == "Cleaning").RunAsync(new NoProgress(), default);
    }

    private sealed class NoProgress : IStageProgress
    {
        public Task EnterAsync(string stage, CancellationToken ct) => Task.CompletedTask;

        public Task ReportAsync(long done, long? total, CancellationToken ct) => Task.CompletedTask;
    }
}
