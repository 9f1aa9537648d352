using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Jobs;
using Rcu.Resolution;
using Rcu.Security;

namespace Rcu.Unification.People;

/// <summary>The parts people play, as someone says them: at an account, whether they work there or not, for all of it or for one product or sale.</summary>
public sealed class Roles(RcuDb db, NpgsqlDataSource database, IValidator<SayRole> validator, PipelineRuns pipeline, TimeProvider clock)
{
    private readonly PeopleWriter _writer = new(db, database, pipeline, clock);

    public async Task<Result<TypedRole>> SayAsync(AccountScope scope, SayRole command, string by, CancellationToken ct)
    {
        if (await RefusalAsync(scope, command, null, ct) is { } refusal)
        {
            return refusal;
        }

        var said = Of(
            command, Guid.CreateVersion7(), 1, await _writer.AnchorAsync(ClusterKind.Contact, command.ContactId, ct),
            await _writer.AnchorAsync(ClusterKind.Account, command.AccountId, ct), by);
        return await _writer.SaveAsync(null, said, "role.said", by, [said.ContactId], ct) is { } late ? late : said;
    }

    /// <summary>Says it otherwise. Who plays it, and where, stays.</summary>
    /// <param name="version">The one that was read; null writes over any.</param>
    public async Task<Result<TypedRole>> ChangeAsync(AccountScope scope, Guid id, SayRole command, int? version, string by, CancellationToken ct)
    {
        var found = await FindAsync(scope, id, ct);
        if (!found.Succeeded)
        {
            return found.Error;
        }

        var before = found.Value;
        if (version is { } seen && seen != before.Version)
        {
            return UnificationErrors.Stale;
        }

        command = command with { ContactId = before.ContactId, AccountId = before.AccountId };
        if (await RefusalAsync(scope, command, before.FactId, ct) is { } refusal)
        {
            return refusal;
        }

        var said = Of(command, before.FactId, before.Version + 1, before.ContactRecordId, before.AccountRecordId, by);
        return await _writer.SaveAsync(before, said, "role.changed", by, [said.ContactId], ct) is { } late ? late : said;
    }

    /// <summary>What the sources let deduce, if anything, holds again.</summary>
    public async Task<Result<bool>> RemoveAsync(AccountScope scope, Guid id, int? version, string by, CancellationToken ct)
    {
        var found = await FindAsync(scope, id, ct);
        return found.Succeeded ? await _writer.RemoveAsync(found.Value, version, "role.removed", by, [found.Value.ContactId], ct) : found.Error;
    }

    /// <summary>One that someone said; those that were deduced are refused.</summary>
    public async Task<Result<TypedRole>> FindAsync(AccountScope scope, Guid id, CancellationToken ct)
    {
        var found = await db.Set<TypedRole>().Where(r => r.FactId == id && r.DroppedAt == null)
            .Where(r => scope.Accounts(db).Any(a => a.Id == r.AccountId)).FirstOrDefaultAsync(ct);
        return found is not null ? found
            : await scope.Roles(db).AnyAsync(r => r.Id == id, ct) ? PeopleErrors.RoleDeduced : PeopleErrors.RoleNotFound;
    }

    private async Task<Error?> RefusalAsync(AccountScope scope, SayRole command, Guid? itself, CancellationToken ct)
    {
        if (validator.Refusal(command) is { } malformed)
        {
            return malformed;
        }

        if (!await scope.Contacts(db).AnyAsync(c => c.Id == command.ContactId, ct))
        {
            return UnificationErrors.ContactNotFound;
        }

        if (!await scope.Accounts(db).AnyAsync(a => a.Id == command.AccountId, ct))
        {
            return UnificationErrors.AccountNotFound;
        }

        if ((command.ProductId is { } product && !await db.Products.AnyAsync(p => p.Id == product, ct))
            || (command.OpportunityId is { } sale && !await scope.Opportunities(db).AnyAsync(o => o.AccountId == command.AccountId && o.Id == sale, ct)))
        {
            return PeopleErrors.SubjectNotFound;
        }

        return await db.Set<TypedRole>().AnyAsync(
            r => r.ContactId == command.ContactId && r.AccountId == command.AccountId && r.Function == command.Function && r.DroppedAt == null && r.FactId != itself
                && r.ProductId == command.ProductId && r.OpportunityId == command.OpportunityId && r.EndedOn == null && command.EndedOn == null,
            ct) ? PeopleErrors.RoleKnown : null;
    }

    private TypedRole Of(SayRole command, Guid fact, int version, Guid contactRecord, Guid accountRecord, string by) => new()
    {
        FactId = fact,
        Version = version,
        ContactRecordId = contactRecord,
        ContactId = command.ContactId,
        AccountRecordId = accountRecord,
        AccountId = command.AccountId,
        Function = command.Function,
        JobTitle = string.IsNullOrWhiteSpace(command.JobTitle) ? null : command.JobTitle.Trim(),
        ProductId = command.ProductId,
        OpportunityId = command.OpportunityId,
        StartedOn = command.StartedOn,
        EndedOn = command.EndedOn,
        Remark = string.IsNullOrWhiteSpace(command.Remark) ? null : command.Remark.Trim(),
        SetBy = by,
        SetAt = clock.GetUtcNow(),
    };
}

/// <summary>A part a person plays.</summary>
/// <param name="ProductId">For this product only.</param>
/// <param name="OpportunityId">For this sale of the account only.</param>
/// <param name="Remark">How it is known.</param>
public sealed record SayRole(
    Guid ContactId, Guid AccountId, RoleFunction Function, string? JobTitle = null, Guid? ProductId = null, Guid? OpportunityId = null,
    DateOnly? StartedOn = null, DateOnly? EndedOn = null, string? Remark = null);

internal sealed class SayRoleValidator : AbstractValidator<SayRole>
{
    public SayRoleValidator()
    {
        RuleFor(r => r.Function).IsInEnum();
        RuleFor(r => r.JobTitle).MaximumLength(200);
        RuleFor(r => r.Remark).MaximumLength(500);
        RuleFor(r => r.EndedOn).GreaterThanOrEqualTo(r => r.StartedOn).When(r => r.StartedOn is not null && r.EndedOn is not null);
        RuleFor(r => r.OpportunityId).Null().When(r => r.ProductId is not null);
        RuleFor(r => r.ProductId).Null().When(r => r.Function is RoleFunction.Employee);
        RuleFor(r => r.OpportunityId).Null().When(r => r.Function is RoleFunction.Employee);
    }
}
