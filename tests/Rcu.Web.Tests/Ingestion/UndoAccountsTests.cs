using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rcu.Ingestion;
using Rcu.Resolution;
using Rcu.Web.Commands;
using Rcu.Web.Tests.Api;
using Rcu.Web.Tests.Resolution;

namespace Rcu.Web.Tests.Ingestion;

/// <summary>Taking an import back gives the accounts back too: what each says, the records it is made of, and its id.</summary>
public class UndoAccountsTests
{
    private const int FewCases = 25;
    private const int ManyCases = 200;
    private const int Seed = 20261122;
    private const string Header = "Account ID,Account Name,SIRET,Phone,Billing Street,Billing City,Billing Postal Code\n";

    // All that an account says but when it was written, where each record stands, and the names it bore.
    private const string State =
        """
        select coalesce(string_agg(line, E'\n' order by line), '') as "Value" from (
          select (to_jsonb(a) - 'updated_at' - 'computed_at' - 'version')::text as line from accounts a
          union all
          select concat_ws(' ', r.external_key, l.cluster_id) from links l join records r on r.id = l.record_id
          where l.kind = 'Account' and r.removed_at is null
          union all
          select concat_ws(' ', r.external_key, f.folded) from former_names f join records r on r.id = f.record_id where r.removed_at is null) state
        """;

    private static readonly (string Name, string Brand, string Siret)[] Companies =
    [
        ("Martin Peintures", "Établissements Martin", "73282932000074"), ("Garage du Centre", "Garage Muller", "55208131766522"),
        ("Boulangerie Petit", "Le Fournil Doré", "44306184100047"), ("Transports Klein", "TK Logistique", "38012986646850"),
        ("Imprimerie Lorraine", "Imprilor", "35600000000048"), ("Serrurerie Weber", "Weber et Fils", "40483304800022"),
    ];

    [Fact]
    public async Task Undoing_an_import_gives_back_the_exact_accounts_in_random_cases() => await UndoAsync(
        TimeProvider.System, Environment.GetEnvironmentVariable("RCU_TEST_LONG") is "1" ? ManyCases : FewCases, State);

    /// <remarks>An account that comes back has been there since an id was made that this hub's clock has not reached.</remarks>
    [Fact]
    public async Task So_it_does_in_a_hub_that_lives_on_another_day_than_its_database()
    {
        var clock = new ShiftedClock();
        clock.Set(TimeProvider.System.GetUtcNow().AddDays(-400));
        await UndoAsync(clock, FewCases, State.Replace("- 'updated_at'", "- 'updated_at' - 'created_at'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Undoing_an_import_that_a_whole_resolution_weighed_asks_for_a_whole_one_and_only_then()
    {
        await using var api = await ApiHub.StartAsync();
        await api.DeclareSourcesAsync();
        var random = new Random(Seed);
        await ImportAsync(api, File(random));
        var light = await ImportAsync(api, File(random));
        var taken = await ScopeAsync(api);
        await TakeBackAsync(api, light);
        var lightly = await ScopeAsync(api);
        var weighed = await ImportAsync(api, File(random));
        await api.ResolveAsync(full: true);
        await TakeBackAsync(api, weighed);
        var wholly = await ScopeAsync(api);
        await ImportAsync(api, File(random));

        Assert.Equal(
            [ResolutionScope.Changes, ResolutionScope.Changes, ResolutionScope.Full, ResolutionScope.Changes],
            [taken, lightly, wholly, await ScopeAsync(api)]);
    }

    private static async Task TakeBackAsync(ApiHub api, Guid import)
    {
        var undone = await api.InAsync(services => services.GetRequiredService<Imports>().UndoAsync(import, "léa", default));
        Assert.True(undone.Succeeded, undone.Error?.Message);
        await api.ResolveAsync();
    }

    private static async Task<ResolutionScope> ScopeAsync(ApiHub api)
    {
        await using var db = api.Open();
        return await db.Set<ResolutionRun>().Where(r => r.Kind == ClusterKind.Account).OrderByDescending(r => r.At).ThenByDescending(r => r.Id).Select(r => r.Scope).FirstAsync();
    }

    private static async Task UndoAsync(TimeProvider clock, int cases, string state)
    {
        await using var api = await ApiHub.StartAsync(clock);
        await api.DeclareSourcesAsync();
        var random = new Random(Seed);
        var (changed, joined, wrong) = (0, 0, new List<string>());
        for (var number = 0; number < cases; number++)
        {
            if (number % 3 == 0)
            {
                await ImportAsync(api, File(random), whole: number % 6 == 0);
            }

            var (before, accounts) = (await StateAsync(api, state), await CountAsync(api));
            var import = await ImportAsync(api, File(random), whole: number % 4 == 0);
            changed += await StateAsync(api, state) == before ? 0 : 1;
            joined += await CountAsync(api) < accounts ? 1 : 0;
            await TakeBackAsync(api, import);
            if (await StateAsync(api, state) is var after && after != before)
            {
                var (lost, come) = (before.Split('\n').Except(after.Split('\n')), after.Split('\n').Except(before.Split('\n')));
                wrong.Add($"{number}:\n- {string.Join("\n- ", lost)}\n+ {string.Join("\n+ ", come)}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.InRange(changed, cases / 2, cases);
        Assert.True(joined > 0, "no import joined accounts that were apart");
    }

    // Some of thirty keys, five of each company, each time with more or less to say: what brings records together comes and goes.
    private static string File(Random random)
    {
        var text = new StringBuilder(Header);
        for (var row = random.Next(2, 14); row > 0; row--)
        {
            var key = random.Next(30);
            var company = key % Companies.Length;
            var (name, brand, siret) = Companies[company];
            text.Append($"A{key},{(random.Next(2) == 0 ? name : brand)},{(random.Next(2) == 0 ? siret : "")},")
                .Append($"{(random.Next(2) == 0 ? "" : $"038765430{company}")},{(random.Next(2) == 0 ? "" : $"{company + 4} rue du Port")},Metz,57000\n");
        }

        return text.ToString();
    }

    private static async Task<Guid> ImportAsync(ApiHub api, string file, bool whole = false)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(file));
        var received = await api.InAsync(services => services.GetRequiredService<Imports>()
            .ReceiveAsync(new ImportRequest("crm_accounts.csv", "crm", "léa"), content, default));
        Assert.True(received.Succeeded, received.Error?.Message);
        await using (var db = api.Open())
        {
            await db.Uploads.Where(u => u.RunId == received.Value).ExecuteUpdateAsync(set => set.SetProperty(u => u.AgreedAbsent, 30));
            await db.Feeds.Where(f => f.Name == "crm_accounts").ExecuteUpdateAsync(set => set.SetProperty(f => f.IsWhole, whole));
        }

        await api.WorkAsync<IngestJob>(received.Value);
        await api.ResolveAsync();
        return received.Value;
    }

    private static async Task<string> StateAsync(ApiHub api, string state)
    {
        await using var db = api.Open();
        return (await db.Database.SqlQueryRaw<string>(state).ToListAsync())[0];
    }

    private static async Task<int> CountAsync(ApiHub api)
    {
        await using var db = api.Open();
        return await db.Database.SqlQueryRaw<int>("select count(*)::int as \"Value\" from accounts").SingleAsync();
    }
}
