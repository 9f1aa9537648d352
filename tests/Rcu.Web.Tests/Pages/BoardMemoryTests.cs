using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Rcu.Exploration;
using Rcu.Web.Pages.Home;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Pages;

public class BoardMemoryTests
{
    [Fact]
    public async Task A_node_that_starts_shows_the_board_that_another_counted_and_a_small_base_is_counted_each_time()
    {
        await using var hub = await TestHub.StartAsync();
        var counted = 0;
        var large = new SalesBoard(
            BoardMemory.Large, 7, 12.5m, 11, 3, 1, 2, 4, [new(Customers.OpportunityStage.Won, 2, 30)],
            [new(Guid.Empty, "Peltier & Fils", "Lyon", 40.25m, DateTimeOffset.UnixEpoch)], [], DateTimeOffset.UnixEpoch);

        var first = await ReadAsync(large);
        var recalled = await ReadAsync(large with { Revenue = 99 });
        var once = counted;
        var small = await ReadAsync(new MarketingBoard(1, 2, 3, 4, []));
        await ReadAsync(new MarketingBoard(1, 2, 3, 4, []));

        Assert.Equal(1, once);
        Assert.Equal((first.Revenue, 7, first.At), (recalled.Revenue, recalled.Contacts, recalled.At));
        Assert.Equal((large.Stages[0], large.ToChase[0]), (recalled.Stages[0], recalled.ToChase[0]));
        Assert.Equal((3, 4), (counted, small.Rejected));

        // As a node that has just started.
        Task<T> ReadAsync<T>(T board)
            where T : class
        {
            var node = new BoardMemory(
                hub.Services.GetRequiredService<IServiceScopeFactory>(), TimeProvider.System, hub.Services.GetRequiredService<IHostApplicationLifetime>(),
                NullLogger<BoardMemory>.Instance);
            return node.ReadAsync((_, _) => Task.FromResult((board, ++counted).board), kept => kept is SalesBoard { Accounts: >= BoardMemory.Large }, default);
        }
    }
}
