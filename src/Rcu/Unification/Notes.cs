using System.Globalization;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Rcu.Cleaning;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Ingestion;
using Rcu.Ingestion.Reading;
using Rcu.Jobs;
using Rcu.Security;

namespace Rcu.Unification;

/// <summary>What a person writes down about an account or a contact: a note, a call, a meeting. It shows on their timeline at once.</summary>
public sealed class Notes(RcuDb db, NpgsqlDataSource database, IValidator<AddNote> validator, PipelineRuns pipeline, TimeProvider clock)
{
    /// <summary>The answer is the id of the interaction.</summary>
    public async Task<Result<Guid>> AddAsync(AccountScope scope, AddNote command, string by, CancellationToken ct)
    {
        if (validator.Refusal(command) is { } malformed)
        {
            return malformed;
        }

        var contact = command.ContactId is { } id ? await scope.Contacts(db).SingleOrDefaultAsync(c => c.Id == id, ct) : null;
        if (command.ContactId is not null && contact is null)
        {
            return UnificationErrors.ContactNotFound;
        }

        if ((command.AccountId ?? contact?.AccountId) is not { } accountId)
        {
            return UnificationErrors.NoAccount;
        }

        if (await scope.Accounts(db).Where(a => a.Id == accountId).Select(a => a.Name).SingleOrDefaultAsync(ct) is not { } name)
        {
            return UnificationErrors.AccountNotFound;
        }

        await using var commit = await db.Database.BeginTransactionAsync(ct);
        var typed = new TypedRecords(db, clock);
        var source = await typed.SourceAsync(ct);
        var record = new TypedRecord($"note:{Guid.CreateVersion7(clock.GetUtcNow()):N}", Values(command, accountId, by));
        await typed.WriteAsync(source, RecordKind.Interaction, $"Note sur « {contact?.Name ?? name} »", [record], by, ct);
        var noted = await CleanAsync(source, record, ct);
        db.Audit.Add(new AuditEntry { At = clock.GetUtcNow(), Who = by, Action = "note.added", Subject = $"{noted}" });
        await db.SaveChangesAsync(ct);
        await commit.CommitAsync(ct);
        await new FactProjection(database, clock).InteractionAsync(noted, ct);
        await pipeline.RequestAsync(by, ct);
        return noted;
    }

    private Dictionary<string, string> Values(AddNote command, Guid accountId, string by)
    {
        var values = new Dictionary<string, string>
        {
            ["kind"] = command.Kind.ToString().ToLowerInvariant(),
            ["text"] = SafeText.Of(command.Text, out _),
            ["at"] = (command.At ?? clock.GetUtcNow()).ToUniversalTime().ToString("O", CultureInfo.InvariantCulture),
            ["account_id"] = accountId.ToString(),
            ["author"] = by,
        };
        if (command.ContactId is { } contact)
        {
            values["contact_id"] = contact.ToString();
        }

        return values;
    }

    // Cleaning would come to it; whoever wrote the note is looking at the page.
    private async Task<Guid> CleanAsync(Source source, TypedRecord record, CancellationToken ct)
    {
        var clean = RecordCleaner.Clean(RecordKind.Interaction, record.Values.ToDictionary(v => v.Key, v => (string?)v.Value));
        var fields = System.Text.Json.JsonSerializer.SerializeToElement(clean.Fields);
        var id = await db.Records
            .Where(r => r.SourceId == source.Id && r.Kind == RecordKind.Interaction && r.ExternalKey == record.Key).Select(r => r.Id).SingleAsync(ct);
        await db.Database.ExecuteSqlAsync(
            $"update records set fields = {fields}, cleaned_at = clock_timestamp(), rules_version = {RecordCleaner.RulesVersion} where id = {id}", ct);
        return id;
    }
}

/// <summary>What happened, in the person's own words.</summary>
/// <param name="AccountId">Where it is filed; null for the employer of the contact.</param>
/// <param name="At">When it happened; null for now.</param>
public sealed record AddNote(Guid? AccountId, Guid? ContactId, NoteKind Kind, string Text, DateTimeOffset? At = null);

/// <summary>What a person may write down.</summary>
public enum NoteKind
{
    Note,
    Call,
    Meeting,
}

internal sealed class AddNoteValidator : AbstractValidator<AddNote>
{
    public AddNoteValidator(TimeProvider clock)
    {
        RuleFor(n => n.Kind).IsInEnum();
        RuleFor(n => n.Text).NotEmpty().MaximumLength(10_000);
        RuleFor(n => n.At).Must(at => at is null || at <= clock.GetUtcNow().AddYears(1));
    }
}
