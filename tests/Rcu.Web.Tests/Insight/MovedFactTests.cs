using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Rcu.Data;
using Rcu.Insight.Computed;
using Rcu.Unification;
using Rcu.Web.Tests.Resolution;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Insight;

/// <summary>A fact that goes from one place of an account to another, the account staying the same.</summary>
public class MovedFactTests
{
    [Fact]
    public async Task An_invoice_that_goes_to_another_place_of_its_customer_is_counted_there_and_no_longer_here()
    {
        await using var hub = TestHub.StartWith(await DemoHub.CopyDatabaseAsync());
        await using var source = NpgsqlDataSource.Create(hub.ConnectionString);
        await using var scope = hub.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RcuDb>();
        var formula = new Formula(ComputedLevel.Establishment, ComputedMeasure.Count, "invoices");
        db.Add(ComputedAttributesTests.Attribute(1, formula));
        await db.SaveChangesAsync();
        await new FactProjection(source, TimeProvider.System).RunAsync(default);
        await PlaceFiguresTests.RunAsync(hub.ConnectionString, DateTimeOffset.UtcNow);
        var before = await PlaceFiguresTests.ValuesAsync(db, 1, formula);
        var (invoice, key, from, to) = await TwoPlacesAsync(source);

        await using (var move = source.CreateCommand("update records set fields = fields || jsonb_build_object('account_key', $2), cleaned_at = clock_timestamp() where id = $1"))
        {
            move.Parameters.Add(new() { Value = invoice });
            move.Parameters.Add(new() { Value = key });
            await move.ExecuteNonQueryAsync();
        }

        await new FactProjection(source, TimeProvider.System).RunAsync(default);
        await PlaceFiguresTests.RunAsync(hub.ConnectionString, DateTimeOffset.UtcNow);

        var after = await PlaceFiguresTests.ValuesAsync(db, 1, formula);
        Assert.Equal((before[from] - 1, before.GetValueOrDefault(to) + 1), (after.GetValueOrDefault(from), after[to]));
        Assert.Equal(before.Where(b => b.Key != from && b.Key != to).OrderBy(b => b.Key), after.Where(a => a.Key != from && a.Key != to).OrderBy(a => a.Key));
    }

    // An invoice of a place of a customer that has another, and the key of the other's record.
    private static async Task<(Guid Invoice, string Key, Guid From, Guid To)> TwoPlacesAsync(NpgsqlDataSource source)
    {
        await using var ask = source.CreateCommand(
            """
            select d.id, other.external_key, here.id, there.id
            from establishments here
            join establishments there on there.account_id = here.account_id and there.id <> here.id
            join records customer on customer.id = any (here.record_ids) and customer.kind = 'Account'
            join records other on other.id = any (there.record_ids) and other.kind = 'Account' and other.source_id = customer.source_id
            join records r on r.source_id = customer.source_id and r.kind = 'Document' and r.fields ->> 'account_key' = customer.external_key and r.removed_at is null
            join documents d on d.id = r.id and d.type = 'Invoice' and d.account_id = here.account_id
            order by d.id limit 1
            """);
        await using var row = await ask.ExecuteReaderAsync();
        Assert.True(await row.ReadAsync(), "No customer of the demo has invoices and two places.");
        return (row.GetGuid(0), row.GetString(1), row.GetGuid(2), row.GetGuid(3));
    }
}
