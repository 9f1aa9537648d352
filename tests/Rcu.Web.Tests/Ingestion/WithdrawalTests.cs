using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rcu.Customers;
using Rcu.Exploration;
using Rcu.Ingestion;
using Rcu.Security;
using Rcu.Web.Tests.Api;
using Rcu.Web.Tests.Resolution;

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

    private static async Task ImportAsync(ApiHub api, string feed, string file, bool whole = false)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(file));
        var received = await api.InAsync(services => services.GetRequiredService<Imports>()
            .ReceiveAsync(new ImportRequest($"{feed}.csv", "crm", "léa"), content, default));
        Assert.True(received.Succeeded, received.Error?.Message);
        await using (var db = api.Open())
        {
            await db.Uploads.Where(u => u.RunId == received.Value).ExecuteUpdateAsync(set => set.SetProperty(u => u.AgreedAbsent, 10));
            await db.Feeds.Where(f => f.Name == feed).ExecuteUpdateAsync(set => set.SetProperty(f => f.IsWhole, whole));
        }

        await api.WorkAsync<IngestJob>(received.Value);
        await api.ResolveAsync();
    }

    private static async Task<List<Account>> AccountsAsync(ApiHub api)
    {
        await using var db = api.Open();
        return await db.Accounts.OrderByDescending(a => a.Name).ToListAsync();
    }

    private static Task<LineageSheet> LineageAsync(ApiHub api, Guid account) => api.InAsync(services =>
        services.GetRequiredService<Lineage>().OfAccountAsync(AccountScope.Hub, account, default));
}
