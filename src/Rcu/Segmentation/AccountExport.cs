using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Exploration;
using Rcu.Security;

namespace Rcu.Segmentation;

/// <summary>Writes a list of accounts to a file, CSV or workbook, as it is read: a hundred thousand rows cost no more memory than ten.</summary>
public sealed class AccountExport(RcuDb db, Audit audit, TimeProvider clock)
{
    /// <summary>The columns, as the texts <c>segment.csv.…</c> call them.</summary>
    public static readonly IReadOnlyList<string> Columns =
    [
        "id", "name", "siren", "vat", "legal_form", "naf", "headcount", "type", "street", "postal_code", "city", "department", "region",
        "phone", "email", "website", "revenue_12m", "last_order", "sources", "owner",
    ];

    /// <param name="ids">Those that were ticked; null for all those of the filter.</param>
    /// <param name="text">The text of a key, in the reader's language.</param>
    public async Task WriteAsync(
        AccountScope scope, AccountFilter filter, IReadOnlyList<Guid>? ids, ExportFormat format, Stream output, Func<string, string> text, string by,
        CancellationToken ct)
    {
        await audit.NoteAsync(by, "accounts.exported", null, new Dictionary<string, string>
        {
            ["format"] = $"{format}",
            ["filter"] = ids is null ? $"{filter}" : $"{ids.Count} ids",
        }, ct);
        await ListFile.WriteAsync(format, output, text("nav.accounts"), [.. Columns.Select(c => text($"segment.csv.{c}"))], Rows(scope, filter, ids, text), ct);
    }

    private IAsyncEnumerable<object?[]> Rows(
        AccountScope scope, AccountFilter filter, IReadOnlyList<Guid>? ids, Func<string, string> text) =>
        (ids is null ? filter.Apply(scope.Accounts(db), db, clock.GetUtcNow()) : scope.Accounts(db).Where(a => ids.Contains(a.Id)))
        .OrderBy(a => a.Name).ThenBy(a => a.Id)
        .Select(a => new
        {
            Account = a,
            Revenue = (decimal?)a.Metrics!.Revenue12m,
            LastOrder = a.Metrics.LastOrderOn,
            Owner = db.Contributions.Where(c => c.Kind == RecordKind.Account && c.SubjectId == a.Id && c.IsOwner).Select(c => c.Contributor).FirstOrDefault(),
        })
        .AsAsyncEnumerable()
        .Select(row => new object?[]
        {
            row.Account.Id, row.Account.Name, row.Account.Siren?.Value, row.Account.Vat, row.Account.LegalForm, row.Account.Naf,
            row.Account.Headcount, row.Account.Type is { } type ? text($"account.type.{type}") : null, row.Account.Address.Street, row.Account.Address.PostalCode, row.Account.Address.City,
            row.Account.Address.Department, row.Account.Address.Region, row.Account.Phone, row.Account.Email, row.Account.Website,
            row.Revenue, row.LastOrder, row.Account.Sources, row.Owner,
        });
}

/// <summary>What a list is written as.</summary>
public enum ExportFormat
{
    Csv,
    Xlsx,
}
