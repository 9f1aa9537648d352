using Microsoft.EntityFrameworkCore;
using Rcu.Cleaning;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Resolution;

namespace Rcu.Exploration;

/// <summary>What Cleaning has to say of the records that count today: by problem, then row by row, down to the account or contact each speaks of.</summary>
public sealed class IssueList(RcuDb db)
{
    /// <summary>Rows of a page.</summary>
    public const int PageSize = 50;

    /// <summary>The commonest problem first.</summary>
    public async Task<IReadOnlyList<IssueTotal>> TotalsAsync(int most, CancellationToken ct) => await
        (from issue in db.Issues.AsNoTracking()
         where db.Records.Any(r => r.Id == issue.RecordId && r.RemovedAt == null)
         group issue by issue.Code into same
         orderby same.Count() descending, same.Key
         select new IssueTotal(same.Key, same.Count(i => i.Severity == Severity.Error) > 0 ? Severity.Error : Severity.Warning, same.Count()))
        .Take(most).ToListAsync(ct);

    /// <summary>A page of the rows with one problem, in the order of their records; one row more than a page when another page follows.</summary>
    /// <param name="after">The record and field of the last row of the page before; null for the first.</param>
    public async Task<IReadOnlyList<IssueRow>> RowsAsync(string code, (Guid Record, string Field)? after, CancellationToken ct)
    {
        var issues = db.Issues.AsNoTracking().Where(i => i.Code == code);
        if (after is { } last)
        {
            issues = issues.Where(i => EF.Functions.GreaterThan(ValueTuple.Create(i.RecordId, i.Field), ValueTuple.Create(last.Record, last.Field)));
        }

        return await
            (from issue in issues
             join record in db.Records on issue.RecordId equals record.Id
             where record.RemovedAt == null
             join source in db.Sources on record.SourceId equals source.Id
             orderby issue.RecordId, issue.Field
             let own = record.Kind == RecordKind.Contact ? ClusterKind.Contact : ClusterKind.Account
             select new IssueRow(
                 issue.RecordId, record.Kind, source.Label, record.ExternalKey, issue.Field, issue.Value, issue.Severity, issue.Message,
                 db.Links.Where(l => l.RecordId == issue.RecordId && l.Kind == own).Select(l => (Guid?)l.ClusterId).FirstOrDefault(), own))
            .Take(PageSize + 1).ToListAsync(ct);
    }
}

/// <summary>How many values have one problem, and how grave it is where it is gravest.</summary>
public sealed record IssueTotal(string Code, Severity Severity, int Count);

/// <summary>One value with a problem.</summary>
/// <param name="Message">The French sentence of the rule.</param>
/// <param name="GoldenId">The account or contact that its record belongs to; null while it belongs to none.</param>
public sealed record IssueRow(
    Guid RecordId, RecordKind Kind, string Source, string ExternalKey, string Field, string? Value, Severity Severity, string Message, Guid? GoldenId, ClusterKind GoldenKind);
