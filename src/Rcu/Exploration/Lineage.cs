using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Matching;
using Rcu.Resolution;
using Rcu.Security;
using Rcu.Unification.Locks;

namespace Rcu.Exploration;

/// <summary>Where the values of a golden account or contact come from: every field, every record that speaks of it, and why it belongs here.</summary>
public sealed class Lineage(RcuDb db)
{
    private const int Shown = 60;

    // As a reader looks for them: who, then what, then where; the others follow by name.
    private static readonly string[] Order =
    [
        "name", "usual_name", "legal_name", "brand", "civility", "given_name", "family_name", "job_title", "job_department", "job_level", "siren", "vat",
        "legal_form", "legal_category", "naf", "naf2025", "type", "headcount", "headcount_band", "email", "phone", "mobile", "website", "domain", "street",
        "complement", "postal_code", "city",
    ];

    /// <summary>Where a reader looks for a field.</summary>
    internal static int PlaceOf(string field) => Array.IndexOf(Order, field) is >= 0 and var place ? place : Order.Length;

    public async Task<LineageSheet> OfAccountAsync(AccountScope scope, Guid id, CancellationToken ct)
    {
        var origins = await scope.Accounts(db).Where(a => a.Id == id).Select(a => a.Origins).FirstOrDefaultAsync(ct);
        return new LineageSheet(ClusterKind.Account, id, Fields(origins), await RecordsAsync(ClusterKind.Account, id, ct))
        {
            Locks = await ValueLocks.OfAsync(db, ClusterKind.Account, id, ct),
            Withdrawn = origins is null ? [] : await WithdrawnAsync(ClusterKind.Account, id, ct),
        };
    }

    public async Task<LineageSheet> OfContactAsync(AccountScope scope, Guid id, CancellationToken ct)
    {
        var origins = await scope.Contacts(db).Where(c => c.Id == id).Select(c => c.Origins).FirstOrDefaultAsync(ct);
        return new LineageSheet(ClusterKind.Contact, id, Fields(origins), await RecordsAsync(ClusterKind.Contact, id, ct))
        {
            Locks = await ValueLocks.OfAsync(db, ClusterKind.Contact, id, ct),
            Withdrawn = origins is null ? [] : await WithdrawnAsync(ClusterKind.Contact, id, ct),
        };
    }

    private static IReadOnlyList<LineageField> Fields(IReadOnlyDictionary<string, Origin>? origins) =>
    [
        .. (origins ?? new Dictionary<string, Origin>()).Where(o => !CustomField.IsReserved(o.Key))
            .OrderBy(o => PlaceOf(o.Key)).ThenBy(o => o.Key, StringComparer.Ordinal)
            .Select(o => new LineageField(o.Key, o.Value)),
    ];

    // The last place of a record before its source withdrew it, be that place retired to this one since.
    private async Task<IReadOnlyList<WithdrawnRecord>> WithdrawnAsync(ClusterKind kind, Guid id, CancellationToken ct) => await db.Database.SqlQuery<WithdrawnRecord>(
        $"""
        select r.id, r.kind, s.label as "SourceLabel", r.external_key as "ExternalKey", r.gone_at as "GoneAt", said.payload = jsonb_build_object() as "IsAbsent"
        from (
          select distinct h.record_id from link_history h
          where h.kind = {kind.ToString()} and h.cluster_id in (
            select {id} union select retired_id from redirects where kind = {kind.ToString()} and survivor_id = {id})) once
        join records r on r.id = once.record_id and r.gone_at is not null
        join sources s on s.id = r.source_id
        join source_records said on said.id = r.source_record_id
        where coalesce((
          select coalesce(d.survivor_id, last.cluster_id)
          from link_history last left join redirects d on d.retired_id = last.cluster_id
          where last.record_id = r.id and last.kind = {kind.ToString()} order by last.left_at desc limit 1) = {id}, false)
        order by r.gone_at desc, r.id
        limit {Shown}
        """).ToListAsync(ct);

    private async Task<IReadOnlyList<LineageRecord>> RecordsAsync(ClusterKind kind, Guid id, CancellationToken ct)
    {
        var rows = from link in db.Links.AsNoTracking()
                   where link.Kind == kind && link.ClusterId == id
                   join record in db.Records on link.RecordId equals record.Id
                   where record.RemovedAt == null
                   join source in db.Sources on record.SourceId equals source.Id
                   join received in db.SourceRecords on record.SourceRecordId equals received.Id into versions
                   from version in versions.DefaultIfEmpty()
                   orderby source.Priority, record.Kind, record.Id
                   select new LineageRecord(
                       record.Id, record.Kind, source.Name, source.Label, record.ExternalKey, (DateTimeOffset?)version.ReceivedAt,
                       (long?)version.Line, (JsonElement?)version.Payload, record.Fields, link.Rule, link.Probability, link.Sentence, link.Evidence);
        var records = await rows.Take(Shown).ToListAsync(ct);
        var ids = records.Select(r => r.Id).ToArray();
        var issues = await db.Issues.AsNoTracking().Where(i => ids.Contains(i.RecordId))
            .OrderBy(i => i.Field).ThenBy(i => i.Code)
            .Select(i => new LineageIssue(i.RecordId, i.Field, i.Code, i.Value, i.Severity == Cleaning.Severity.Error, i.Message))
            .ToListAsync(ct);
        var byRecord = issues.ToLookup(i => i.RecordId);
        return [.. records.Select(r => r with { Issues = [.. byRecord[r.Id]] })];
    }
}

/// <summary>The fields with their winners and losers, and the records they come from.</summary>
public sealed record LineageSheet(ClusterKind Kind, Guid Id, IReadOnlyList<LineageField> Fields, IReadOnlyList<LineageRecord> Records)
{
    /// <summary>What stewards decided of single fields, by field.</summary>
    public IReadOnlyDictionary<string, ValueLock> Locks { get; init; } = new Dictionary<string, ValueLock>();

    /// <summary>Records that counted here and that their source withdrew, the latest first.</summary>
    public IReadOnlyList<WithdrawnRecord> Withdrawn { get; init; } = [];

    /// <summary>Whether a record may be parted from the others: it is one of several that say who this is.</summary>
    public bool MayPart(LineageRecord record) => IsOfKind(record) && Records.Count(IsOfKind) > 1;

    /// <summary>Fields on which sources say different things.</summary>
    public int Disagreements => Fields.Count(f => f.IsDisputed);

    private bool IsOfKind(LineageRecord record) => record.Kind == (Kind is ClusterKind.Account ? RecordKind.Account : RecordKind.Contact);
}

/// <summary>One golden value and what it was preferred to.</summary>
public sealed record LineageField(string Name, Origin Origin)
{
    public bool IsDisputed => Origin.Lost.Any(l => l.Value != Origin.Value && !l.IsEcho);
}

/// <summary>A record of a source: what it says, as received and once cleaned, and why it belongs here.</summary>
public sealed record LineageRecord(
    Guid Id, RecordKind Kind, string Source, string SourceLabel, string ExternalKey, DateTimeOffset? ReceivedAt, long? Line, JsonElement? Payload,
    IReadOnlyDictionary<string, string> Cleaned, string Rule, double Probability, string Sentence, IReadOnlyList<Evidence> Evidence)
{
    public IReadOnlyList<LineageIssue> Issues { get; init; } = [];
}

/// <summary>A record that its source withdrew: its evidence stays, and counts for nothing.</summary>
/// <param name="IsAbsent">The source did not say so: its whole state did not hold it.</param>
public sealed record WithdrawnRecord(Guid Id, string Kind, string SourceLabel, string ExternalKey, DateTimeOffset GoneAt, bool IsAbsent);

/// <summary>What cleaning had to say of a value.</summary>
public sealed record LineageIssue(Guid RecordId, string Field, string Code, string? Value, bool IsError, string Message);
