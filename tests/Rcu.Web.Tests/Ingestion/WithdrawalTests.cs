using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rcu.Customers;
using Rcu.Exploration;
using Rcu.Ingestion;
using Rcu.Security;
using Rcu.Web.Tests.Api;
using Rcu.Web.Tests.Resolution;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Ingestion;

/// <summary>What a source withdraws feeds nothing any more, is told where it counted, and comes back as it was; a refusal to be written to stays.</summary>
public class WithdrawalTests
{
    private const string Accounts = "Account ID,Account Name,SIRET,Phone,Billing City\n";
    private const string First = "A1,Martin Peintures,73282932000074,,Metz\n";
    private const string Twin = "A2,Martin Peintures,73282932000074,0387654301,Metz\n";
    private const string Other = "A3,Garage du Centre,55208131766522,,Metz\n";
    private const string Contacts = "Contact ID,Account ID,First Name,Last Name,Email,Email Opt Out\n";

    [Fact]
    public async Task A_record_that_its_source_withdraws_counts_no_more_until_it_comes_back()
    {
        await using var api = await ApiHub.StartAsync();
        await api.DeclareSourcesAsync();
        await ImportAsync(api, "crm_accounts", Accounts + First + Twin + Other);
        var before = await AccountsAsync(api);

        await ImportAsync(api, "crm_accounts", Accounts + First, whole: true);
        var (without, told) = (await AccountsAsync(api), await LineageAsync(api, before[0].Id));
        await ImportAsync(api, "crm_accounts", Accounts + First + Twin + Other);
        var (back, nothing) = (await AccountsAsync(api), await LineageAsync(api, before[0].Id));

        Assert.Equal(["Martin Peintures +33387654301", "Garage du Centre "], before.Select(a => $"{a.Name} {a.Phone}"));
        Assert.Equal((before[0].Id, null), (Assert.Single(without).Id, without[0].Phone));
        Assert.Equal(["A2 True"], told.Withdrawn.Select(gone => $"{gone.ExternalKey} {gone.IsAbsent}"));
        Assert.Equal(["A1"], told.Records.Select(record => record.ExternalKey));
        Assert.Equal(before.Select(a => (a.Id, a.Name, a.Phone)), back.Select(a => (a.Id, a.Name, a.Phone)));
        Assert.Empty(nothing.Withdrawn);
    }

    [Fact]
    public async Task A_refusal_stays_when_the_record_that_told_it_is_withdrawn()
    {
        await using var api = await ApiHub.StartAsync();
        await api.DeclareSourcesAsync();
        const string Kept = "C2,,Léa,Moreau,lea.moreau@vasseur.example,0\n";
        await ImportAsync(api, "crm_contacts", Contacts + "C1,,Léa,Moreau,lea.moreau@vasseur.example,1\n" + Kept);

        await ImportAsync(api, "crm_contacts", Contacts + Kept, whole: true);

        await using var db = api.Open();
        var contact = await db.Contacts.SingleAsync();
        Assert.Equal((1, Reach.Opposed), (contact.RecordCount, contact.EmailReach));
        Assert.Equal(ConsentState.Opposed, (await db.Consents.SingleAsync()).State);
    }

    [Fact]
    public async Task What_is_held_is_agreed_to_by_page_and_by_API_alike_and_only_for_the_newest_file()
    {
        await using var api = await ApiHub.StartAsync();
        await api.DeclareSourcesAsync();
        using var desk = await api.Hub.SignInAsync("Steward");
        await ImportAsync(api, "crm_accounts", Accounts + First + Twin + Other);

        var asked = await ImportAsync(api, "crm_accounts", Accounts + First, whole: true, agreed: null);
        var (kept, (answered, told)) = (await GoneAsync(api), await api.SendAsync(HttpMethod.Post, $"/imports/{asked}/agree-absent", null));
        await api.WorkAsync<IngestJob>(told.GetProperty("id").GetGuid());
        var byApi = await GoneAsync(api);
        var (twice, problem) = await api.SendAsync(HttpMethod.Post, $"/imports/{asked}/agree-absent", null);

        await ImportAsync(api, "crm_accounts", Accounts + First + Twin + Other);
        var again = await ImportAsync(api, "crm_accounts", Accounts + First + "A4,Noël,,,Nice\n", whole: true, agreed: null);
        var page = await desk.ReadAsync($"/imports/{again}");
        using var posted = await desk.PostFormAsync($"/imports/{again}", $"/imports/{again}?handler=Agree");
        var run = Guid.Parse($"{posted.Headers.Location}".Split('/')[^1]);
        await api.WorkAsync<IngestJob>(run);
        var (byPage, after) = (await GoneAsync(api), await desk.ReadAsync($"/imports/{again}"));
        await api.InAsync(services => services.GetRequiredService<Imports>().UndoAsync(run, "léa", default));
        var (_, old) = await api.SendAsync(HttpMethod.Post, $"/imports/{asked}/agree-absent", null);
        var last = await ImportAsync(api, "crm_accounts", Accounts + First + Twin + Other);
        var (_, nothing) = await api.SendAsync(HttpMethod.Post, $"/imports/{last}/agree-absent", null);

        Assert.Equal(["A1", "A2", "A3"], kept);
        Assert.Equal((HttpStatusCode.OK, "queued"), (answered.StatusCode, told.GetProperty("status").GetString()));
        Assert.Equal(["A1", "A2 gone", "A3 gone"], byApi);
        Assert.Equal((HttpStatusCode.Conflict, "import.absent_agreed"), (twice.StatusCode, problem.GetProperty("code").GetString()));
        Assert.Contains("Retirer ces 2 fiches", page, StringComparison.Ordinal);
        Assert.Equal(["A1", "A2 gone", "A3 gone", "A4"], byPage);
        Assert.Contains($"/imports/{run}\">Le fichier est relu pour les retirer", after, StringComparison.Ordinal);
        Assert.DoesNotContain("Retirer ces 2 fiches", after, StringComparison.Ordinal);
        Assert.Equal(("import.absent_agreed", "import.nothing_absent"), (old.GetProperty("code").GetString(), nothing.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task An_older_file_is_not_read_again_once_another_has_come()
    {
        await using var api = await ApiHub.StartAsync();
        await api.DeclareSourcesAsync();
        await ImportAsync(api, "crm_accounts", Accounts + First + Twin + Other);
        var held = await ImportAsync(api, "crm_accounts", Accounts + First, whole: true, agreed: null);
        await ImportAsync(api, "crm_accounts", Accounts + First + Twin + Other);

        var (answer, problem) = await api.SendAsync(HttpMethod.Post, $"/imports/{held}/agree-absent", null);

        Assert.Equal((HttpStatusCode.Conflict, "import.newer_came"), (answer.StatusCode, problem.GetProperty("code").GetString()));
    }

    private static async Task<List<string>> GoneAsync(ApiHub api)
    {
        await using var db = api.Open();
        return await db.Records.Where(r => r.RemovedAt == null || r.GoneAt != null).OrderBy(r => r.ExternalKey)
            .Select(r => r.ExternalKey + (r.GoneAt == null ? "" : " gone")).ToListAsync();
    }

    private static async Task<Guid> ImportAsync(ApiHub api, string feed, string file, bool whole = false, long? agreed = 10)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(file));
        var received = await api.InAsync(services => services.GetRequiredService<Imports>()
            .ReceiveAsync(new ImportRequest($"{feed}.csv", "crm", "léa"), content, default));
        Assert.True(received.Succeeded, received.Error?.Message);
        await using (var db = api.Open())
        {
            await db.Uploads.Where(u => u.RunId == received.Value).ExecuteUpdateAsync(set => set.SetProperty(u => u.AgreedAbsent, agreed));
            await db.Feeds.Where(f => f.Name == feed).ExecuteUpdateAsync(set => set.SetProperty(f => f.IsWhole, whole));
        }

        await api.WorkAsync<IngestJob>(received.Value);
        await api.ResolveAsync();
        return received.Value;
    }

    private static async Task<List<Account>> AccountsAsync(ApiHub api)
    {
        await using var db = api.Open();
        return await db.Accounts.OrderByDescending(a => a.Name).ToListAsync();
    }

    private static Task<LineageSheet> LineageAsync(ApiHub api, Guid account) => api.InAsync(services =>
        services.GetRequiredService<Lineage>().OfAccountAsync(AccountScope.Hub, account, default));
}
