using Rcu.Web.Tests.Api;
using Xunit.Abstractions;

namespace Rcu.Web.Tests.Resolution;

/// <summary>Which records are one does not depend on the order they came in, nor on how many at once.</summary>
public sealed class OrderTests(ITestOutputHelper output)
{
    private const int Companies = 24;

    private static readonly bool IsLong = Environment.GetEnvironmentVariable("RCU_TEST_LONG") is "1";

    private static readonly string[] Trades = ["Menuiserie", "Transports", "Boulangerie", "Imprimerie", "Garage", "Charpentes"];
    private static readonly string[] Names = ["Vasseur", "Peltier", "Marchand", "Lemoine"];
    private static readonly (string Code, string Name)[] Towns = [("57000", "Metz"), ("69003", "Lyon"), ("35000", "Rennes"), ("13001", "Marseille"), ("59000", "Lille")];

    [Fact]
    public async Task The_same_records_make_the_same_accounts_whatever_their_order_and_the_imports_they_came_in()
    {
        var rows = Rows();
        var expected = await PartitionAsync(rows, imports: 1);
        var shuffles = IsLong ? Enumerable.Range(1, 20).Select(seed => (seed, seed % 3 == 0 ? rows.Count / 2 : seed % 3 == 1 ? 7 : 1)) : [(1, 7), (2, 1)];
        foreach (var (seed, imports) in shuffles)
        {
            var shuffled = rows.ToArray();
            new Random(seed).Shuffle(shuffled);

            Assert.Equal(expected, await PartitionAsync([.. shuffled], imports));
        }

        Assert.True(expected.Count < rows.Count);
        output.WriteLine($"{rows.Count} records, {expected.Count} accounts");
    }

    // Each company as one to three sources write it.
    private static List<(string Source, string Key, object Said)> Rows()
    {
        var chance = new Random(18);
        var rows = new List<(string Source, string Key, object Said)>();
        for (var i = 0; i < Companies; i++)
        {
            var (trade, name, town) = (Trades[i % Trades.Length], Names[i / Trades.Length], Towns[i % Towns.Length]);
            var phone = $"01990{i:00000}";
            rows.Add(("crm", $"C{i}", new { name = $"{trade} {name}", postalCode = town.Code, city = town.Name, phone }));
            if (chance.Next(3) > 0)
            {
                rows.Add(("erp", $"E{i}", new { name = $"{trade.ToUpperInvariant()} {name} SARL", postalCode = town.Code, city = town.Name, phone = chance.Next(2) == 0 ? phone : null }));
            }

            if (chance.Next(3) > 0)
            {
                rows.Add(("marketing", $"M{i}", new { name = $"{name} {trade}", city = town.Name, phone }));
            }
        }

        return rows;
    }

    // The keys of each account, after so many imports of about as many rows, and the night that follows.
    private static async Task<List<string>> PartitionAsync(List<(string Source, string Key, object Said)> rows, int imports)
    {
        await using var api = await ApiHub.StartAsync();
        await api.DeclareSourcesAsync();
        foreach (var chunk in rows.Chunk((rows.Count + imports - 1) / imports))
        {
            await api.SayAsync([.. chunk.SelectMany(row => new object[] { (row.Source, row.Key), row.Said })]);
        }

        await api.ResolveAsync(full: true);
        return [.. (await api.ClustersAsync()).GroupBy(c => c.Value, c => c.Key).Select(g => string.Join(' ', g.Order(StringComparer.Ordinal))).Order(StringComparer.Ordinal)];
    }
}
