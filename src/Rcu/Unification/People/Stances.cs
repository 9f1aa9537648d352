using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Jobs;
using Rcu.Resolution;
using Rcu.Security;

namespace Rcu.Unification.People;

/// <summary>How people stand towards us, as someone saw or was told it, each time with its day: the newest one holds, the others are its history.</summary>
public sealed class Stances(RcuDb db, NpgsqlDataSource database, IValidator<SayStance> validator, PipelineRuns pipeline, TimeProvider clock)
{
    private readonly PeopleWriter _writer = new(db, database, pipeline, clock);

    public async Task<Result<TypedStance>> SayAsync(AccountScope scope, SayStance command, string by, CancellationToken ct)
    {
        if (await RefusalAsync(scope, command, ct) is { } refusal)
        {
            return refusal;
        }

        var said = Of(
            command, Guid.CreateVersion7(), 1, await _writer.AnchorAsync(ClusterKind.Contact, command.ContactId, ct),
            await _writer.AnchorAsync(ClusterKind.Account, command.AccountId, ct), by);
        return await _writer.SaveAsync(null, said, "stance.said", by, [said.ContactId], ct) is { } late ? late : said;
    }

    /// <summary>Puts one right that was said wrongly; a stance that changed is another one.</summary>
    /// <param name="version">The one that was read; null writes over any.</param>
    public async Task<Result<TypedStance>> ChangeAsync(AccountScope scope, Guid id, SayStance command, int? version, string by, CancellationToken ct)
    {
        if (await FindAsync(scope, id, ct) is not { } before)
        {
            return PeopleErrors.StanceNotFound;
        }

        command = command with { ContactId = before.ContactId, AccountId = before.AccountId };
        if ((version is { } seen && seen != before.Version ? UnificationErrors.Stale : await RefusalAsync(scope, command, ct)) is { } refusal)
        {
            return refusal;
        }

        var said = Of(command, before.FactId, before.Version + 1, before.ContactRecordId, before.AccountRecordId, by);
        return await _writer.SaveAsync(before, said, "stance.changed", by, [said.ContactId], ct) is { } late ? late : said;
    }

    public async Task<Result<bool>> RemoveAsync(AccountScope scope, Guid id, int? version, string by, CancellationToken ct)
    {
        if (await FindAsync(scope, id, ct) is not { } before)
        {
            return PeopleErrors.StanceNotFound;
        }

        return await _writer.RemoveAsync(before, version, "stance.removed", by, [before.ContactId], ct);
    }

    public Task<TypedStance?> FindAsync(AccountScope scope, Guid id, CancellationToken ct) =>
        db.Set<TypedStance>().Where(s => s.FactId == id && s.DroppedAt == null && scope.Accounts(db).Any(a => a.Id == s.AccountId)).FirstOrDefaultAsync(ct);

    private async Task<Error?> RefusalAsync(AccountScope scope, SayStance command, CancellationToken ct)
    {
        if (validator.Refusal(command) is { } malformed)
        {
            return malformed;
        }

        // One day ahead is still today somewhere.
        if (command.SeenOn > DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(1))
        {
            return PeopleErrors.Later;
        }

        if (!await scope.Contacts(db).AnyAsync(c => c.Id == command.ContactId, ct))
        {
            return UnificationErrors.ContactNotFound;
        }

        if (command.ProductId is { } product && !await db.Products.AnyAsync(p => p.Id == product, ct))
        {
            return PeopleErrors.SubjectNotFound;
        }

        return await scope.Roles(db).AnyAsync(r => r.ContactId == command.ContactId && r.AccountId == command.AccountId, ct) ? null : PeopleErrors.NoPart;
    }

    private TypedStance Of(SayStance command, Guid fact, int version, Guid contactRecord, Guid accountRecord, string by) => new()
    {
        FactId = fact,
        Version = version,
        ContactRecordId = contactRecord,
        ContactId = command.ContactId,
        AccountRecordId = accountRecord,
        AccountId = command.AccountId,
        ProductId = command.ProductId,
        Stance = command.Stance,
        SeenOn = command.SeenOn ?? DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime),
        ToldBy = string.IsNullOrWhiteSpace(command.ToldBy) ? by : command.ToldBy.Trim(),
        SetBy = by,
        SetAt = clock.GetUtcNow(),
    };
}

/// <summary>How a person stands towards us at an account, or towards one product there.</summary>
/// <param name="SeenOn">The day it was so; null for today.</param>
/// <param name="ToldBy">How it is known; null for whoever says it.</param>
public sealed record SayStance(Guid ContactId, Guid AccountId, Stance Stance, DateOnly? SeenOn = null, string? ToldBy = null, Guid? ProductId = null);

internal sealed class SayStanceValidator : AbstractValidator<SayStance>
{
    public SayStanceValidator()
    {
        RuleFor(s => s.Stance).IsInEnum();
        RuleFor(s => s.ToldBy).MaximumLength(200);
    }
}
