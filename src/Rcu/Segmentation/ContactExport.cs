using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Exploration;
using Rcu.Security;

namespace Rcu.Segmentation;

/// <summary>Writes a list of people to a file, with what each may be reached by and why not.</summary>
public sealed class ContactExport(RcuDb db, Audit audit)
{
    /// <summary>The columns, as the texts <c>segment.csv.…</c> call them.</summary>
    public static readonly IReadOnlyList<string> Columns =
    [
        "id", "civility", "given_name", "family_name", "name", "job_title", "service", "level", "account", "siren", "city", "email", "email_reach",
        "email_reason", "phone", "mobile", "phone_reach", "phone_reason", "linkedin", "sources",
    ];

    /// <param name="ids">Those that were ticked; null for all those of the filter.</param>
    /// <param name="text">The text of a key, in the reader's language.</param>
    public async Task WriteAsync(
        AccountScope scope, ContactFilter filter, IReadOnlyList<Guid>? ids, ExportFormat format, Stream output, Func<string, string> text, string by,
        CancellationToken ct)
    {
        await audit.NoteAsync(by, "contacts.exported", null, new Dictionary<string, string>
        {
            ["format"] = $"{format}",
            ["filter"] = ids is null ? $"{filter}" : $"{ids.Count} ids",
        }, ct);
        await ListFile.WriteAsync(format, output, text("nav.contacts"), [.. Columns.Select(c => text($"segment.csv.{c}"))], Rows(scope, filter, ids, text), ct);
    }

    private IAsyncEnumerable<object?[]> Rows(AccountScope scope, ContactFilter filter, IReadOnlyList<Guid>? ids, Func<string, string> text) =>
        (ids is null ? filter.Apply(scope.Contacts(db), db) : scope.Contacts(db).Where(c => ids.Contains(c.Id)))
        .OrderBy(c => c.Name).ThenBy(c => c.Id)
        .Select(c => new { Contact = c, Account = c.Account!.Name, c.Account.Siren, c.Account.Address.City })
        .AsAsyncEnumerable()
        .Select(row => new object?[]
        {
            row.Contact.Id, row.Contact.Civility, row.Contact.GivenName, row.Contact.FamilyName, row.Contact.Name, row.Contact.JobTitle,
            row.Contact.Department, row.Contact.Level, row.Account ?? row.Contact.CompanyName, row.Siren?.Value, row.City, row.Contact.Email,
            text($"reach.{row.Contact.EmailReach}"), row.Contact.EmailReachReason, row.Contact.Phone, row.Contact.Mobile,
            text($"reach.{row.Contact.PhoneReach}"), row.Contact.PhoneReachReason, row.Contact.LinkedIn, row.Contact.Sources,
        });
}
