using Microsoft.EntityFrameworkCore;
using Rcu.Data;

namespace Rcu.Cleaning;

/// <summary>What Cleaning had to say of the records an import brought, by problem rather than by row.</summary>
public sealed class RunIssues(RcuDb db)
{
    private const int Most = 50;

    /// <summary>The commonest problem first. What a later import replaced is not counted any more.</summary>
    public async Task<IReadOnlyList<IssueGroup>> ListAsync(Guid runId, CancellationToken ct) =>
        await (from issue in db.Issues.AsNoTracking()
               join record in db.Records on issue.RecordId equals record.Id
               where record.RunId == runId && record.RemovedAt == null
               group issue by new { issue.Code, issue.Field, issue.Severity } into same
               orderby same.Count() descending, same.Key.Code, same.Key.Field
               select new IssueGroup(same.Key.Code, same.Key.Field, same.Key.Severity, same.Count(), same.Min(i => i.Message)!))
            .Take(Most)
            .ToListAsync(ct);
}

/// <summary>One problem found in many values of one field.</summary>
/// <param name="Example">One of its sentences, with the value it is about.</param>
public sealed record IssueGroup(string Code, string Field, Severity Severity, int Count, string Example);
