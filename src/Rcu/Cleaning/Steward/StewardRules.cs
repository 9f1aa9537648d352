using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Jobs;
using Rcu.Security;

namespace Rcu.Cleaning.Steward;

/// <summary>What a steward does with rules: write, change, switch off and on, delete. Every version is kept, with who set it and when.</summary>
public sealed class StewardRules(RcuDb db, IValidator<SaveRule> validator, PipelineRuns pipeline, TimeProvider clock)
{
    /// <summary>The rules that are not deleted, with how many records do not meet each today.</summary>
    public async Task<IReadOnlyList<RuleLine>> ListAsync(CancellationToken ct)
    {
        var rules = await RuleSet.InForce(db.Set<StewardRule>()).AsNoTracking().Where(r => r.State != RuleState.Deleted).OrderBy(r => r.Number).ToListAsync(ct);
        var codes = rules.Select(r => r.Code).ToList();
        var found = await db.Issues.Where(i => codes.Contains(i.Code) && db.Records.Any(r => r.Id == i.RecordId && r.RemovedAt == null)).GroupBy(i => i.Code).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var looked = await db.Set<RuleLook>().AsNoTracking().ToDictionaryAsync(l => l.Number, l => l.Version, ct);
        return [.. rules.Select(r => new RuleLine(r, found.GetValueOrDefault(r.Code), looked.GetValueOrDefault(r.Number) == r.Version))];
    }

    /// <summary>The versions of a rule, the one in force first.</summary>
    public async Task<Result<IReadOnlyList<StewardRule>>> FindAsync(int number, CancellationToken ct)
    {
        var versions = await db.Set<StewardRule>().AsNoTracking().Where(r => r.Number == number).OrderByDescending(r => r.Version).ToListAsync(ct);
        return versions.Count == 0 || versions[0].State is RuleState.Deleted ? RuleErrors.NotFound : (Result<IReadOnlyList<StewardRule>>)versions;
    }

    public async Task<Result<StewardRule>> CreateAsync(SaveRule command, string by, CancellationToken ct)
    {
        if (Refusal(command) is { } refusal)
        {
            return refusal;
        }

        var last = await db.Set<StewardRule>().MaxAsync(r => (int?)r.Number, ct) ?? 0;
        return await WriteAsync(Version(command, last + 1, 1, RuleState.On, by), "rule.created", by, ct);
    }

    /// <summary>A new version, unless it says what the last one says.</summary>
    public async Task<Result<StewardRule>> ChangeAsync(int number, SaveRule command, string by, CancellationToken ct)
    {
        if (Refusal(command) is { } refusal)
        {
            return refusal;
        }

        var found = await FindAsync(number, ct);
        if (!found.Succeeded)
        {
            return found.Error;
        }

        var last = found.Value[0];
        return command.Version is { } seen && seen != last.Version ? RuleErrors.Changed
            : await WriteAsync(Version(command, number, last.Version + 1, last.State, by), "rule.changed", by, ct);
    }

    /// <summary>Switches a rule off, on again, or for good.</summary>
    public async Task<Result<StewardRule>> SetStateAsync(int number, RuleState state, string by, CancellationToken ct)
    {
        var found = await FindAsync(number, ct);
        if (!found.Succeeded)
        {
            return found.Error;
        }

        var last = found.Value[0];
        if (last.State == state)
        {
            return last;
        }

        var said = new SaveRule(last.Name, last.Kind, last.Claim, last.Effect, last.Message, last.Condition);
        return await WriteAsync(Version(said, number, last.Version + 1, state, by), $"rule.{state.ToString().ToLowerInvariant()}", by, ct);
    }

    /// <summary>Why a rule would be refused; null when it would be taken.</summary>
    internal Error? Refusal(SaveRule command)
    {
        if (validator.Refusal(command) is { } malformed)
        {
            return malformed;
        }

        var fields = RuleFields.For(command.Kind);
        var named = new[] { command.Claim.Field, command.Claim.Other, command.Condition?.Field, command.Condition?.Other };
        if (named.FirstOrDefault(field => !string.IsNullOrEmpty(field) && !fields.Contains(field)) is { } unknown)
        {
            return RuleErrors.UnknownField(unknown);
        }

        CompiledRule.Read(Version(command, 0, 0, RuleState.On, ""), default, out var refusal);
        return refusal;
    }

    internal StewardRule Version(SaveRule command, int number, int version, RuleState state, string by) => new()
    {
        Number = number,
        Version = version,
        Name = command.Name.Trim(),
        Kind = command.Kind,
        Condition = command.Condition,
        Claim = command.Claim,
        Effect = command.Effect,
        Message = command.Message.Trim(),
        State = state,
        SetBy = by,
        SetAt = clock.GetUtcNow(),
    };

    private async Task<Result<StewardRule>> WriteAsync(StewardRule rule, string action, string by, CancellationToken ct)
    {
        db.Add(rule);
        db.Audit.Add(new AuditEntry
        {
            At = rule.SetAt,
            Who = by,
            Action = action,
            Subject = $"{rule.Number} {rule.Version}",
            Details = new Dictionary<string, string> { ["name"] = rule.Name },
        });
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return RuleErrors.Changed;
        }

        await pipeline.RequestAsync(by, ct);
        return rule;
    }
}

/// <summary>A rule as a steward writes it.</summary>
/// <param name="Version">The version that was looked at; null not to mind.</param>
public sealed record SaveRule(
    string Name, RecordKind Kind, RuleClause Claim, RuleEffect Effect, string Message, RuleClause? Condition = null, int? Version = null);

/// <summary>A rule in a list.</summary>
/// <param name="Found">How many records do not meet it.</param>
/// <param name="IsCounted">Whether the records that were there before it have been looked at.</param>
public sealed record RuleLine(StewardRule Rule, int Found, bool IsCounted);

internal sealed class SaveRuleValidator : AbstractValidator<SaveRule>
{
    public SaveRuleValidator()
    {
        RuleFor(r => r.Name).NotEmpty().MaximumLength(100);
        RuleFor(r => r.Kind).IsInEnum();
        RuleFor(r => r.Effect).IsInEnum();
        RuleFor(r => r.Message).NotEmpty().MaximumLength(500);
        RuleFor(r => r.Claim).NotNull().SetValidator(new RuleClauseValidator());
        RuleFor(r => r.Condition!).SetValidator(new RuleClauseValidator()).When(r => r.Condition is not null);
    }
}

internal sealed class RuleClauseValidator : AbstractValidator<RuleClause>
{
    public RuleClauseValidator()
    {
        RuleFor(c => c.Field).NotEmpty().MaximumLength(50);
        RuleFor(c => c.Test).IsInEnum();
        RuleFor(c => c.Value).MaximumLength(20_000);
        RuleFor(c => c.Value).MaximumLength(500).When(c => c.Test is RuleTest.Matches or RuleTest.DoesNotMatch);
        RuleFor(c => c.High).MaximumLength(50);
        RuleFor(c => c.Other).MaximumLength(50);
    }
}
