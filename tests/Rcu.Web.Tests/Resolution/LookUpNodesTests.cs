using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Resolution;
using Rcu.Security;

namespace Rcu.Web.Tests.Resolution;

/// <summary>Several web nodes look the same records up: whichever took a change in, and whenever each was started.</summary>
public class LookUpNodesTests
{
    // In bits: how common a value is stays as it was counted until the night.
    private const double Hair = .5;

    [Fact]
    public async Task What_one_node_took_in_every_node_answers_with_at_its_next_question()
    {
        await using var hub = await DemoHub.LoadAsync();
        using var one = hub.NewNode();
        using var other = hub.NewNode();
        var asked = await ProbesAsync(hub);
        var before = await AskAsync(hub, one, asked);

        Assert.Equal(before, await AskAsync(hub, other, asked));
        await ChangeAsync(hub);
        await hub.RunStagesAsync();
        var (after, elsewhere) = (await AskAsync(hub, one, asked), await AskAsync(hub, other, asked));

        Assert.Equal(after, elsewhere);
        Assert.NotEqual(before, after);
        Assert.Contains(after[0], found => found.Key == "NEW-1");
        Assert.DoesNotContain(after.SelectMany(found => found), found => found.Key == "GONE-1");
        Assert.Equal([ResolutionScope.Full, ResolutionScope.Changes], await ScopesAsync(hub));
    }

    [Fact]
    public async Task A_node_started_since_finds_the_same_records_and_after_the_night_the_answers_are_the_same_to_the_last_digit()
    {
        await using var hub = await DemoHub.LoadAsync();
        using var lasting = hub.NewNode();
        var asked = await ProbesAsync(hub);
        await AskAsync(hub, lasting, asked);
        await ChangeAsync(hub);
        await hub.RunStagesAsync();

        using var restarted = hub.NewNode();
        var (followed, fresh) = (await AskAsync(hub, lasting, asked), await AskAsync(hub, restarted, asked));
        Assert.Equal(Best(followed).Select(one => one.Golden), Best(fresh).Select(one => one.Golden));
        Assert.All(Best(followed).Zip(Best(fresh)), pair => Assert.InRange(pair.First.Weight - pair.Second.Weight, -Hair, Hair));

        await hub.RunTheNightAsync();
        using var last = hub.NewNode();
        var reconciled = await AskAsync(hub, last, asked);
        Assert.Equal(reconciled, await AskAsync(hub, lasting, asked));
        Assert.Equal(reconciled, await AskAsync(hub, restarted, asked));
        Assert.Equal([ResolutionScope.Full, ResolutionScope.Changes, ResolutionScope.Full], await ScopesAsync(hub));
    }

    // Those more likely than not.
    private static List<Answer> Best(List<List<Answer>> answers) => [.. answers.SelectMany(found => found.Where(one => one.Weight > 0).Take(1))];

    private static async Task<List<List<Answer>>> AskAsync(
        DemoHub hub, CandidateIndex node, List<(ClusterKind Kind, IReadOnlyDictionary<string, string?> Raw)> asked)
    {
        await using var db = hub.Db();
        var found = await new Candidates(db, node).FindAsync(AccountScope.Hub, asked.ConvertAll(one => (one.Kind, one.Raw, (Guid?)null)), default);
        return [.. found.Select(f => f.Candidates.Select(c => new Answer(c.Golden.Id, c.Key, c.Explanation.Total)).ToList())];
    }

    // The first is what the new record will say.
    private static async Task<List<(ClusterKind, IReadOnlyDictionary<string, string?>)>> ProbesAsync(DemoHub hub)
    {
        await using var db = hub.Db();
        await db.Database.ExecuteSqlAsync(
            $"""
            update records set external_key = 'GONE-1'
            where id = (select id from records where kind = 'Account' and removed_at is null order by external_key desc, source_id limit 1)
            """);
        var probes = new List<(ClusterKind, IReadOnlyDictionary<string, string?>)>
        {
            (ClusterKind.Account, new Dictionary<string, string?> { ["name"] = "Brasserie des Sept Lapins", ["postal_code"] = "29200", ["city"] = "Brest" }),
        };
        foreach (var (kind, record) in new[] { (ClusterKind.Account, RecordKind.Account), (ClusterKind.Contact, RecordKind.Contact) })
        {
            var known = await db.Records.AsNoTracking().Where(r => r.Kind == record && r.RemovedAt == null && r.CleanedAt != null)
                .OrderBy(r => r.ExternalKey == "GONE-1" ? 0 : 1).ThenBy(r => r.ExternalKey).ThenBy(r => r.SourceId).Take(60).ToListAsync();
            probes.AddRange(known.Select(r => (kind, (IReadOnlyDictionary<string, string?>)r.Fields
                .Where(f => f.Key is not ("siren" or "email")).ToDictionary(f => f.Key, f => (string?)f.Value))));
        }

        return probes;
    }

    // A company comes, another goes, some say something else.
    private static async Task ChangeAsync(DemoHub hub)
    {
        await using var db = hub.Db();
        await db.Database.ExecuteSqlAsync(
            $$"""
            insert into records (id, source_id, kind, external_key, source_record_id, content_hash, run_id, fields, cleaned_at, rules_version, changed_at)
            select gen_random_uuid(), source_id, kind, 'NEW-1', source_record_id, '', run_id,
              '{"name":"Brasserie des Sept Lapins","postal_code":"29200","city":"Brest","country":"FR"}', clock_timestamp(), rules_version, clock_timestamp()
            from records where external_key = 'GONE-1';
            update records set removed_at = clock_timestamp() where external_key = 'GONE-1';
            update records set cleaned_at = clock_timestamp(), fields = fields || '{"postal_code":"29200","city":"Brest"}'
            where id in (select id from records where kind in ('Account', 'Contact') and removed_at is null and external_key <> 'NEW-1' order by md5(external_key), external_key limit 12);
            """);
    }

    private static async Task<List<ResolutionScope>> ScopesAsync(DemoHub hub)
    {
        await using var db = hub.Db();
        return await db.Set<ResolutionRun>().AsNoTracking().Where(r => r.Kind == ClusterKind.Account).OrderBy(r => r.At).Select(r => r.Scope).ToListAsync();
    }

    private sealed record Answer(Guid Golden, string Key, double Weight);
}
