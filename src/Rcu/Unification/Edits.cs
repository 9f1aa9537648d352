using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Rcu.Cleaning;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Ingestion;
using Rcu.Ingestion.Reading;
using Rcu.Jobs;
using Rcu.Resolution;
using Rcu.Security;
using Rcu.Unification.Locks;

namespace Rcu.Unification;

/// <summary>
/// What a person corrects on a golden account or contact. Nothing is written there: each correction is a new version of a
/// record of « Saisie », which wins over every source, and the stages that follow an import are asked for.
/// </summary>
public sealed class Edits(RcuDb db, IValidator<EditValue> validator, PipelineRuns pipeline, TimeProvider clock)
{
    /// <summary>The answer is the run to undo, should it be a mistake.</summary>
    public async Task<Result<Guid>> SetAccountValueAsync(AccountScope scope, Guid accountId, EditValue command, string by, CancellationToken ct)
    {
        var golden = await scope.Accounts(db).Where(a => a.Id == accountId)
            .Select(a => new Golden(a.Id, a.Name, a.Version, a.Origins)).SingleOrDefaultAsync(ct);
        return golden is null ? UnificationErrors.AccountNotFound : await SetAsync(ClusterKind.Account, golden, command, by, ct);
    }

    /// <summary>The answer is the run to undo, should it be a mistake.</summary>
    public async Task<Result<Guid>> SetContactValueAsync(AccountScope scope, Guid contactId, EditValue command, string by, CancellationToken ct)
    {
        var golden = await scope.Contacts(db).Where(c => c.Id == contactId)
            .Select(c => new Golden(c.Id, c.Name, c.Version, c.Origins)).SingleOrDefaultAsync(ct);
        return golden is null ? UnificationErrors.ContactNotFound : await SetAsync(ClusterKind.Contact, golden, command, by, ct);
    }

    /// <summary>What a field of an account says now, who typed it if somebody did, and the version to write over.</summary>
    public async Task<Result<EditedValue>> CurrentAccountValueAsync(AccountScope scope, Guid accountId, string field, CancellationToken ct)
    {
        if (!Saisie.AccountFields.Contains(field))
        {
            return UnificationErrors.UnknownField(field);
        }

        var golden = await scope.Accounts(db).Where(a => a.Id == accountId)
            .Select(a => new Golden(a.Id, a.Name, a.Version, a.Origins)).SingleOrDefaultAsync(ct);
        return golden is null ? UnificationErrors.AccountNotFound : await CurrentAsync(ClusterKind.Account, golden, field, ct);
    }

    /// <summary>What a field of a person says now, who typed it if somebody did, and the version to write over.</summary>
    public async Task<Result<EditedValue>> CurrentContactValueAsync(AccountScope scope, Guid contactId, string field, CancellationToken ct)
    {
        if (!Saisie.ContactFields.Contains(field))
        {
            return UnificationErrors.UnknownField(field);
        }

        var golden = await scope.Contacts(db).Where(c => c.Id == contactId)
            .Select(c => new Golden(c.Id, c.Name, c.Version, c.Origins)).SingleOrDefaultAsync(ct);
        return golden is null ? UnificationErrors.ContactNotFound : await CurrentAsync(ClusterKind.Contact, golden, field, ct);
    }

    private async Task<EditedValue> CurrentAsync(ClusterKind kind, Golden golden, string field, CancellationToken ct) => new(
        golden.Id, golden.Name, field, golden.Version, golden.Origins.GetValueOrDefault(field), await new TypedValues(db).LastAsync(kind, golden.Id, field, ct));

    private async Task<Result<Guid>> SetAsync(ClusterKind kind, Golden golden, EditValue command, string by, CancellationToken ct)
    {
        if (validator.Refusal(command) is { } malformed)
        {
            return malformed;
        }

        var recordKind = kind is ClusterKind.Account ? RecordKind.Account : RecordKind.Contact;
        if (!(kind is ClusterKind.Account ? Saisie.AccountFields : Saisie.ContactFields).Contains(command.Field))
        {
            return UnificationErrors.UnknownField(command.Field);
        }

        if (command.Version is { } seen && seen != golden.Version)
        {
            return UnificationErrors.Stale;
        }

        var value = SafeText.Of(command.Value?.Trim() ?? "", out _);
        if (command.Seen is { } looked && await CurrentAsync(kind, golden, command.Field, ct) is var current
            && (current.Value ?? "") != looked && (current.Value ?? "") != value)
        {
            return UnificationErrors.Overtaken(current.Value ?? "", current.Typed?.By ?? current.Origin?.Source ?? "");
        }

        if (value.Length > 0 && (await ValueLocks.OfAsync(db, kind, golden.Id, ct)).GetValueOrDefault(command.Field) is { MovedTo: null } held)
        {
            return UnificationErrors.Locked(held.SetBy, held.Reason);
        }

        var values = new Dictionary<string, string> { [command.Field] = value };
        var said = CorrectionWriter.Said(golden.Origins, values);
        if (value.Length > 0 && Unreadable(recordKind, command.Field, said) is { } unreadable)
        {
            return unreadable;
        }

        await using var commit = await db.Database.BeginTransactionAsync(ct);
        var run = await new CorrectionWriter(db, clock).WriteAsync(
            kind, [new Correction(golden.Id, golden.Name, values)], $"Saisie sur « {golden.Name} »", by, ct);
        db.Audit.Add(new AuditEntry
        {
            At = clock.GetUtcNow(),
            Who = by,
            Action = $"{recordKind.ToString().ToLowerInvariant()}.edited",
            Subject = golden.Id.ToString(),
            Details = new Dictionary<string, string> { ["field"] = command.Field },
        });
        await db.SaveChangesAsync(ct);
        await commit.CommitAsync(ct);
        await pipeline.RequestAsync(by, ct);
        return run;
    }

    internal static Error? Unreadable(RecordKind kind, string field, IReadOnlyDictionary<string, string> said)
    {
        var clean = RecordCleaner.Clean(kind, said.ToDictionary(v => v.Key, v => (string?)v.Value));
        var issue = clean.Issues.FirstOrDefault(i => i.Field == field && i.Severity is Cleaning.Severity.Error);
        return issue is not null ? UnificationErrors.Unreadable(issue.Message)
            : clean.Fields.ContainsKey(field) ? null
            : UnificationErrors.Unreadable($"« {said[field]} » ne se lit pas dans ce champ.");
    }

    private sealed record Golden(Guid Id, string Name, int Version, IReadOnlyDictionary<string, Origin> Origins);
}

/// <summary>A value put right by hand.</summary>
/// <param name="Field">The canonical field: <c>phone</c>, <c>job_title</c>…</param>
/// <param name="Value">As typed; empty takes back what was typed before, and the sources speak again.</param>
/// <param name="Version">The version of the golden row the person was looking at.</param>
/// <param name="Seen">The value the person was looking at: another that came meanwhile is not written over.</param>
public sealed record EditValue(string Field, string? Value, int? Version = null, string? Seen = null);

internal sealed class EditValueValidator : AbstractValidator<EditValue>
{
    public EditValueValidator()
    {
        RuleFor(e => e.Field).NotEmpty().MaximumLength(50);
        RuleFor(e => e.Value).MaximumLength(500).Must(value => value is null || !value.Any(char.IsControl));
    }
}
