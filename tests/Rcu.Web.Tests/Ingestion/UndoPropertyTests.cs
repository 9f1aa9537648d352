using System.Text;
using Microsoft.EntityFrameworkCore;

namespace Rcu.Web.Tests.Ingestion;

/// <summary>Whatever was imported on whatever was there, taking it back gives the exact state before.</summary>
public class UndoPropertyTests
{
    private const int Cases = 200;
    private const int Seed = 20261122;
    private const string Header = "Account ID,Account Name,SIRET,Billing City\n";

    // All that counts of the records, in the order of their keys: what each says, by which evidence, or that its source withdrew it.
    private const string State =
        """
        select coalesce(string_agg(r.external_key || '|' || encode(r.content_hash, 'hex') || '|' || r.source_record_id || '|' || r.run_id || coalesce('|' || r.gone_at, ''), E'\n' order by r.external_key), '') as "Value"
        from records r join sources s on s.id = r.source_id where s.name = 'crm' and (r.removed_at is null or r.gone_at is not null)
        """;

    [Fact]
    public async Task Undoing_an_import_gives_back_the_exact_state_in_two_hundred_random_cases()
    {
        await using var bench = await Workbench.CreateAsync();
        var random = new Random(Seed);
        var (changed, withdrew, wrong) = (0, 0, new List<int>());
        for (var number = 0; number < Cases; number++)
        {
            if (number % 3 == 0)
            {
                await ImportAsync(bench, random);
            }

            var before = await bench.QueryAsync(State);
            var import = await ImportAsync(bench, random);
            var between = await bench.QueryAsync(State);
            await using var db = bench.Db();
            var undone = await bench.Imports(db).UndoAsync(import, "léa", default);
            Assert.True(undone.Succeeded, undone.Error?.Message);

            withdrew += (await bench.ViewAsync(import))["absent"] > 0 ? 1 : 0;
            changed += between.SequenceEqual(before) ? 0 : 1;
            if (!(await bench.QueryAsync(State)).SequenceEqual(before))
            {
                wrong.Add(number);
            }
        }

        Assert.Empty(wrong);
        Assert.InRange(changed, Cases / 2, Cases); // most imports did something: there was something to take back
        Assert.InRange(withdrew, Cases / 8, Cases);
    }

    // One file in three is the whole state of the source, and a person agreed that it withdraws whatever it does not hold.
    private static async Task<Guid> ImportAsync(Workbench bench, Random random)
    {
        var run = await bench.ReceiveAsync("crm_accounts.csv", Encoding.UTF8.GetBytes(File(random)));
        await using var db = bench.Db();
        await db.Uploads.Where(u => u.RunId == run).ExecuteUpdateAsync(set => set.SetProperty(u => u.AgreedAbsent, 40));
        await db.Feeds.Where(f => f.Name == "crm_accounts").ExecuteUpdateAsync(set => set.SetProperty(f => f.IsWhole, random.Next(3) == 0));
        await bench.RunAsync(run);
        return run;
    }

    // Some of forty keys, each with one of three things to say; twins and rows without a key among them.
    private static string File(Random random)
    {
        var text = new StringBuilder(Header);
        for (var row = random.Next(1, 15); row > 0; row--)
        {
            text.Append(random.Next(40) == 0 ? "" : $"A{random.Next(40)}").Append($",Société {random.Next(3)},,Metz\n");
        }

        return text.ToString();
    }
}
