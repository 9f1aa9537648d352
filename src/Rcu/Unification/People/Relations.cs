using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Rcu.Data;
using Rcu.Jobs;
using Rcu.Resolution;
using Rcu.Security;

namespace Rcu.Unification.People;

/// <summary>What binds two people, as someone says it: who reports to whom, who knows or advises whom, within a company or across companies.</summary>
public sealed class Relations(RcuDb db, NpgsqlDataSource database, IValidator<SayRelation> validator, PipelineRuns pipeline, TimeProvider clock)
{
    // A line of command longer than this is no longer one.
    private const int Highest = 30;

    private readonly PeopleWriter _writer = new(db, database, pipeline, clock);

    public async Task<Result<TypedRelation>> SayAsync(AccountScope scope, SayRelation command, string by, CancellationToken ct)
    {
        if (await RefusalAsync(scope, command, null, ct) is { } refusal)
        {
            return refusal;
        }

        var said = Of(
            command, Guid.CreateVersion7(), 1, await _writer.AnchorAsync(ClusterKind.Contact, command.FromId, ct),
            await _writer.AnchorAsync(ClusterKind.Contact, command.ToId, ct), by);
        return await _writer.SaveAsync(null, said, "relation.said", by, [said.FromContactId, said.ToContactId], ct) is { } late ? late : said;
    }

    /// <summary>Says it otherwise. Whom it binds stays.</summary>
    /// <param name="version">The one that was read; null writes over any.</param>
    public async Task<Result<TypedRelation>> ChangeAsync(AccountScope scope, Guid id, SayRelation command, int? version, string by, CancellationToken ct)
    {
        if (await FindAsync(scope, id, ct) is not { } before)
        {
            return PeopleErrors.RelationNotFound;
        }

        command = command with { FromId = before.FromContactId, ToId = before.ToContactId };
        if ((version is { } seen && seen != before.Version ? UnificationErrors.Stale : await RefusalAsync(scope, command, before.FactId, ct)) is { } refusal)
        {
            return refusal;
        }

        var said = Of(command, before.FactId, before.Version + 1, before.FromRecordId, before.ToRecordId, by);
        return await _writer.SaveAsync(before, said, "relation.changed", by, [said.FromContactId, said.ToContactId], ct) is { } late ? late : said;
    }

    public async Task<Result<bool>> RemoveAsync(AccountScope scope, Guid id, int? version, string by, CancellationToken ct)
    {
        if (await FindAsync(scope, id, ct) is not { } before)
        {
            return PeopleErrors.RelationNotFound;
        }

        return await _writer.RemoveAsync(before, version, "relation.removed", by, [before.FromContactId, before.ToContactId], ct);
    }

    public Task<TypedRelation?> FindAsync(AccountScope scope, Guid id, CancellationToken ct) => db.Set<TypedRelation>()
        .Where(r => r.FactId == id && r.DroppedAt == null && scope.Contacts(db).Any(c => c.Id == r.FromContactId) && scope.Contacts(db).Any(c => c.Id == r.ToContactId))
        .FirstOrDefaultAsync(ct);

    private async Task<Error?> RefusalAsync(AccountScope scope, SayRelation command, Guid? itself, CancellationToken ct)
    {
        if (validator.Refusal(command) is { } malformed)
        {
            return malformed;
        }

        if (command.FromId == command.ToId)
        {
            return PeopleErrors.WithOneself;
        }

        if (await scope.Contacts(db).CountAsync(c => c.Id == command.FromId || c.Id == command.ToId, ct) < 2)
        {
            return UnificationErrors.ContactNotFound;
        }

        var known = await db.Set<TypedRelation>().AnyAsync(
            r => r.DroppedAt == null && r.FactId != itself && r.Kind == command.Kind && r.FromContactId == command.FromId && r.ToContactId == command.ToId
                && r.EndedOn == null && command.EndedOn == null,
            ct);
        return known ? PeopleErrors.RelationKnown
            : command is { Kind: RelationKinds.ReportsTo, EndedOn: null } && await IsAboveAsync(command.FromId, command.ToId, ct) ? PeopleErrors.Circle
            : null;
    }

    // Nobody reports to someone who reports to them.
    private async Task<bool> IsAboveAsync(Guid chief, Guid person, CancellationToken ct)
    {
        var above = await db.Database.SqlQuery<Guid>(
            $"""
            with recursive up (id, height) as (
              select {person}, 0
              union
              select r.to_contact_id, up.height + 1 from up
              join relations r on r.from_contact_id = up.id and r.kind = {RelationKinds.ReportsTo} and r.ended_on is null
              where up.height < {Highest})
            select distinct id as "Value" from up
            """).ToListAsync(ct);
        return above.Contains(chief);
    }

    private TypedRelation Of(SayRelation command, Guid fact, int version, Guid fromRecord, Guid toRecord, string by) => new()
    {
        FactId = fact,
        Version = version,
        FromRecordId = fromRecord,
        FromContactId = command.FromId,
        ToRecordId = toRecord,
        ToContactId = command.ToId,
        Kind = command.Kind,
        StartedOn = command.StartedOn,
        EndedOn = command.EndedOn,
        Remark = string.IsNullOrWhiteSpace(command.Remark) ? null : command.Remark.Trim(),
        SetBy = by,
        SetAt = clock.GetUtcNow(),
    };
}

/// <summary>What binds one person to another.</summary>
/// <param name="Kind">One of <see cref="RelationKinds"/>, read from the first to the second: who reports, to whom.</param>
public sealed record SayRelation(Guid FromId, Guid ToId, string Kind, DateOnly? StartedOn = null, DateOnly? EndedOn = null, string? Remark = null);

internal sealed class SayRelationValidator : AbstractValidator<SayRelation>
{
    public SayRelationValidator()
    {
        RuleFor(r => r.Kind).Must(RelationKinds.All.Contains);
        RuleFor(r => r.Remark).MaximumLength(500);
        RuleFor(r => r.EndedOn).GreaterThanOrEqualTo(r => r.StartedOn).When(r => r.StartedOn is not null && r.EndedOn is not null);
    }
}
