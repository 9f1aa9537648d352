using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Jobs;
using Rcu.Resolution;
using Rcu.Security;

namespace Rcu.Unification.Locks;

/// <summary>
/// Steward's word on one field of a golden row: a value kept whatever the sources say next, or a source believed here. It has a
/// reason, may have a last day, and may give way when the source it overrules says something new.
/// </summary>
public sealed class ValueLocks(RcuDb db, IValidator<LockValue> validator, PipelineRuns pipeline, TimeProvider clock)
{
    public async Task<Result<ValueLock>> SetAsync(AccountScope scope, ClusterKind kind, Guid id, LockValue command, string by, CancellationToken ct)
    {
        if (validator.Refusal(command) is { } malformed)
        {
            return malformed;
        }

        if (await GoldenAsync(scope, kind, id, ct) is not { } golden)
        {
            return kind is ClusterKind.Account ? UnificationErrors.AccountNotFound : UnificationErrors.ContactNotFound;
        }

        if (command.Version is { } seen && seen != golden.Version)
        {
            return UnificationErrors.Stale;
        }

        var now = clock.GetUtcNow();
        if (command.Until < DateOnly.FromDateTime(now.UtcDateTime))
        {
            return UnificationErrors.LockOver;
        }

        if (!golden.Origins.TryGetValue(command.Field, out var origin))
        {
            return UnificationErrors.NothingToLock(command.Field);
        }

        LosingValue[] said = [new(origin.Value, origin.Source, origin.RecordId, origin.At), .. origin.Lost];
        var chosen = command.Source is { } source
            ? Array.Find(said, s => s.Source == source)
            : Array.Find(said, s => s.Value == (command.Value ?? origin.Value));
        if (chosen is null)
        {
            return UnificationErrors.NotSaid(command.Source ?? command.Value ?? "");
        }

        var members = await MembersAsync(kind, id, ct);
        if (members.Count == 0)
        {
            return UnificationErrors.NothingToLock(command.Field);
        }

        var overruled = chosen.Value == origin.Value ? chosen : said[0];
        var held = new ValueLock
        {
            Kind = kind,
            AnchorRecordId = members.Contains(chosen.RecordId) ? chosen.RecordId : members[0],
            Field = command.Field,
            Kept = command.Source is null ? await KeptAsync(kind, command.Field, chosen, ct) : new Dictionary<string, string>(),
            Source = command.Source,
            Reason = command.Reason.Trim(),
            ExpiresOn = command.Until,
            WatchedRecordId = command.UntilMoved ? overruled.RecordId : null,
            WatchedValue = command.UntilMoved ? overruled.Value : null,
            SetBy = by,
            SetAt = now,
        };
        foreach (var before in await InForceAsync(kind, id, command.Field, ct))
        {
            before.End("replaced", by, now);
        }

        db.Add(held);
        await SaveAsync(kind, id, "locked", command.Field, by, ct);
        return held;
    }

    /// <summary>The general rules choose again.</summary>
    public async Task<Result<bool>> LiftAsync(AccountScope scope, ClusterKind kind, Guid id, string field, string by, CancellationToken ct)
    {
        if (await GoldenAsync(scope, kind, id, ct) is null)
        {
            return kind is ClusterKind.Account ? UnificationErrors.AccountNotFound : UnificationErrors.ContactNotFound;
        }

        var held = await InForceAsync(kind, id, field, ct);
        if (held.Count == 0)
        {
            return UnificationErrors.NotLocked(field);
        }

        foreach (var one in held)
        {
            one.End("lifted", by, clock.GetUtcNow());
        }

        await SaveAsync(kind, id, "unlocked", field, by, ct);
        return true;
    }

    /// <summary>Those of a golden row that nobody lifted, by field.</summary>
    internal static async Task<Dictionary<string, ValueLock>> OfAsync(RcuDb db, ClusterKind kind, Guid id, CancellationToken ct) =>
        (await db.Set<ValueLock>().AsNoTracking()
            .Where(l => l.Kind == kind && l.EndedAt == null && db.Links.Any(link => link.Kind == kind && link.ClusterId == id && link.RecordId == l.AnchorRecordId))
            .OrderBy(l => l.SetAt).ThenBy(l => l.Id).ToListAsync(ct))
        .GroupBy(l => l.Field).ToDictionary(l => l.Key, l => l.Last());

    private async Task<Golden?> GoldenAsync(AccountScope scope, ClusterKind kind, Guid id, CancellationToken ct) => kind is ClusterKind.Account
        ? await scope.Accounts(db).Where(a => a.Id == id).Select(a => new Golden(a.Version, a.Origins)).SingleOrDefaultAsync(ct)
        : await scope.Contacts(db).Where(c => c.Id == id).Select(c => new Golden(c.Version, c.Origins)).SingleOrDefaultAsync(ct);

    private async Task<List<Guid>> MembersAsync(ClusterKind kind, Guid id, CancellationToken ct)
    {
        var recordKind = kind is ClusterKind.Account ? RecordKind.Account : RecordKind.Contact;
        return await db.Links.Where(l => l.Kind == kind && l.ClusterId == id)
            .Join(db.Records.Where(r => r.Kind == recordKind && r.RemovedAt == null), l => l.RecordId, r => r.Id, (_, r) => r.Id)
            .OrderBy(r => r).ToListAsync(ct);
    }

    // Half an address is not kept: the other half goes with it.
    private async Task<IReadOnlyDictionary<string, string>> KeptAsync(ClusterKind kind, string field, LosingValue chosen, CancellationToken ct)
    {
        var policy = kind is ClusterKind.Account ? SurvivorshipPolicy.Accounts : SurvivorshipPolicy.Contacts;
        if (policy.GroupOf(field) is { } group
            && await db.Records.Where(r => r.Id == chosen.RecordId).Select(r => r.Fields).FirstOrDefaultAsync(ct) is { } said
            && said.GetValueOrDefault(field) == chosen.Value)
        {
            return group.Fields.Where(said.ContainsKey).ToDictionary(f => f, f => said[f]);
        }

        return new Dictionary<string, string> { [field] = chosen.Value! };
    }

    private Task<List<ValueLock>> InForceAsync(ClusterKind kind, Guid id, string field, CancellationToken ct) => db.Set<ValueLock>()
        .Where(l => l.Kind == kind && l.Field == field && l.EndedAt == null
            && db.Links.Any(link => link.Kind == kind && link.ClusterId == id && link.RecordId == l.AnchorRecordId))
        .ToListAsync(ct);

    private async Task SaveAsync(ClusterKind kind, Guid id, string act, string field, string by, CancellationToken ct)
    {
        await using var commit = await db.Database.BeginTransactionAsync(ct);
        db.Audit.Add(new AuditEntry
        {
            At = clock.GetUtcNow(),
            Who = by,
            Action = $"{kind.ToString().ToLowerInvariant()}.{act}",
            Subject = id.ToString(),
            Details = new Dictionary<string, string> { ["field"] = field },
        });
        await db.SaveChangesAsync(ct);
        await db.Database.ExecuteSqlAsync(
            $"insert into stale_clusters (kind, cluster_id) values ({kind.ToString()}, {id}) on conflict do nothing", ct);
        await commit.CommitAsync(ct);
        await pipeline.RequestAsync(by, ct);
    }

    private sealed record Golden(int Version, IReadOnlyDictionary<string, Origin> Origins);
}

/// <summary>A value to keep on a golden row, or a source to believe there.</summary>
/// <param name="Field">The canonical field: <c>phone</c>, <c>job_title</c>… One of a group takes the others along.</param>
/// <param name="Value">One that a source says; null for the one kept now, or when a source is given.</param>
/// <param name="Source">The name of the source to believe instead.</param>
/// <param name="Reason">Why, for those who come after.</param>
/// <param name="Until">Its last day; null for none.</param>
/// <param name="UntilMoved">Whether it gives way when the source it overrules says something new.</param>
/// <param name="Version">The version of the golden row the person was looking at.</param>
public sealed record LockValue(string Field, string? Value, string? Source, string Reason, DateOnly? Until = null, bool UntilMoved = false, int? Version = null);

internal sealed class LockValueValidator : AbstractValidator<LockValue>
{
    public LockValueValidator()
    {
        RuleFor(l => l.Field).NotEmpty().MaximumLength(50);
        RuleFor(l => l.Reason).NotEmpty().MaximumLength(500);
        RuleFor(l => l.Value).MaximumLength(500).Empty().When(l => l.Source is not null);
    }
}
