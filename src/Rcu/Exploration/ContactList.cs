using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Security;

namespace Rcu.Exploration;

/// <summary>The people a filter finds, sorted on one of the offered columns, fifty at a time.</summary>
public sealed class ContactList(RcuDb db)
{
    public const int PageSize = 50;

    private static readonly Dictionary<ContactSort, KeysetColumn<Contact, ContactRow>> Columns = new()
    {
        [ContactSort.Name] = Column(c => EF.Functions.Collate(c.Name, FrenchOrder.Collation), row => row.Name),
        [ContactSort.Account] = Column(c => EF.Functions.Collate(c.Account!.Name, FrenchOrder.Collation), row => row.AccountName),
        [ContactSort.JobTitle] = Column(c => c.JobTitle, row => row.JobTitle),
        [ContactSort.Email] = Column(c => c.Email, row => row.Email),
        [ContactSort.Quality] = Column(c => (int?)c.Score!.Total, row => row.Quality, knownId: c => c.Score!.ContactId),
    };

    private static readonly Expression<Func<Contact, ContactRow>> Shape = c => new ContactRow(
        c.Id, c.Name, c.Civility, c.JobTitle, c.Department, c.Level, c.AccountId, c.Account!.Name, c.CompanyName, c.Email, c.Phone, c.Mobile,
        c.EmailReach, c.EmailReachReason, c.PhoneReach, c.PhoneReachReason, (int?)c.Score!.Total, c.Sources);

    public async Task<ContactPage> ReadAsync(
        AccountScope scope, ContactFilter filter, ContactSort sort, bool reversed, PageCursor? after, CancellationToken ct, int size = PageSize)
    {
        var found = filter.Apply(scope.Contacts(db), db);
        var (rows, next) = await Columns[sort].ReadAsync(found, scope.Contacts(db), Shape, reversed, after, size, ct);
        var total = after is null && next is null
            ? new RowCount(rows.Count, IsExact: true)
            : await RowCount.OfAsync(db, found, ct);
        return new ContactPage(rows, next, total);
    }

    private static KeysetColumn<Contact, ContactRow, TValue> Column<TValue>(
        Expression<Func<Contact, TValue?>> value, Func<ContactRow, TValue?> shown, bool descends = false, Expression<Func<Contact, Guid>>? knownId = null) =>
        new(value, c => c.Id, shown, row => row.Id, descends, knownId);
}

/// <summary>The columns a list of contacts may be sorted on.</summary>
public enum ContactSort
{
    Name,
    Account,
    JobTitle,
    Quality,
    Email,
}

/// <summary>One page of contacts, where the next one begins, and how many there are in all.</summary>
public sealed record ContactPage(IReadOnlyList<ContactRow> Rows, PageCursor? Next, RowCount Total);

/// <summary>A contact as a line of a list.</summary>
public sealed record ContactRow(
    Guid Id, string Name, string? Civility, string? JobTitle, string? Department, string? Level, Guid? AccountId, string? AccountName,
    string? CompanyName, string? Email, string? Phone, string? Mobile, Reach EmailReach, string EmailReachReason, Reach PhoneReach,
    string PhoneReachReason, int? Quality, IReadOnlyList<string> Sources);
