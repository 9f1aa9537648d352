using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Security;

namespace Rcu.Exploration;

/// <summary>What one account bought: month by month, paper by paper, line by line.</summary>
public sealed class AccountSales(RcuDb db, TimeProvider time)
{
    public const int PageSize = 50;

    /// <summary>Net invoiced per month, credit notes taken off: the twelve months that end today, and the twelve before.</summary>
    public async Task<IReadOnlyList<MonthOfSales>> MonthsAsync(AccountScope scope, Guid id, CancellationToken ct)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var first = new DateOnly(today.Year, today.Month, 1).AddMonths(-23);
        var sums = await scope.Documents(db)
            .Where(d => d.AccountId == id && d.Date >= first && d.Date <= today
                && (d.Type == DocumentType.Invoice || d.Type == DocumentType.CreditNote))
            .GroupBy(d => new { d.Date.Year, d.Date.Month })
            .Select(g => new { g.Key.Year, g.Key.Month, Net = g.Sum(d => d.Type == DocumentType.Invoice ? d.Net : -d.Net) })
            .ToListAsync(ct);
        var net = sums.ToDictionary(s => new DateOnly(s.Year, s.Month, 1), s => s.Net);
        return
        [
            .. Enumerable.Range(12, 12).Select(first.AddMonths)
                .Select(m => new MonthOfSales(m, net.GetValueOrDefault(m), net.GetValueOrDefault(m.AddYears(-1)))),
        ];
    }

    /// <summary>Its documents, newest first; the timeline's cursor says where a page ended.</summary>
    public async Task<(IReadOnlyList<AccountDocument> Documents, TimelineCursor? Next)> DocumentsAsync(
        AccountScope scope, Guid id, TimelineCursor? after, CancellationToken ct)
    {
        var all = scope.Documents(db).Where(d => d.AccountId == id);
        if (after is not null)
        {
            var day = DateOnly.FromDateTime(after.At.UtcDateTime);
            all = all.Where(d => d.Date <= day && (d.Date < day || d.Id > after.Id));
        }

        var rows = await all.OrderByDescending(d => d.Date).ThenBy(d => d.Id).Take(PageSize + 1)
            .Select(d => new AccountDocument(
                d.Id, d.Number, d.Type, d.Date, d.DueOn, d.Net, d.Gross, d.Currency, d.Paid, d.Source,
                scope.DocumentLines(db).Count(l => l.AccountId == id && l.DocumentId == d.Id)))
            .ToListAsync(ct);
        var last = rows.Count > PageSize ? rows[PageSize - 1] : null;
        return (
            [.. rows.Take(PageSize)],
            last is null ? null : new TimelineCursor(new DateTimeOffset(last.Date, TimeOnly.MinValue, TimeSpan.Zero), TimelineNature.Document, last.Id));
    }

    /// <summary>The lines of one document, those of the ledger after those of the paper.</summary>
    public async Task<IReadOnlyList<AccountDocumentLine>> LinesAsync(AccountScope scope, Guid id, Guid document, CancellationToken ct) =>
        await scope.DocumentLines(db).Where(l => l.AccountId == id && l.DocumentId == document)
            .OrderBy(l => l.LedgerAccount != null).ThenBy(l => l.Place).ThenBy(l => l.Id).Take(500)
            .Select(l => new AccountDocumentLine(
                l.Id, l.Label, db.Products.Where(p => p.Id == l.ProductId).Select(p => p.Code).FirstOrDefault(),
                l.LedgerAccount, l.Quantity, l.Net, l.Debit, l.Credit, l.Source))
            .ToListAsync(ct);
}

/// <summary>One month of sales, and the same month of the year before.</summary>
public sealed record MonthOfSales(DateOnly Month, decimal Net, decimal YearBefore);

/// <summary>One paper of the account.</summary>
public sealed record AccountDocument(
    Guid Id, string Number, DocumentType Type, DateOnly Date, DateOnly? DueOn, decimal Net, decimal? Gross, string Currency, bool? Paid,
    string Source, int Lines)
{
    public bool IsOverdue(DateOnly today) => Type is DocumentType.Invoice && Paid is false && DueOn < today;
}

/// <summary>One line of a paper, or of the ledger that books it.</summary>
public sealed record AccountDocumentLine(
    Guid Id, string? Label, string? Product, string? LedgerAccount, decimal? Quantity, decimal? Net, decimal? Debit, decimal? Credit, string Source);
