using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Identifiers;
using Rcu.Security;

namespace Rcu.Exploration;

/// <summary>Whether electronic invoices would reach the French customers, and what is missing for those they would not.</summary>
public sealed class InvoicingReport(RcuDb db)
{
    /// <summary>What asks for those that lack nothing.</summary>
    public const string Ready = "ready";

    /// <summary>What may be missing, in the order to put it right.</summary>
    public static readonly IReadOnlyList<string> Gaps =
        ["siren", "ceased", "state", "siret", "siret_closed", "vat", "vat_other", "routing", "routing_other"];

    /// <summary>The figures of the last computation; null while there was none.</summary>
    public async Task<InvoicingFigures?> FiguresAsync(CancellationToken ct)
    {
        var last = await db.Database.SqlQuery<InvoicingDay>(
            $"""
            select customers as "Customers", ready as "Ready", gaps::text as "Gaps", computed_at as "ComputedAt"
            from invoicing_days order by day desc limit 1
            """).ToListAsync(ct);
        return last is [var day]
            ? new InvoicingFigures(day.Customers, day.Ready, JsonSerializer.Deserialize<Dictionary<string, long>>(day.Gaps)!, day.ComputedAt)
            : null;
    }

    /// <param name="gap">Only those that lack this; <c>ready</c> for those that lack nothing; null for all.</param>
    public async Task<IReadOnlyList<InvoicingRow>> ListAsync(AccountScope scope, string? gap, Guid? after, int most, CancellationToken ct) =>
        await Rows(scope, gap, after).Take(most).ToListAsync(ct);

    /// <summary>All of them as they are read, for an export.</summary>
    public IAsyncEnumerable<InvoicingRow> AllAsync(AccountScope scope, string? gap) => Rows(scope, gap, null).AsAsyncEnumerable();

    private IQueryable<InvoicingRow> Rows(AccountScope scope, string? gap, Guid? after)
    {
        var found = db.InvoicingReadiness.AsNoTracking();
        found = after is { } last ? found.Where(r => r.AccountId > last) : found;
        found = gap switch
        {
            null or "" => found,
            Ready => found.Where(r => r.Gaps.Count == 0),
            _ => found.Where(r => r.Gaps.Contains(gap)),
        };
        return from readiness in found
               join account in scope.Accounts(db) on readiness.AccountId equals account.Id
               orderby readiness.AccountId
               select new InvoicingRow(
                   account.Id, account.Name, account.Siren, account.Vat, readiness.Siret, readiness.RoutingAddress, readiness.Gaps, readiness.ComputedAt);
    }

    private sealed record InvoicingDay(long Customers, long Ready, string Gaps, DateTimeOffset ComputedAt);
}

/// <summary>How many French customers there are, how many are ready, and how many lack what.</summary>
public sealed record InvoicingFigures(long Customers, long Ready, IReadOnlyDictionary<string, long> Gaps, DateTimeOffset ComputedAt);

/// <summary>One customer.</summary>
/// <param name="RoutingAddress">Where invoices are sent, when a source says so.</param>
public sealed record InvoicingRow(
    Guid AccountId, string Name, Siren? Siren, string? Vat, string? Siret, string? RoutingAddress, List<string> Gaps, DateTimeOffset ComputedAt)
{
    /// <summary>The address every company has until it declares another: its own SIREN.</summary>
    public string? Proposed => RoutingAddress ?? Siren?.Value;
}
