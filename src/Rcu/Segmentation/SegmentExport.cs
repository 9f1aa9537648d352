using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Security;

namespace Rcu.Segmentation;

/// <summary>
/// Writes the members of a segment to a file, as they are read: memory does not grow with the segment. Those that may not leave
/// the hub are left out, unless someone said why they may.
/// </summary>
public sealed class SegmentExport(RcuDb db, TimeProvider clock)
{
    private static readonly string[] AccountColumns =
    [
        "id", "name", "siren", "vat", "legal_form", "naf", "headcount", "type", "street", "postal_code", "city", "department", "region",
        "postal_reach", "phone", "email", "website", "revenue_12m", "last_order", "sources",
    ];

    private static readonly string[] ContactColumns =
    [
        "id", "civility", "given_name", "family_name", "name", "job_title", "email", "email_reach", "phone", "mobile", "phone_reach",
        "account", "siren", "city", "postal_reach", "sources",
    ];

    /// <param name="text">The text of a key, in the reader's language: <c>segment.csv.name</c>.</param>
    public async Task<Result<Segment>> WriteAsync(
        AccountScope scope, Guid id, ExportFormat format, Stream output, Func<string, string> text, CancellationToken ct)
    {
        if (await db.Segments.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, ct) is not { } segment)
        {
            return SegmentationErrors.NotFound;
        }

        db.Audit.Add(new AuditEntry
        {
            At = clock.GetUtcNow(),
            Who = scope.Reader,
            Action = "segment.exported",
            Subject = $"{id}",
            Details = new Dictionary<string, string> { ["name"] = segment.Name, ["format"] = $"{format}" },
        });
        await db.SaveChangesAsync(ct);
        var columns = segment.Target is SegmentTarget.Accounts ? AccountColumns : ContactColumns;
        var rows = segment.Target is SegmentTarget.Accounts ? AccountRows(scope, segment, text) : ContactRows(scope, segment, text);
        await ListFile.WriteAsync(format, output, segment.Name, [.. columns.Select(column => text($"segment.csv.{column}"))], rows, ct);
        return segment;
    }

    private IAsyncEnumerable<object?[]> AccountRows(AccountScope scope, Segment segment, Func<string, string> text) => segment.Allow(scope.Accounts(db))
        .Where(a => db.SegmentMembers.Any(m => m.SegmentId == segment.Id && m.ExitedAt == null && m.MemberId == a.Id))
        .OrderBy(a => a.Name).ThenBy(a => a.Id)
        .Select(a => new { Account = a, Flag = a.PostalFlag, Revenue = (decimal?)a.Metrics!.Revenue12m, LastOrder = a.Metrics.LastOrderOn })
        .AsAsyncEnumerable()
        .Select(row => new object?[]
        {
            row.Account.Id, row.Account.Name, row.Account.Siren?.Value, row.Account.Vat, row.Account.LegalForm, row.Account.Naf,
            row.Account.Headcount, row.Account.Type is { } type ? text($"account.type.{type}") : null, row.Account.Address.Street, row.Account.Address.PostalCode, row.Account.Address.City,
            row.Account.Address.Department, row.Account.Address.Region, Post(row.Account.Address, row.Account.Diffusion, row.Flag, text), row.Account.Phone, row.Account.Email, row.Account.Website,
            row.Revenue, row.LastOrder, row.Account.Sources,
        });

    private IAsyncEnumerable<object?[]> ContactRows(AccountScope scope, Segment segment, Func<string, string> text) => segment.Allow(scope.Contacts(db))
        .Where(c => db.SegmentMembers.Any(m => m.SegmentId == segment.Id && m.ExitedAt == null && m.MemberId == c.Id))
        .OrderBy(c => c.Name).ThenBy(c => c.Id)
        .Select(c => new { Contact = c, c.Account, Flag = c.Account!.PostalFlag })
        .AsAsyncEnumerable()
        .Select(row => new object?[]
        {
            row.Contact.Id, row.Contact.Civility, row.Contact.GivenName, row.Contact.FamilyName, row.Contact.Name, row.Contact.JobTitle,
            row.Contact.Email, row.Contact.EmailReachReason, row.Contact.Phone, row.Contact.Mobile, row.Contact.PhoneReachReason,
            row.Account?.Name, row.Account?.Siren?.Value, row.Account?.Address.City,
            row.Account is null ? null : Post(row.Account.Address, row.Account.Diffusion, row.Flag, text), row.Contact.Sources,
        });

    // Why a letter may or may not be sent to the account's address.
    private static string Post(Address address, string? diffusion, PostalFlag? flag, Func<string, string> text) =>
        flag is not null ? $"{text("segment.post.Invalid")} : {flag.Reason}"
        : diffusion is "P" ? text("segment.post.Opposed")
        : address is { PostalCode: not null, City: not null } && (address.Street ?? address.Complement) is not null ? text("segment.post.Allowed")
        : text("segment.post.NoAddress");
}
