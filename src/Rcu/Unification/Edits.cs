using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Rcu.Cleaning;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Ingestion;
using Rcu.Ingestion.Reading;
using Rcu.Jobs;
using Rcu.Matching;
using Rcu.Resolution;
using Rcu.Security;

namespace Rcu.Unification;

/// <summary>
/// What a person corrects on a golden account or contact. Nothing is written there: each correction is a new version of a
/// record of « Saisie », which wins over every source, and the stages that follow an import are asked for.
/// </summary>
public sealed class Edits(RcuDb db, IValidator<EditValue> validator, PipelineRuns pipeline, TimeProvider clock)
{
    // Half an address from a person and half from a source is no address: the other half is confirmed along with the one typed.
    private static readonly IReadOnlyList<string>[] Together =
        [["street", "complement", "postal_code", "city", "country"], ["given_name", "family_name"]];

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
        var group = Together.FirstOrDefault(fields => fields.Contains(command.Field)) ?? [command.Field];
        var said = value.Length == 0 ? [] : Said(golden, group, command.Field, value);
        if (value.Length > 0 && Unreadable(recordKind, command.Field, said) is { } unreadable)
        {
            return unreadable;
        }

        await using var commit = await db.Database.BeginTransactionAsync(ct);
        var typed = new TypedRecords(db, clock);
        var source = await typed.SourceAsync(ct);
        var members = await MembersAsync(kind, recordKind, golden.Id, ct);
        var anchor = members.Where(m => m.SourceId != source.Id).Select(m => m.Id).DefaultIfEmpty().Min();
        var corrections = await CorrectionsAsync(kind, recordKind, source, golden.Id, members, ct);
        if (corrections.Count == 0)
        {
            corrections.Add((Saisie.KeyOf(recordKind, anchor), []));
        }

        // After a merge two records may speak of one row: the first keeps what is typed, none keeps what it replaces.
        var versions = corrections.Select((correction, i) => new TypedRecord(
            correction.Key,
            correction.Values.Where(v => !group.Contains(v.Key)).Concat(i == 0 ? said : []).ToDictionary(v => v.Key, v => v.Value))).ToList();
        var run = await typed.WriteAsync(source, recordKind, $"Saisie sur « {golden.Name} »", versions, by, ct);
        await TieAsync(kind, recordKind, source, versions[0].Key, anchor, by, ct);
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
        return run.Id;
    }

    private static Dictionary<string, string> Said(Golden golden, IReadOnlyList<string> group, string field, string value)
    {
        var said = group.Where(golden.Origins.ContainsKey).ToDictionary(f => f, f => golden.Origins[f].Value ?? "");
        said[field] = value;
        return said;
    }

    private static Error? Unreadable(RecordKind kind, string field, Dictionary<string, string> said)
    {
        var clean = RecordCleaner.Clean(kind, said.ToDictionary(v => v.Key, v => (string?)v.Value));
        var issue = clean.Issues.FirstOrDefault(i => i.Field == field && i.Severity is Cleaning.Severity.Error);
        return issue is not null ? UnificationErrors.Unreadable(issue.Message)
            : clean.Fields.ContainsKey(field) ? null
            : UnificationErrors.Unreadable($"« {said[field]} » ne se lit pas dans ce champ.");
    }

    private Task<List<Member>> MembersAsync(ClusterKind kind, RecordKind recordKind, Guid cluster, CancellationToken ct) =>
        db.Links.AsNoTracking().Where(l => l.Kind == kind && l.ClusterId == cluster)
            .Join(db.Records.Where(r => r.Kind == recordKind && r.RemovedAt == null), l => l.RecordId, r => r.Id, (_, r) => new Member(r.Id, r.SourceId))
            .ToListAsync(ct);

    // Those linked to the row already, and those that were typed on it since the last resolution; the newest first.
    private async Task<List<(string Key, Dictionary<string, string> Values)>> CorrectionsAsync(
        ClusterKind kind, RecordKind recordKind, Source source, Guid cluster, List<Member> members, CancellationToken ct)
    {
        var ids = members.Select(m => m.Id).ToList();
        var keys = ids.Select(id => Saisie.KeyOf(recordKind, id)).ToList();
        var found = await db.Records.AsNoTracking()
            .Where(r => r.SourceId == source.Id && r.Kind == recordKind && (ids.Contains(r.Id) || keys.Contains(r.ExternalKey)))
            .Where(r => !db.Links.Any(l => l.RecordId == r.Id && l.Kind == kind && l.ClusterId != cluster))
            .OrderByDescending(r => r.ChangedAt).ThenBy(r => r.Id)
            .Join(db.SourceRecords, r => r.SourceRecordId, s => s.Id, (r, s) => new { r.ExternalKey, r.RemovedAt, s.Payload })
            .ToListAsync(ct);
        return
        [
            .. found.Select(f => (f.ExternalKey, f.RemovedAt is null
                ? f.Payload.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.ToString())
                : [])),
        ];
    }

    // Whatever the sources say next, what was typed stays with the record it was typed about.
    private async Task TieAsync(ClusterKind kind, RecordKind recordKind, Source source, string key, Guid anchor, string by, CancellationToken ct)
    {
        var record = await db.Records.Where(r => r.SourceId == source.Id && r.Kind == recordKind && r.ExternalKey == key).Select(r => r.Id).SingleAsync(ct);
        var (left, right) = record.CompareTo(anchor) < 0 ? (record, anchor) : (anchor, record);
        var inForce = await db.Decisions
            .Where(d => d.Kind == kind && d.RevokedAt == null && (d.LeftRecordId == record || d.RightRecordId == record))
            .ToListAsync(ct);
        if (anchor == Guid.Empty || inForce.Exists(d => d.Verdict is Verdict.Same))
        {
            return;
        }

        foreach (var contrary in inForce.Where(d => d.LeftRecordId == left && d.RightRecordId == right))
        {
            contrary.Revoke(by, clock.GetUtcNow());
        }

        await db.SaveChangesAsync(ct);
        db.Decisions.Add(new StewardDecision
        {
            Kind = kind,
            LeftRecordId = left,
            RightRecordId = right,
            Verdict = Verdict.Same,
            Reason = "Saisie",
            DecidedBy = by,
            DecidedAt = clock.GetUtcNow(),
        });
    }

    private sealed record Golden(Guid Id, string Name, int Version, IReadOnlyDictionary<string, Origin> Origins);

    private sealed record Member(Guid Id, Guid SourceId);
}

/// <summary>A value put right by hand.</summary>
/// <param name="Field">The canonical field: <c>phone</c>, <c>job_title</c>…</param>
/// <param name="Value">As typed; empty takes back what was typed before, and the sources speak again.</param>
/// <param name="Version">The version of the golden row the person was looking at.</param>
public sealed record EditValue(string Field, string? Value, int? Version = null);

internal sealed class EditValueValidator : AbstractValidator<EditValue>
{
    public EditValueValidator()
    {
        RuleFor(e => e.Field).NotEmpty().MaximumLength(50);
        RuleFor(e => e.Value).MaximumLength(500).Must(value => value is null || !value.Any(char.IsControl));
    }
}
