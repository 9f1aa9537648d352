using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Reference;
using Rcu.Security;

namespace Rcu.Exploration;

/// <summary>
/// The ranges of products an account does not buy and companies like it do: same division of activity, same class of headcount,
/// invoiced in the last two years. Too few of them say nothing.
/// </summary>
public sealed class WhiteSpace(RcuDb db, TimeProvider time)
{
    /// <summary>Fewer companies alike than this are no measure.</summary>
    public const int FewestPeers = 5;

    /// <summary>The part of them that must buy a range for its absence here to be told.</summary>
    public const double LeastShare = 0.3;

    private const int Years = 2;
    private const int MostPeers = 2_000;
    private const string Binary = "C";

    public async Task<Result<WhiteSpaceView>> ReadAsync(AccountScope scope, Guid id, CancellationToken ct)
    {
        var account = await scope.Accounts(db).Where(a => a.Id == id).Select(a => new { a.Naf, a.HeadcountBand }).SingleOrDefaultAsync(ct);
        if (account is null)
        {
            return ExplorationErrors.AccountNotFound;
        }

        if (account.Naf is not { Length: >= 2 } naf)
        {
            return new WhiteSpaceView(null, null, 0, []);
        }

        var division = naf[..2];
        var size = HeadcountBands.Find(account.HeadcountBand) is { Code: not "NN" } band ? SizeClass.Of(band) : null;
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var bought = await BoughtAsync(scope, id, division + "%", size?.Bands, today, ct);
        var peers = bought.Where(b => b.AccountId != id).Select(b => b.AccountId).Distinct().Count();
        var ranges = bought.GroupBy(b => b.Range).Select(range =>
        {
            var (buyers, mine) = (range.Where(b => b.AccountId != id).ToList(), range.FirstOrDefault(b => b.AccountId == id));
            return new RangeOfProducts(range.Key, buyers.Count, buyers.Count == 0 ? 0 : Math.Round(buyers.Average(b => b.Net) / Years, 2), mine?.Net, mine?.Last)
            {
                IsWhite = mine is null && peers >= FewestPeers && buyers.Count >= LeastShare * peers,
            };
        });
        return new WhiteSpaceView(
            division, size, peers, [.. ranges.OrderByDescending(r => r.IsWhite).ThenByDescending(r => r.Buyers).ThenBy(r => r.Name, StringComparer.Ordinal)]);
    }

    private async Task<List<Bought>> BoughtAsync(
        AccountScope scope, Guid id, string division, IReadOnlyList<string>? bands, DateOnly today, CancellationToken ct)
    {
        var since = today.AddYears(-Years);
        var alike = scope.Accounts(db).Where(a => a.Id != id && EF.Functions.Like(EF.Functions.Collate(a.Naf!, Binary), division));
        alike = bands is null ? alike : alike.Where(a => bands.Contains(a.HeadcountBand!));
        var peers = alike.OrderBy(a => a.Id).Take(MostPeers).Select(a => a.Id);
        var lines = from line in scope.DocumentLines(db)
                    join paper in scope.Documents(db)
                        on new { line.AccountId, Id = line.DocumentId } equals new { paper.AccountId, paper.Id }
                    join product in db.Products on line.ProductId equals product.Id
                    where product.Range != null && paper.Date > since && paper.Date <= today && paper.Type == DocumentType.Invoice
                        && (line.AccountId == id || peers.Contains(line.AccountId))
                    group new { line.Net, paper.Date } by new { product.Range, line.AccountId } into sale
                    select new Bought(sale.Key.Range!, sale.Key.AccountId, sale.Sum(s => s.Net) ?? 0, sale.Max(s => s.Date));
        return await lines.ToListAsync(ct);
    }

    private sealed record Bought(string Range, Guid AccountId, decimal Net, DateOnly Last);
}

/// <summary>What companies like an account buy, range by range.</summary>
/// <param name="Division">The two first digits of the activity they share; null when that of the account is not known.</param>
/// <param name="Size">The class of headcount they share; null when that of the account is not known: then all of the division.</param>
/// <param name="Peers">How many of them were invoiced something of a range in two years.</param>
public sealed record WhiteSpaceView(string? Division, SizeClass? Size, int Peers, IReadOnlyList<RangeOfProducts> Ranges);

/// <summary>A range of products among companies alike.</summary>
/// <param name="Buyers">How many of them bought it in two years.</param>
/// <param name="YearlyNet">What a buyer spends on it in a year, on average.</param>
/// <param name="Mine">What the account was invoiced of it in two years; null when nothing was.</param>
public sealed record RangeOfProducts(string Name, int Buyers, decimal YearlyNet, decimal? Mine, DateOnly? LastBought)
{
    /// <summary>Enough of them buy it, and the account does not.</summary>
    public bool IsWhite { get; init; }
}
