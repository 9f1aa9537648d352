using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Security;
using Rcu.Segmentation;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Segmentation;

/// <summary>What is asked of the narrow rows of accounts is what would be asked of the accounts.</summary>
public class FacetRuleTests
{
    /// <summary>The accounts whose narrow row is missing, left over, or says another thing than the account and its figures.</summary>
    public const string Wrong =
        """
        select coalesce(a.id, f.id)::text from accounts a full join account_facets f on f.id = a.id left join account_metrics m on m.account_id = a.id
        where a.id is null or f.id is null or exists (
          select from jsonb_each(to_jsonb(f)) said
          where said.key !~ '_folded$' and said.value is distinct from coalesce((to_jsonb(a) || coalesce(to_jsonb(m), '{}')
            || jsonb_build_object('returned', exists (select from postal_flags p where p.account_id = a.id))) -> said.key, 'null'))
        """;

    // What is too wide for narrow rows, or in a table of its own.
    private static readonly string[] Apart = ["name", "any_name", "sources", "proceeding", "proceeding_since", "phone", "email", "website"];

    private const string Letters = "insert into postal_flags (account_id, reason) select id, 'npai' from accounts order by id limit 20 on conflict do nothing";

    [Fact]
    public async Task Every_field_of_an_account_but_the_wide_ones_finds_the_same_accounts()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var db = HoledBase.Open(database.App);
        await HoledBase.FillAsync(db);
        await db.Database.ExecuteSqlRawAsync(Letters);
        var some = await db.Accounts.Select(a => a.Id).OrderBy(id => id).FirstAsync();
        List<string> apart = [], found = [];
        foreach (var field in SegmentField.All.Where(f => f.Subject == typeof(Account)))
        {
            Condition rule = field.Operators.Contains(Operator.Filled) ? new Condition.Compare(field.Name, Operator.Filled, [])
                : new Condition.Compare(field.Name, field.Operators[0], [field.Type is FieldType.Flag ? "true" : field.Type is FieldType.Key ? $"{some}" : "a"]);
            foreach (var asked in new[] { rule, new Condition.None([rule]) })
            {
                var compiled = new ConditionCompiler(SegmentSources.Of(AccountScope.Hub, db), HoledBase.Now).Compile<Account>(asked).Value!;
                if (FacetRule.Of(compiled) is not { } narrow)
                {
                    apart.Add(field.Name);
                    continue;
                }

                var expected = await db.Accounts.Where(compiled).Select(a => a.Id).Order().ToListAsync();
                found.AddRange(expected.Select(_ => field.Name));
                Assert.True(expected.SequenceEqual(await db.Set<AccountFacet>().Where(narrow).Select(f => f.Id).Order().ToListAsync()), field.Name);
            }
        }

        Assert.Equal(Apart, apart.Distinct());
        Assert.True(found.Distinct().Count() > 30);
    }

    [Fact]
    public async Task Whatever_is_written_of_accounts_and_their_figures_the_narrow_rows_say_it()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var db = HoledBase.Open(database.App);
        await HoledBase.FillAsync(db);
        var asked = Wrong.Replace("::text", "::text as \"Value\"", StringComparison.Ordinal).Replace("'{}'", "'{{}}'", StringComparison.Ordinal);
        Assert.True(await db.Set<AccountFacet>().AnyAsync(f => f.Revenue12m != null && f.AddressCity != null));
        foreach (var write in new[]
        {
            "select",
            "update accounts set address_city = 'Brest', headcount = 7, updated_at = now() where id in (select id from accounts order by id limit 9)",
            "update account_metrics set revenue12m = revenue12m + 1, last_order_on = null where account_id in (select account_id from account_metrics order by 1 limit 5)",
            "delete from account_metrics where account_id in (select account_id from account_metrics order by 1 limit 3)",
            Letters,
            "delete from postal_flags where account_id in (select account_id from postal_flags order by 1 limit 2)",
            """
            create temp table kept as select * from account_metrics;
            delete from account_metrics;
            insert into account_metrics select * from kept;
            insert into account_metrics select * from kept on conflict (account_id) do update set engagement = 99
            """,
            """
            create temp table gone as select * from accounts order by id limit 12;
            delete from accounts where id in (select id from gone);
            insert into accounts select * from gone;
            insert into accounts select * from gone on conflict (id) do update set type = 'Partner'
            """,
            "delete from accounts where id in (select id from accounts order by id desc limit 4)",
            "delete from accounts",
        })
        {
            await db.Database.ExecuteSqlRawAsync(write);
            Assert.Empty(await db.Database.SqlQueryRaw<string>(asked).ToListAsync());
        }
    }
}
