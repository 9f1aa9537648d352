using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Jobs;
using Rcu.Security;

namespace Rcu.Insight.Computed;

/// <summary>What people do with computed attributes: define, try, change, delete. Every version is kept, with who set it and when.</summary>
public sealed class ComputedAttributes(RcuDb db, NpgsqlDataSource database, IValidator<SaveComputed> validator, PipelineRuns pipeline, TimeProvider clock)
{
    private const int Samples = 10;

    /// <summary>Those in force, with how their last computation went.</summary>
    public async Task<IReadOnlyList<ComputedLine>> ListAsync(CancellationToken ct)
    {
        var runs = await db.Set<ComputedRun>().AsNoTracking().ToDictionaryAsync(r => r.Number, ct);
        return [.. (await InForce(db).OrderBy(a => a.Number).ToListAsync(ct)).Select(a => new ComputedLine(a, runs.GetValueOrDefault(a.Number)))];
    }

    /// <summary>The versions of one, that in force first.</summary>
    public async Task<Result<IReadOnlyList<ComputedAttribute>>> FindAsync(int number, CancellationToken ct)
    {
        var versions = await db.Set<ComputedAttribute>().AsNoTracking().Where(a => a.Number == number).OrderByDescending(a => a.Version).ToListAsync(ct);
        return versions.Count == 0 || versions[0].State is ComputedState.Deleted ? ComputedErrors.NotFound : (Result<IReadOnlyList<ComputedAttribute>>)versions;
    }

    public async Task<Result<ComputedAttribute>> CreateAsync(SaveComputed command, string by, CancellationToken ct)
    {
        var compiled = Compile(command);
        if (!compiled.Succeeded)
        {
            return compiled.Error;
        }

        var last = await db.Set<ComputedAttribute>().MaxAsync(a => (int?)a.Number, ct) ?? 0;
        return await WriteAsync(Of(command, compiled.Value, last + 1, 1, by), "computed.created", ct);
    }

    public async Task<Result<ComputedAttribute>> ChangeAsync(int number, SaveComputed command, string by, CancellationToken ct)
    {
        var compiled = Compile(command);
        if (!compiled.Succeeded)
        {
            return compiled.Error;
        }

        var found = await FindAsync(number, ct);
        return !found.Succeeded ? found.Error
            : command.Version is { } seen && seen != found.Value[0].Version ? ComputedErrors.Changed
            : await WriteAsync(Of(command, compiled.Value, number, found.Value[0].Version + 1, by), "computed.changed", ct);
    }

    public async Task<Result<ComputedAttribute>> DeleteAsync(int number, string by, CancellationToken ct)
    {
        var found = await FindAsync(number, ct);
        if (!found.Succeeded)
        {
            return found.Error;
        }

        var last = found.Value[0];
        return await WriteAsync(
            new ComputedAttribute
            {
                Number = number,
                Version = last.Version + 1,
                Name = last.Name,
                Label = last.Label,
                Purpose = last.Purpose,
                Formula = last.Formula,
                State = ComputedState.Deleted,
                SetBy = by,
                SetAt = clock.GetUtcNow(),
            },
            "computed.deleted", ct);
    }

    /// <summary>What a formula gives today on all accounts, establishments or contacts: nothing is kept of it.</summary>
    public async Task<Result<ComputedPreview>> TryAsync(SaveComputed command, CancellationToken ct)
    {
        var compiled = Compile(command);
        if (!compiled.Succeeded)
        {
            return compiled.Error;
        }

        await using var due = InsightDue.Nothing(await database.OpenConnectionAsync(ct), clock.GetUtcNow());
        try
        {
            await due.ExecuteAsync("set local statement_timeout = '10s'", ct);
            await ComputedValues.PrepareAsync(due, command.Formula.Level, whole: true, ct);
            return await ReadAsync(due, compiled.Value, ct);
        }
        catch (PostgresException late) when (late.SqlState == PostgresErrorCodes.QueryCanceled && !ct.IsCancellationRequested)
        {
            return ComputedErrors.TooSlow;
        }
    }

    /// <summary>The values kept of one account or contact, in the order of their numbers.</summary>
    public async Task<IReadOnlyList<ComputedFigure>> OfAsync(SubjectKind kind, Guid id, CancellationToken ct) => [.. (await OfAsync(kind, [id], ct))[id]];

    /// <summary>The values kept of a few of them, in the order of their numbers.</summary>
    public async Task<ILookup<Guid, ComputedFigure>> OfAsync(SubjectKind kind, IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        var values = await db.Set<ComputedValue>().AsNoTracking().Where(v => v.Kind == kind && ids.Contains(v.SubjectId)).ToListAsync(ct);
        var lines = values.Count == 0 ? [] : await ListAsync(ct);
        return (from line in lines
                where line.Attribute.Kind == kind
                from value in values
                where value.Name == line.Attribute.Name
                select new ComputedFigure(line.Attribute, value)).ToLookup(figure => figure.Value.SubjectId);
    }

    internal static IQueryable<ComputedAttribute> InForce(RcuDb db) => db.Set<ComputedAttribute>().AsNoTracking().Where(a =>
        a.State == ComputedState.On && !db.Set<ComputedAttribute>().Any(later => later.Number == a.Number && later.Version > a.Version));

    private static async Task<ComputedPreview> ReadAsync(InsightDue due, CompiledFormula formula, CancellationToken ct)
    {
        var of = formula.Formula.Level switch
        {
            ComputedLevel.Contact => "(select id, name, null::uuid as account_id from contacts)",
            ComputedLevel.Establishment =>
                """
                (select e.id, concat_ws(' · ', a.name, nullif(e.name, a.name), e.address_street, e.address_city, e.siret) as name, e.account_id
                 from establishments e join accounts a on a.id = e.account_id)
                """,
            _ => "(select id, name, null::uuid as account_id from accounts)",
        };
        await using var command = due.Command(
            $"""
            with fresh as materialized (
            {formula.Sql}
            ), filled as (
              select f.*, g.name, g.account_id from fresh f join {of} g on g.id = f.subject_id where coalesce(f.number::text, f.day::text, f.text) is not null)
            select (select count(*) from {of} g)::int, (select count(*) from filled)::int, (select min(number) from filled),
              (select percentile_disc(0.5) within group (order by number) from filled), (select max(number) from filled),
              s.subject_id, s.name, s.number, s.day, s.text, s.account_id,
              coalesce((select sum(facts) from fresh), 0)::bigint, ({formula.Total})
            from (select 1) one left join lateral (
              select * from filled order by number desc nulls last, day desc nulls last, text, subject_id limit {Samples}) s on true
            """,
            formula.Values);
        await using var row = await command.ExecuteReaderAsync(ct);
        var preview = new ComputedPreview(0, 0, null, null, null, formula.Holds, [], null);
        List<ComputedSample> samples = [];
        while (await row.ReadAsync(ct))
        {
            decimal? At(int column) => row.IsDBNull(column) ? null : row.GetDecimal(column);
            preview = new ComputedPreview(row.GetInt32(0), row.GetInt32(1), At(2), At(3), At(4), formula.Holds, samples,
                formula.Formula.Level is ComputedLevel.Establishment ? new ComputedCoverage(row.GetInt64(11), row.GetInt64(12)) : null);
            if (!row.IsDBNull(5))
            {
                samples.Add(new ComputedSample(
                    row.GetGuid(5), row.GetString(6), At(7), row.IsDBNull(8) ? null : row.GetFieldValue<DateOnly>(8), row.IsDBNull(9) ? null : row.GetString(9),
                    row.IsDBNull(10) ? null : row.GetGuid(10)));
            }
        }

        return preview;
    }

    private Result<CompiledFormula> Compile(SaveComputed command) => validator.Refusal(command) is { } malformed
        ? malformed
        : CompiledFormula.Compile(command.Formula, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime));

    private ComputedAttribute Of(SaveComputed command, CompiledFormula compiled, int number, int version, string by) => new()
    {
        Number = number,
        Version = version,
        Name = ComputedAttribute.NameOf(number, command.Formula, compiled.Holds),
        Label = command.Label.Trim(),
        Purpose = command.Purpose.Trim(),
        Formula = command.Formula,
        State = ComputedState.On,
        SetBy = by,
        SetAt = clock.GetUtcNow(),
    };

    private async Task<Result<ComputedAttribute>> WriteAsync(ComputedAttribute attribute, string action, CancellationToken ct)
    {
        db.Add(attribute);
        db.Audit.Add(new AuditEntry
        {
            At = attribute.SetAt,
            Who = attribute.SetBy,
            Action = action,
            Subject = $"{attribute.Number} {attribute.Version}",
            Details = new Dictionary<string, string> { ["label"] = attribute.Label },
        });
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return ComputedErrors.Changed;
        }

        await pipeline.RequestAsync(attribute.SetBy, ct);
        return attribute;
    }
}

/// <summary>A computed attribute as a person defines it.</summary>
/// <param name="Version">The version that was looked at; null not to mind.</param>
public sealed record SaveComputed(string Label, string Purpose, Formula Formula, int? Version = null);

/// <summary>An attribute in a list.</summary>
/// <param name="Run">Null until it was computed once.</param>
public sealed record ComputedLine(ComputedAttribute Attribute, ComputedRun? Run);

/// <summary>The value one account, establishment or contact has of an attribute.</summary>
public sealed record ComputedFigure(ComputedAttribute Attribute, ComputedValue Value);

internal sealed class SaveComputedValidator : AbstractValidator<SaveComputed>
{
    public SaveComputedValidator()
    {
        RuleFor(c => c.Label).NotEmpty().MaximumLength(100);
        RuleFor(c => c.Purpose).NotEmpty().MaximumLength(300);
        RuleFor(c => c.Formula).NotNull();
        RuleFor(c => c.Formula).ChildRules(formula =>
        {
            formula.RuleFor(f => f.Level).IsInEnum();
            formula.RuleFor(f => f.Measure).IsInEnum();
            formula.RuleFor(f => f.Over).NotEmpty();
            formula.RuleFor(f => f.Days).InclusiveBetween(1, 36_500);
            formula.RuleFor(f => f.Kept.Count).LessThanOrEqualTo(20);
            formula.RuleFor(f => f.Upper.Count).LessThanOrEqualTo(20);
            formula.RuleForEach(f => f.Kept).ChildRules(Filter);
            formula.RuleForEach(f => f.Upper).ChildRules(Filter);
        }).When(c => c.Formula is not null);
    }

    private static void Filter(InlineValidator<FactFilter> filter)
    {
        filter.RuleFor(f => f.Field).NotEmpty();
        filter.RuleFor(f => f.Test).IsInEnum();
        filter.RuleFor(f => f.Value).NotEmpty().MaximumLength(5_000);
    }
}
