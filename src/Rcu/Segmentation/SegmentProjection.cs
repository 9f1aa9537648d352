using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Security;

namespace Rcu.Segmentation;

/// <summary>
/// One person for each account of a segment: who plays the first of the roles asked for, else the second… Among several, one who may
/// be written to comes first. Accounts and people left out of what leaves the hub are left out here too.
/// </summary>
public sealed class SegmentProjection(RcuDb db, Audit audit)
{
    /// <summary>The decision maker, else the payer, else the prescriber, else the user, else whoever works there.</summary>
    public static readonly IReadOnlyList<RoleFunction> Usual =
        [RoleFunction.DecisionMaker, RoleFunction.Payer, RoleFunction.Prescriber, RoleFunction.User, RoleFunction.Employee];

    /// <summary>The columns of the file, as the texts <c>segment.csv.…</c> call them.</summary>
    public static readonly IReadOnlyList<string> Columns = ["id", "name", "siren", "city", "picked_role", "contact_id", "contact", "job_title", "email"];

    /// <param name="after">The last account of the page before; null for the first.</param>
    public async Task<Result<IReadOnlyList<ProjectedRow>>> ReadAsync(
        AccountScope scope, Guid id, IReadOnlyList<RoleFunction> roles, Guid? after, int take, CancellationToken ct)
    {
        if (await db.Segments.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, ct) is not { } segment)
        {
            return SegmentationErrors.NotFound;
        }

        return segment.Target is SegmentTarget.Contacts
            ? SegmentationErrors.NotOfAccounts
            : await RowsAsync(scope, segment, roles.Count > 0 ? roles : Usual, after, take, ct);
    }

    /// <summary>All of them, as a file.</summary>
    public async Task<Result<Segment>> WriteAsync(
        AccountScope scope, Guid id, ExportFormat format, Stream output, Func<string, string> text, CancellationToken ct)
    {
        var first = await ReadAsync(scope, id, Usual, null, 1, ct);
        if (!first.Succeeded)
        {
            return first.Error;
        }

        var segment = await db.Segments.AsNoTracking().SingleAsync(s => s.Id == id, ct);
        await audit.NoteAsync(scope.Reader, "segment.exported", $"{id}", new Dictionary<string, string> { ["name"] = segment.Name, ["format"] = $"{format}" }, ct);
        await ListFile.WriteAsync(format, output, segment.Name, [.. Columns.Select(c => text($"segment.csv.{c}"))], CellsAsync(scope, segment, text, ct), ct);
        return segment;
    }

    private async IAsyncEnumerable<object?[]> CellsAsync(
        AccountScope scope, Segment segment, Func<string, string> text, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        const int size = 500;
        Guid? after = null;
        for (; ; )
        {
            var rows = await RowsAsync(scope, segment, Usual, after, size, ct);
            foreach (var row in rows)
            {
                yield return
                [
                    row.AccountId, row.Account, row.Siren, row.City, row.Role is { } role ? text($"segment.choice.RoleFunction.{role}") : null, row.ContactId,
                    row.Contact, row.JobTitle, row.Email,
                ];
            }

            if (rows.Count < size)
            {
                yield break;
            }

            after = rows[^1].AccountId;
        }
    }

    private async Task<List<ProjectedRow>> RowsAsync(
        AccountScope scope, Segment segment, IReadOnlyList<RoleFunction> roles, Guid? after, int take, CancellationToken ct)
    {
        var from = after ?? Guid.Empty;
        var accounts = await segment.Allow(scope.Accounts(db))
            .Where(a => a.Id > from && db.SegmentMembers.Any(m => m.SegmentId == segment.Id && m.ExitedAt == null && m.MemberId == a.Id))
            .OrderBy(a => a.Id).Take(take)
            .Select(a => new { a.Id, a.Name, a.Siren, a.Address.City }).ToListAsync(ct);
        var ids = accounts.ConvertAll(a => a.Id);
        var left = Exclusions.For(SegmentTarget.Contacts).Where(segment.Holds).Where(why => why is Exclusion.Opposition or Exclusion.InvalidEmail)
            .Aggregate(scope.Contacts(db), (contacts, why) => contacts.Where(Exclusions.Not(Exclusions.OfContact(why))));
        var people = await (
            from role in scope.Roles(db)
            where ids.Contains(role.AccountId) && role.EndedOn == null && roles.Contains(role.Function)
            join contact in left on role.ContactId equals contact.Id
            select new { role.AccountId, role.Function, role.IsOutsider, contact.Id, contact.Name, contact.JobTitle, contact.Email, contact.EmailReach }).ToListAsync(ct);
        var order = roles.ToList();
        var picked = people.GroupBy(p => p.AccountId).ToDictionary(
            g => g.Key,
            g => g.OrderBy(p => order.IndexOf(p.Function)).ThenBy(p => p.EmailReach is not Reach.Allowed).ThenBy(p => p.IsOutsider).ThenBy(p => p.Id).First());
        return accounts.ConvertAll(a => picked.TryGetValue(a.Id, out var one)
            ? new ProjectedRow(a.Id, a.Name, a.Siren?.Value, a.City, one.Function, one.Id, one.Name, one.JobTitle, one.Email)
            : new ProjectedRow(a.Id, a.Name, a.Siren?.Value, a.City, null, null, null, null, null));
    }
}

/// <summary>An account and the person picked for it; nobody when no one plays any of the roles.</summary>
public sealed record ProjectedRow(
    Guid AccountId, string Account, string? Siren, string? City, RoleFunction? Role, Guid? ContactId, string? Contact, string? JobTitle, string? Email);
