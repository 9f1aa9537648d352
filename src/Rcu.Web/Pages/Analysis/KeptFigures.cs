using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Insight.Boards;
using Rcu.Web.Pages.Home;

namespace Rcu.Web.Pages.Analysis;

/// <summary>
/// The boards and the paths of accounts: of a large base as they were last counted, with the time of it, while they are counted again;
/// of a small one as they are now.
/// </summary>
internal sealed class KeptFigures(BoardMemory memory, TimeProvider clock)
{
    public Task<KeptBoard> ReadAsync(Board board, Period period, CancellationToken ct) => memory.ReadAsync(
        $"analyse {board.Name} {period.Name}",
        async (hub, stop) =>
        {
            var asked = Asked(period);
            return new KeptBoard(asked, await hub.GetRequiredService<Figures>().ReadAsync(board, asked, stop), await IsLargeAsync(hub, stop), clock.GetUtcNow());
        },
        kept => kept.IsLarge, ct);

    public Task<KeptJourney> JourneyAsync(Period period, CancellationToken ct) => memory.ReadAsync(
        $"analyse parcours {period.Name}",
        async (hub, stop) =>
        {
            var asked = Asked(period);
            return new KeptJourney(asked, await hub.GetRequiredService<Journeys>().ReadAsync(asked, stop), await IsLargeAsync(hub, stop), clock.GetUtcNow());
        },
        kept => kept.IsLarge, ct);

    /// <summary>The market beside the accounts; kept as soon as the register takes long to count.</summary>
    public Task<KeptMarket> MarketAsync(CancellationToken ct) => memory.ReadAsync(
        "analyse marche",
        async (hub, stop) =>
        {
            var watch = Stopwatch.StartNew();
            Dictionary<string, IReadOnlyList<MarketPart>> ways = [];
            foreach (var way in MarketCoverage.Ways)
            {
                ways[way] = await hub.GetRequiredService<MarketCoverage>().ReadAsync(way, stop);
            }

            return new KeptMarket(ways, watch.Elapsed > TimeSpan.FromMilliseconds(300), clock.GetUtcNow());
        },
        kept => kept.IsLong, ct);

    internal static async Task<bool> IsLargeAsync(IServiceProvider hub, CancellationToken ct) =>
        await hub.GetRequiredService<RcuDb>().Accounts.Skip(BoardMemory.Large - 1).AnyAsync(ct);

    private FigureAsked Asked(Period period) => period.Asked(DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime));
}

/// <summary>A board with what was asked, and when it was counted.</summary>
/// <param name="IsLarge">Whether the base was large: the numbers may then be some minutes old.</param>
internal sealed record KeptBoard(FigureAsked Asked, IReadOnlyList<BoardAnswer> Answers, bool IsLarge, DateTimeOffset At);

/// <summary>The paths with what was asked, and when they were counted.</summary>
/// <param name="IsLarge">Whether the base was large: the numbers may then be some minutes old.</param>
internal sealed record KeptJourney(FigureAsked Asked, JourneyMatrix Matrix, bool IsLarge, DateTimeOffset At);

/// <summary>The market by each way of parting it.</summary>
/// <param name="IsLong">Whether counting it took long: it is then kept some minutes.</param>
internal sealed record KeptMarket(IReadOnlyDictionary<string, IReadOnlyList<MarketPart>> Ways, bool IsLong, DateTimeOffset At);
