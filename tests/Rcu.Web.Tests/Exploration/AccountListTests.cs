using Npgsql;
using Rcu.Customers;
using Rcu.Exploration;
using Rcu.Security;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Exploration;

public class AccountListTests
{
    private static readonly AccountScope Reader = new("test");

    [Theory]
    [InlineData(AccountSort.Name)]
    [InlineData(AccountSort.City)]
    [InlineData(AccountSort.Naf)]
    [InlineData(AccountSort.Revenue)]
    [InlineData(AccountSort.LastInteraction)]
    [InlineData(AccountSort.Engagement)]
    [InlineData(AccountSort.Quality)]
    public async Task Pages_show_every_account_once_in_either_direction(AccountSort sort)
    {
        await using var database = await TestDatabase.CreateAsync();
        await SampleCustomers.AddToAsync(database.App);

        var up = await WalkAsync(database, sort, reversed: false);
        var down = await WalkAsync(database, sort, reversed: true);

        Assert.Equal(SampleCustomers.Count, up.DistinctBy(a => a.Id).Count());
        Assert.Equal(SampleCustomers.Count, up.Count);
        Assert.Equal(up.Select(a => a.Id).Order(), down.Select(a => a.Id).Order());
    }

    [Fact]
    public async Task Accounts_without_the_sorted_value_come_last_both_ways()
    {
        await using var database = await TestDatabase.CreateAsync();
        await SampleCustomers.AddToAsync(database.App);

        var most = await WalkAsync(database, AccountSort.Revenue, reversed: false);
        var least = await WalkAsync(database, AccountSort.Revenue, reversed: true);

        var known = most.Where(a => a.Revenue12m is not null).Select(a => a.Revenue12m!.Value).ToList();
        Assert.Equal(known.OrderDescending(), known);
        Assert.All(most.Skip(known.Count).Concat(least.Skip(known.Count)), a => Assert.Null(a.Revenue12m));
        Assert.Equal(most[0].Id, least[known.Count - 1].Id);
    }

    [Fact]
    public async Task Names_are_in_french_order()
    {
        await using var database = await TestDatabase.CreateAsync();
        await SampleCustomers.AddToAsync(database.App);

        var names = (await WalkAsync(database, AccountSort.Name, reversed: false)).Select(a => a.Name).ToList();

        var garage = names.FindIndex(n => n.StartsWith("Garage", StringComparison.Ordinal));
        Assert.InRange(names.FindIndex(n => n.StartsWith("Électricité", StringComparison.Ordinal)), 1, garage - 1);
    }

    [Fact]
    public async Task A_row_added_before_the_page_reached_moves_nothing()
    {
        await using var database = await TestDatabase.CreateAsync();
        var sample = await SampleCustomers.AddToAsync(database.App);
        var first = await ReadAsync(database, new AccountFilter(), AccountSort.Name, null, 10);
        var expected = await ReadAsync(database, new AccountFilter(), AccountSort.Name, first.Next, 10);
        await using (var db = sample.Open())
        {
            var added = sample.First.Account;
            db.Add(new Account { Name = "Aaa", Search = "aaa", CreatedAt = added.CreatedAt, UpdatedAt = added.UpdatedAt });
            await db.SaveChangesAsync();
        }

        var second = await ReadAsync(database, new AccountFilter(), AccountSort.Name, first.Next, 10);

        Assert.Equal(expected.Rows.Select(r => r.Id), second.Rows.Select(r => r.Id));
    }

    [Theory]
    [InlineData("oeuvre GENERALE", 1)]
    [InlineData("SAS Carrosserie de l'Œuvre Générale", 1)]
    [InlineData("Menuiserie", 6)]
    [InlineData("introuvable", 0)]
    public async Task Words_of_a_name_find_it_whatever_accents_case_and_legal_form(string text, int expected)
    {
        await using var database = await TestDatabase.CreateAsync();
        await SampleCustomers.AddToAsync(database.App);

        var page = await ReadAsync(database, new AccountFilter { Text = text }, AccountSort.Name, null, 50);

        Assert.Equal(new RowCount(expected, IsExact: true), page.Total);
    }

    [Fact]
    public async Task Every_filter_narrows_the_list()
    {
        await using var database = await TestDatabase.CreateAsync();
        var sample = await SampleCustomers.AddToAsync(database.App);
        AccountFilter[] filters =
        [
            new() { Text = sample.First.Siren.Display }, new() { Type = AccountType.Prospect }, new() { Region = "Corse" }, new() { Department = "2A" },
            new() { City = "mét" }, new() { City = "épi" }, new() { Naf = "45" }, new() { HeadcountBand = "21" }, new() { Source = "salon" },
            .. Enum.GetValues<AccountWatch>().Select(watch => new AccountFilter { Watch = watch }),
        ];

        foreach (var filter in filters)
        {
            var page = await ReadAsync(database, filter, AccountSort.Name, null, 50);
            Assert.InRange(page.Total.Value, filter.City == "mét" ? 0 : 1, SampleCustomers.Count - 1);
        }
    }

    [Fact]
    public async Task A_cursor_of_another_column_begins_the_list_again()
    {
        await using var database = await TestDatabase.CreateAsync();
        await SampleCustomers.AddToAsync(database.App);
        var byName = await ReadAsync(database, new AccountFilter(), AccountSort.Name, null, 10);

        var byRevenue = await ReadAsync(database, new AccountFilter(), AccountSort.Revenue, byName.Next, 10);

        Assert.Equal(10, byRevenue.Rows.Count);
    }

    [Fact]
    public async Task A_filter_finds_the_same_on_every_sort_whichever_way_it_is_read()
    {
        await using var database = await TestDatabase.CreateAsync();
        await SampleCustomers.AddToAsync(database.App);
        await SpreadAsync(database);
        AccountFilter[] filters =
        [
            new() { City = "épi" }, new() { City = "ÉPINAL" }, new() { City = "lyon" }, new() { City = "l'isle-d" }, new() { Naf = "45" },
            new() { Watch = AccountWatch.Quiet }, new() { Watch = AccountWatch.Duplicates }, new() { Tag = "export" },
        ];

        foreach (var filter in filters)
        {
            var expected = (await WalkAsync(database, AccountSort.Name, reversed: false, filter, int.MaxValue)).Select(a => a.Id).Order().ToList();
            Assert.InRange(expected.Count, 2, SampleCustomers.Count - 1);
            foreach (var sort in Enum.GetValues<AccountSort>())
            {
                var up = await WalkAsync(database, sort, reversed: false, filter, broad: 1, gathered: 0);
                var down = await WalkAsync(database, sort, reversed: true, filter, int.MaxValue);

                Assert.Equal(expected, up.Select(a => a.Id).Order());
                Assert.Equal(expected, down.Select(a => a.Id).Order());
            }
        }
    }

    // Towns written in every way, a tag on accounts of today and of before a merge, and pairs that wait.
    private static async Task SpreadAsync(TestDatabase database)
    {
        await using var source = NpgsqlDataSource.Create(database.App);
        await using var spread = source.CreateCommand(
            """
            with placed as (select id, row_number() over (order by id) as n from accounts)
            update accounts a set address_city = (array['épinal', 'ÉPINAL', 'Épinal Cedex', 'Épinay', 'Lyon 3e', 'LYONS', 'L''Isle-d''Abeau', 'L''ISLE-D''ESPAGNAC'])[n]
            from placed p where p.id = a.id and n between 1 and 8;
            insert into account_tags (account_id, tag, tagged_by, tagged_at)
            select id, 'export', 'test', now() from (select id from accounts order by id limit 5) as few
            union all select md5('gone')::uuid, 'export', 'test', now();
            insert into redirects (retired_id, kind, survivor_id, record_ids, retired_at)
            select md5('gone')::uuid, 'Account', id, '{}', now() from (select id from accounts order by id desc limit 1) as one
            """);
        await spread.ExecuteNonQueryAsync();
    }

    // One way along the index, as a large base is walked, and the other of what was found first, as a small one is.
    private static Task<List<AccountRow>> WalkAsync(TestDatabase database, AccountSort sort, bool reversed) =>
        WalkAsync(database, sort, reversed, new AccountFilter(), AccountFilter.Broad, gathered: reversed ? 0 : 8_000);

    private static async Task<List<AccountRow>> WalkAsync(TestDatabase database, AccountSort sort, bool reversed, AccountFilter filter, int broad, int gathered = 8_000)
    {
        List<AccountRow> rows = [];
        await using var db = SampleCustomers.Open(database.App);
        var list = new AccountList(db, SampleCustomers.Beside(db), TimeProvider.System) { Broad = broad, Gathered = gathered };
        for (PageCursor? after = null; ;)
        {
            var page = await list.ReadAsync(Reader, filter, sort, reversed, after, CancellationToken.None, size: 7);
            rows.AddRange(page.Rows);
            if (page.Next is null)
            {
                return rows;
            }

            // As a link carries it.
            after = PageCursor.Parse(page.Next.ToString());
        }
    }

    private static async Task<AccountPage> ReadAsync(TestDatabase database, AccountFilter filter, AccountSort sort, PageCursor? after, int size)
    {
        await using var db = SampleCustomers.Open(database.App);
        return await new AccountList(db, SampleCustomers.Beside(db), TimeProvider.System).ReadAsync(Reader, filter, sort, false, after, CancellationToken.None, size);
    }
}
