using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Data;

namespace Rcu.Exploration;

/// <summary>The quality of what is known, by source, by field and over time: read from the figures of each day, never from the rows.</summary>
public sealed class QualityBoards(RcuDb db)
{
    private const int Days = 180;
    private const int MonthDays = 30;

    /// <param name="source">Only what this source says; empty for what all of them make together.</param>
    /// <returns>Null while nothing was ever judged.</returns>
    public async Task<QualityBoard?> ReadAsync(RecordKind kind, string source, CancellationToken ct)
    {
        var name = kind.ToString();
        var last = await db.Database.SqlQuery<DateOnly?>($"""select max(day) as "Value" from score_days where kind = {name} and source = ''""").SingleAsync(ct);
        if (last is not { } day)
        {
            return null;
        }

        var sources = await db.Database.SqlQuery<QualityDay>(
            $"""
            select d.day as "Day", d.source as "Source", coalesce(s.label, d.source) as "Label", d.rows as "Rows", d.total as "Total",
              d.completeness as "Completeness", d.validity as "Validity", d.freshness as "Freshness", d.coherence as "Coherence",
              d.uniqueness as "Uniqueness", d.computed_at as "ComputedAt"
            from score_days d left join sources s on s.name = d.source
            where d.kind = {name} and d.day = {day}
            order by coalesce(s.priority, -1), d.source
            """).ToListAsync(ct);
        var first = day.AddDays(-Days);
        var trend = await db.Database.SqlQuery<QualityPoint>(
            $"""
            select day as "Day", total as "Total" from score_days
            where kind = {name} and source = {source} and day >= {first} order by day
            """).ToListAsync(ct);
        var before = trend.LastOrDefault(point => point.Day <= day.AddDays(-MonthDays))?.Day ?? trend.FirstOrDefault(point => point.Day < day)?.Day;
        var problems = await db.Database.SqlQuery<QualityProblem>(
            $"""
            select p.problem as "Problem", p.rows as "Rows", past.rows as "Before"
            from score_problems p
            left join score_problems past on past.kind = p.kind and past.source = p.source and past.problem = p.problem and past.day = {before}
            where p.kind = {name} and p.source = {source} and p.day = {day}
            order by p.rows desc, p.problem
            """).ToListAsync(ct);
        var fields = await db.Database.SqlQuery<string>(
            $"""select field as "Value" from score_fields where kind = {name} and points > 0 order by place""").ToListAsync(ct);
        return new QualityBoard(kind, source, sources, trend, before, problems, fields);
    }
}

/// <summary>The figures of one kind of row, over one source or all of them.</summary>
/// <param name="Before">The day the problems are compared with; null when there is none yet.</param>
/// <param name="Fields">Those that count, in the order a reader looks for them.</param>
public sealed record QualityBoard(
    RecordKind Kind, string Source, IReadOnlyList<QualityDay> Sources, IReadOnlyList<QualityPoint> Trend, DateOnly? Before,
    IReadOnlyList<QualityProblem> Problems, IReadOnlyList<string> Fields)
{
    /// <summary>What is shown first; null when the source says nothing of this kind.</summary>
    public QualityDay? Whole => Sources.FirstOrDefault(s => s.Source == Source);

    public long Rows(string problem) => Problems.FirstOrDefault(p => p.Problem == problem)?.Rows ?? 0;
}

/// <summary>What was known on a day, of one source or of all.</summary>
public sealed record QualityDay(
    DateOnly Day, string Source, string Label, long Rows, decimal Total, decimal Completeness, decimal Validity, decimal Freshness, decimal Coherence,
    decimal Uniqueness, DateTimeOffset ComputedAt)
{
    /// <summary>In the order of their weight.</summary>
    public IReadOnlyList<decimal> Parts => [Completeness, Validity, Freshness, Coherence, Uniqueness];
}

/// <summary>The score of one day.</summary>
public sealed record QualityPoint(DateOnly Day, decimal Total);

/// <summary>How many rows one thing costs points.</summary>
public sealed record QualityProblem(string Problem, long Rows, long? Before);
