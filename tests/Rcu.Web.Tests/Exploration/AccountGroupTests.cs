using Microsoft.EntityFrameworkCore;
using Rcu.Exploration;
using Rcu.Security;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Exploration;

/// <summary>A group is read by branches: thousands of companies and places, circles and all, in a few questions to the database.</summary>
public class AccountGroupTests
{
    private static readonly AccountScope Reader = new("test");

    [Fact]
    public async Task A_group_of_thousands_is_read_by_pages_in_few_queries_and_each_account_is_counted_once()
    {
        await using var database = await TestDatabase.CreateAsync();
        var sample = await SampleCustomers.AddToAsync(database.App);
        var counter = new QueryCounter();
        await using var db = SampleCustomers.Open(database.App, counter);
        var head = sample.Accounts[1].Id;
        var deep = sample.First.Account.Id; // 60 % of it is the head's
        await db.CapitalLinks.ExecuteDeleteAsync();
        await db.Database.ExecuteSqlAsync(
            $"""
            with made as (
              insert into accounts select (jsonb_populate_record(a, jsonb_build_object('id', gen_random_uuid(), 'name', 'Filiale ' || lpad(n::text, 4, '0'), 'siren', null))).*
              from accounts a, generate_series(1, 1000) n where a.id = {head} returning id, name)
            insert into capital_links (id, parent_id, child_id, percentage, source) select gen_random_uuid(), {head}, id, 100, 'crm' from made
            """);
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into establishments (account_id, id, sources, record_ids)
            select l.child_id, gen_random_uuid(), array['crm'], array[]::uuid[] from capital_links l, generate_series(1, 5)
            """);
        // The last subsidiary owns the deep one, which owns the head: a circle. Another link has ended.
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into capital_links (id, parent_id, child_id, percentage, source)
            select gen_random_uuid(), id, {deep}, 51, 'crm' from accounts where name = 'Filiale 1000'
            """);
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into capital_links (id, parent_id, child_id, percentage, ended_on, source)
            values (gen_random_uuid(), {deep}, {head}, 1, null, 'crm'), (gen_random_uuid(), {sample.Accounts[3].Id}, {deep}, 90, '2020-01-01', 'crm')
            """);
        var (group, sheets) = (new AccountGroup(db, TimeProvider.System), new AccountSheets(db, SampleCustomers.Beside(db), TimeProvider.System));

        counter.Reset();
        var tree = await group.ReadAsync(Reader, deep, default);
        var places = await sheets.PlacesAsync(Reader, deep, closed: false, null, default);
        var counts = await sheets.PlaceCountsAsync(Reader, deep, default);
        var queries = counter.Count;
        var first = tree.Children[head];
        var second = await group.ChildrenAsync(Reader, head, first.Next, default);

        Assert.InRange(queries, 1, 12);
        Assert.Equal([head, tree.Line[1].Id, deep], tree.Line.Select(n => n.Id));
        Assert.Equal("Filiale 1000", tree.Line[1].Name);
        Assert.Equal(51, tree.Line[2].Link?.Percentage);
        var sums = tree.Line[0].Sums;
        var own = await db.Establishments.CountAsync(e => e.AccountId == head || e.AccountId == deep);
        Assert.Equal((1002, 5000 + own, 1000), (sums.Accounts, sums.Places, sums.Children));
        Assert.Equal(AccountGroup.Shown + 1, first.Nodes.Count); // the branch of the account is shown along
        Assert.Equal("Filiale 0051", second.Nodes[0].Name);
        Assert.Equal((2, 1), counts);
        Assert.Equal(2, places.Count);
        Assert.Equal(new DateOnly(2020, 1, 1), Assert.Single(tree.Ended).EndedOn);
    }

    [Fact]
    public void A_chart_with_a_circle_shows_each_person_once()
    {
        var people = Enumerable.Range(0, 4).Select(n => new AccountContact(
            Guid.CreateVersion7(), $"P{n}", null, null, null, null, null, null, null, default, "", default, "", null, null)).ToList();

        var chart = OrganisationChart.Of(people, [(people[0].Id, people[1].Id), (people[1].Id, people[0].Id), (people[2].Id, people[1].Id)]);

        var head = Assert.Single(chart);
        Assert.Equal("P0", head.Name);
        Assert.Equal("P1", Assert.Single(head.Below).Name);
        Assert.Equal("P2", Assert.Single(head.Below[0].Below).Name);
    }
}
