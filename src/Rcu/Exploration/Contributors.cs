using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Data;

namespace Rcu.Exploration;

/// <summary>How good what each person is in charge of, or typed, is: for that person, and for the stewards.</summary>
public sealed class Contributors(RcuDb db)
{
    private const int Fixes = 3;

    /// <param name="names">How the sources and the hub name the person, in small letters.</param>
    public async Task<IReadOnlyList<Contributed>> ReadAsync(IReadOnlyList<string> names, CancellationToken ct)
    {
        var sought = names.ToArray();
        var rows = await db.Database.SqlQuery<ContributedRow>(
            $"""
            select c.kind as "Kind", sum(c.rows)::bigint as "Rows", sum(c.total * c.rows) / sum(c.rows) as "Total",
              sum(c.completeness * c.rows) / sum(c.rows) as "Completeness", sum(c.validity * c.rows) / sum(c.rows) as "Validity",
              sum(c.freshness * c.rows) / sum(c.rows) as "Freshness", max(c.computed_at) as "ComputedAt",
              (select d.total from score_days d where d.kind = c.kind and d.source = '' order by d.day desc limit 1) as "Everyone"
            from score_contributors c where c.contributor = any({sought}) group by c.kind order by c.kind
            """).ToListAsync(ct);
        var problems = await db.Database.SqlQuery<ContributedProblem>(
            $"""
            select kind as "Kind", problem as "Problem", sum(rows)::bigint as "Rows", sum(cost)::bigint as "Cost"
            from score_contributor_problems where contributor = any({sought}) group by kind, problem order by sum(cost) desc, problem
            """).ToListAsync(ct);
        return [.. rows.Select(row => new Contributed(row, [.. problems.Where(p => p.Kind == row.Kind).Take(Fixes)], problems.Where(p => p.Kind == row.Kind && p.Problem.StartsWith("validity.", StringComparison.Ordinal)).Sum(p => p.Rows)))];
    }

    /// <summary>Everyone who contributes, those whose records need most first.</summary>
    public async Task<IReadOnlyList<ContributorLine>> ListAsync(RecordKind kind, CancellationToken ct)
    {
        var name = kind.ToString();
        return await db.Database.SqlQuery<ContributorLine>(
            $"""
            select contributor as "Contributor", rows as "Rows", total as "Total", completeness as "Completeness", validity as "Validity",
              freshness as "Freshness"
            from score_contributors where kind = {name} order by total, contributor limit 500
            """).ToListAsync(ct);
    }
}

/// <summary>What one person contributes to, of one kind, and what would help it most.</summary>
/// <param name="Errors">Values refused or repaired.</param>
public sealed record Contributed(ContributedRow Figures, IReadOnlyList<ContributedProblem> Fixes, long Errors);

/// <summary>The figures of one person.</summary>
/// <param name="Everyone">The score of all rows of this kind, to compare with.</param>
public sealed record ContributedRow(
    string Kind, long Rows, decimal Total, decimal Completeness, decimal Validity, decimal Freshness, DateTimeOffset ComputedAt, decimal? Everyone);

/// <param name="Cost">Hundredths of a point, over all the rows concerned.</param>
public sealed record ContributedProblem(string Kind, string Problem, long Rows, long Cost);

/// <summary>One person among the contributors.</summary>
public sealed record ContributorLine(string Contributor, long Rows, decimal Total, decimal Completeness, decimal Validity, decimal Freshness);
