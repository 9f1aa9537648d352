using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Identifiers;
using Rcu.Security;

namespace Rcu.Exploration;

/// <summary>The accounts a filter finds, sorted on one of the offered columns, fifty at a time.</summary>
public sealed class AccountList(RcuDb db, SideReads side, TimeProvider time)
{
    public const int PageSize = 50;

    private static readonly Dictionary<AccountSort, KeysetColumn<Account, AccountRow>> Columns = new()
    {
        [AccountSort.Name] = Column(a => EF.Functions.Collate(a.Name, FrenchOrder.Collation), row => row.Name),
        [AccountSort.City] = Column(a => EF.Functions.Collate(a.Address.City!, FrenchOrder.Collation), row => row.City),
        [AccountSort.Naf] = Column(a => EF.Functions.Collate(a.Naf!, AccountFilter.Binary), row => row.Naf),
        [AccountSort.Revenue] = Column(a => (decimal?)a.Metrics!.Revenue12m, row => row.Revenue12m, descends: true, a => a.Metrics!.AccountId),
        [AccountSort.LastInteraction] = Column(a => a.Metrics!.LastInteractionAt, row => row.LastInteractionAt, descends: true, a => a.Metrics!.AccountId),
        [AccountSort.Engagement] = Column(a => (int?)a.Metrics!.Engagement, row => row.Engagement, descends: true, a => a.Metrics!.AccountId),
        [AccountSort.Quality] = Column(a => (int?)a.Score!.Total, row => row.Quality, knownId: a => a.Score!.AccountId),
    };

    private static readonly Expression<Func<Account, AccountRow>> Shape = a => new AccountRow(
        a.Id, a.Name, a.Siren, a.Type, a.InseeState, a.Blocked, a.Address.City, a.Address.Department, a.Naf, a.HeadcountBand,
        (decimal?)a.Metrics!.Revenue12m, (decimal?)a.Metrics.RevenuePrevious12m, (int?)a.Metrics.OverdueCount, a.Metrics.LastInteractionAt,
        a.Metrics.LastInteractionChannel, (int?)a.Metrics.Engagement, (int?)a.Score!.Total, a.Sources);

    /// <summary>So many are found, then sorted.</summary>
    internal int Gathered { get; init; } = 8_000;

    /// <summary>From so many on, what a filter finds is not gathered first.</summary>
    internal int Broad { get; init; } = AccountFilter.Broad;

    /// <param name="reversed">Against the natural order of the column: names go up and amounts go down by nature.</param>
    public async Task<AccountPage> ReadAsync(
        AccountScope scope, AccountFilter filter, AccountSort sort, bool reversed, PageCursor? after, CancellationToken ct, int size = PageSize)
    {
        var now = time.GetUtcNow();
        var planned = await RowCount.PlannedAsync(db, filter.Apply(scope.Accounts(db), db, now), ct);
        // A condition that another stage compiled asks the database of its own context.
        await using var beside = filter.Also is not null ? null
            : side.Begin(other => RowCount.OfAsync(other, filter.Apply(scope.Accounts(other), other, now), planned, ct));
        var found = (await filter.ProbedAsync(db, Broad, ct)).Apply(scope.Accounts(db), db, now);
        var (rows, next) = await Columns[sort].ReadAsync(
            planned <= Gathered ? Gathering(scope.Accounts(db), found) : found, scope.Accounts(db), Shape, reversed, after, size, ct, Along(filter, sort, now));
        var total = after is null && next is null ? new RowCount(rows.Count, IsExact: true)
            : beside is null ? await RowCount.OfAsync(db, filter.Apply(scope.Accounts(db), db, now), planned, ct)
            : await beside.ValueAsync();
        return new AccountPage(rows, next, total);
    }

    // Found first, then sorted: a list that is walked until fifty of its rows are among a few thousand of a million is walked far. What is
    // skipped, none of it, keeps the planner from taking the two steps for one.
    private static IQueryable<Account> Gathering(IQueryable<Account> whole, IQueryable<Account> found)
    {
        var none = 0;
        var ids = found.Select(a => a.Id).Skip(none);
        return whole.Where(a => ids.Contains(a.Id));
    }

    /// <summary>The accounts just before and just after one of the list; null when it is not in it.</summary>
    public async Task<Neighbours?> AroundAsync(
        AccountScope scope, AccountFilter filter, AccountSort sort, bool reversed, Guid id, CancellationToken ct)
    {
        var found = (await filter.ProbedAsync(db, Broad, ct)).Apply(scope.Accounts(db), db, time.GetUtcNow());
        if (await found.Where(a => a.Id == id).Select(Shape).SingleOrDefaultAsync(ct) is not { } row)
        {
            return null;
        }

        var (before, after) = await Columns[sort].AroundAsync(found, Shape, reversed, row, ct);
        return new Neighbours(before, after);
    }

    // A list sorted on what it is filtered on is one stretch of that column.
    private static Expression<Func<Account, bool>>? Along(AccountFilter filter, AccountSort sort, DateTimeOffset now)
    {
        if (sort is AccountSort.LastInteraction && filter.Watch is AccountWatch.Quiet)
        {
            var since = AccountFilter.QuietSince(now);
            return a => a.Metrics!.LastInteractionAt < since;
        }

        if (sort is AccountSort.City && filter.City is { Length: > 0 } city)
        {
            var (first, last) = FrenchOrder.Beginning(city);
#pragma warning disable CA1309 // the database's own order
            return a => string.Compare(EF.Functions.Collate(a.Address.City!, FrenchOrder.Collation), first) >= 0
                && string.Compare(EF.Functions.Collate(a.Address.City!, FrenchOrder.Collation), last) <= 0;
#pragma warning restore CA1309
        }

        return null;
    }

    private static KeysetColumn<Account, AccountRow, TValue> Column<TValue>(
        Expression<Func<Account, TValue?>> value, Func<AccountRow, TValue?> shown, bool descends = false, Expression<Func<Account, Guid>>? knownId = null) =>
        new(value, a => a.Id, shown, row => row.Id, descends, knownId);
}

/// <summary>The columns a list of accounts may be sorted on.</summary>
public enum AccountSort
{
    Name,
    City,
    Naf,
    Revenue,
    LastInteraction,
    Engagement,
    Quality,
}

/// <summary>One page of accounts, where the next one begins, and how many there are in all.</summary>
public sealed record AccountPage(IReadOnlyList<AccountRow> Rows, PageCursor? Next, RowCount Total);

/// <summary>What stands on both sides of an account in a list; null at its ends.</summary>
public sealed record Neighbours(AccountRow? Before, AccountRow? After);

/// <summary>An account as a line of a list.</summary>
public sealed record AccountRow(
    Guid Id, string Name, Siren? Siren, AccountType? Type, string? InseeState, bool Blocked, string? City, string? Department, string? Naf,
    string? HeadcountBand, decimal? Revenue12m, decimal? RevenuePrevious12m, int? OverdueCount, DateTimeOffset? LastInteractionAt,
    string? LastInteractionChannel, int? Engagement, int? Quality, IReadOnlyList<string> Sources);
