using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Ingestion;
using Rcu.Matching;
using Rcu.Resolution;

namespace Rcu.Unification;

/// <summary>
/// Makes corrections of golden rows evidence, one or thousands alike: each is a new version of a record of « Saisie » that keeps
/// what was typed on the row before, all of them one run. The caller holds the transaction, and asks for the stages that follow.
/// </summary>
internal sealed class CorrectionWriter(RcuDb db, TimeProvider clock)
{
    // Half an address from a person and half from a source is no address: the other half is confirmed along with the one typed.
    private static readonly IReadOnlyList<string>[] Together =
        [["street", "complement", "postal_code", "city", "country"], ["given_name", "family_name"]];

    /// <summary>What the last writing put in the place of what.</summary>
    public IReadOnlyList<TypedChange> Changes { get; private set; } = [];

    /// <returns>The run to undo, should it be a mistake.</returns>
    public async Task<Guid> WriteAsync(ClusterKind kind, IReadOnlyList<Correction> corrections, string label, string by, CancellationToken ct)
    {
        var recordKind = kind is ClusterKind.Account ? RecordKind.Account : RecordKind.Contact;
        var typed = new TypedRecords(db, clock);
        var source = await typed.SourceAsync(ct);
        corrections = await AnsweringAsync(corrections, ct);
        var ids = corrections.SelectMany(c => new[] { c.GoldenId, c.JoinedId ?? c.GoldenId }).Distinct().ToList();
        var origins = await OriginsAsync(kind, ids, ct);
        var members = (await db.Links.AsNoTracking().Where(l => l.Kind == kind && ids.Contains(l.ClusterId))
            .Join(db.Records.Where(r => r.Kind == recordKind && r.RemovedAt == null), l => l.RecordId, r => r.Id, (l, r) => new Member(l.ClusterId, r.Id, r.SourceId))
            .ToListAsync(ct)).ToLookup(m => m.GoldenId);
        var former = await FormerAsync(kind, recordKind, source, members, ct);
        var (versions, ties) = (new List<TypedRecord>(), new List<(string Key, Guid Anchor)>());
        var changes = new List<TypedChange>();
        foreach (var correction in corrections)
        {
            var group = GroupOf(correction.Values);
            var said = Said(origins.GetValueOrDefault(correction.GoldenId) ?? new Dictionary<string, Origin>(), correction.Values);
            var anchor = members[correction.GoldenId].Where(m => m.SourceId != source.Id).Select(m => m.RecordId).DefaultIfEmpty().Min();
            var kept = former[correction.GoldenId].Concat(correction.JoinedId is { } joined ? former[joined] : []).DistinctBy(f => f.Key).ToList();
            if (kept.Count == 0)
            {
                kept.Add(new Former(correction.GoldenId, Saisie.KeyOf(recordKind, anchor), []));
            }

            // After a merge two records may speak of one row: the first keeps what is typed, none keeps what it replaces.
            versions.AddRange(kept.Select((one, i) => new TypedRecord(
                one.Key, one.Values.Where(v => !group.Contains(v.Key)).Concat(i == 0 ? said : []).ToDictionary(v => v.Key, v => v.Value))));
            changes.AddRange(kept.Zip(versions.Skip(versions.Count - kept.Count), (one, version) => new TypedChange(one.Key, one.Values, version.Values)));
            ties.Add((kept[0].Key, anchor));
        }

        var run = await typed.WriteAsync(source, recordKind, label, versions, by, ct);
        await TieAsync(kind, recordKind, source, ties, by, ct);
        Changes = changes;
        return run.Id;
    }

    /// <summary>What a person says when they type some values: those, and what goes with them; nothing when they take them back.</summary>
    public static Dictionary<string, string> Said(IReadOnlyDictionary<string, Origin> known, IReadOnlyDictionary<string, string> values)
    {
        if (values.Values.All(value => value.Length == 0))
        {
            return [];
        }

        var said = GroupOf(values).Where(known.ContainsKey).ToDictionary(field => field, field => known[field].Value ?? "");
        foreach (var (field, value) in values)
        {
            said[field] = value;
        }

        return said;
    }

    // A row whose records have just joined another's is corrected there.
    private async Task<IReadOnlyList<Correction>> AnsweringAsync(IReadOnlyList<Correction> corrections, CancellationToken ct)
    {
        var ids = corrections.Select(c => c.GoldenId).ToList();
        var survivors = await db.Set<Redirect>().Where(r => ids.Contains(r.RetiredId)).ToDictionaryAsync(r => r.RetiredId, r => r.SurvivorId, ct);
        return survivors.Count == 0 ? corrections : [.. corrections.Select(c => c with { GoldenId = survivors.GetValueOrDefault(c.GoldenId, c.GoldenId) })];
    }

    private static HashSet<string> GroupOf(IReadOnlyDictionary<string, string> values) =>
        values.Keys.SelectMany(field => Together.FirstOrDefault(fields => fields.Contains(field)) ?? [field]).ToHashSet();

    private async Task<Dictionary<Guid, IReadOnlyDictionary<string, Origin>>> OriginsAsync(ClusterKind kind, List<Guid> ids, CancellationToken ct) =>
        kind is ClusterKind.Account
            ? await db.Accounts.AsNoTracking().Where(a => ids.Contains(a.Id)).Select(a => new { a.Id, a.Origins }).ToDictionaryAsync(a => a.Id, a => a.Origins, ct)
            : await db.Contacts.AsNoTracking().Where(c => ids.Contains(c.Id)).Select(c => new { c.Id, c.Origins }).ToDictionaryAsync(c => c.Id, c => c.Origins, ct);

    // Those linked to a row already, and those that were typed on it since the last resolution; the newest first.
    private async Task<ILookup<Guid, Former>> FormerAsync(
        ClusterKind kind, RecordKind recordKind, Source source, ILookup<Guid, Member> members, CancellationToken ct)
    {
        var ofRecord = members.SelectMany(row => row).ToDictionary(m => m.RecordId, m => m.GoldenId);
        var ofKey = ofRecord.ToDictionary(m => Saisie.KeyOf(recordKind, m.Key), m => m.Value);
        var (ids, keys) = (ofRecord.Keys.ToList(), ofKey.Keys.ToList());
        var found = await db.Records.AsNoTracking()
            .Where(r => r.SourceId == source.Id && r.Kind == recordKind && (ids.Contains(r.Id) || keys.Contains(r.ExternalKey)))
            .OrderByDescending(r => r.ChangedAt).ThenBy(r => r.Id)
            .Join(db.SourceRecords, r => r.SourceRecordId, s => s.Id, (r, s) => new
            {
                r.Id,
                r.ExternalKey,
                r.RemovedAt,
                s.Payload,
                Linked = db.Links.Where(l => l.RecordId == r.Id && l.Kind == kind).Select(l => (Guid?)l.ClusterId).FirstOrDefault(),
            })
            .ToListAsync(ct);
        return found
            .Select(f => (Found: f, Golden: ofRecord.TryGetValue(f.Id, out var own) ? own : ofKey[f.ExternalKey]))
            .Where(f => f.Found.Linked is null || f.Found.Linked == f.Golden)
            .Select(f => new Former(
                f.Golden, f.Found.ExternalKey, f.Found.RemovedAt is null ? f.Found.Payload.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.ToString()) : []))
            .ToLookup(f => f.GoldenId);
    }

    // Whatever the sources say next, what was typed stays with the record it was typed about.
    private async Task TieAsync(ClusterKind kind, RecordKind recordKind, Source source, List<(string Key, Guid Anchor)> ties, string by, CancellationToken ct)
    {
        var keys = ties.Select(t => t.Key).ToList();
        var records = await db.Records.Where(r => r.SourceId == source.Id && r.Kind == recordKind && keys.Contains(r.ExternalKey))
            .ToDictionaryAsync(r => r.ExternalKey, r => r.Id, ct);
        var ids = records.Values.ToList();
        var inForce = (await db.Decisions
            .Where(d => d.Kind == kind && d.RevokedAt == null && (ids.Contains(d.LeftRecordId) || ids.Contains(d.RightRecordId)))
            .ToListAsync(ct))
            .SelectMany(d => new[] { (Record: d.LeftRecordId, Decision: d), (Record: d.RightRecordId, Decision: d) }).ToLookup(d => d.Record, d => d.Decision);
        var now = clock.GetUtcNow();
        var tied = new List<StewardDecision>();
        foreach (var (key, anchor) in ties)
        {
            var record = records[key];
            var (left, right) = record.CompareTo(anchor) < 0 ? (record, anchor) : (anchor, record);
            if (anchor == Guid.Empty || inForce[record].Any(d => d.Verdict is Verdict.Same))
            {
                continue;
            }

            foreach (var contrary in inForce[record].Where(d => d.LeftRecordId == left && d.RightRecordId == right))
            {
                contrary.Revoke(by, now);
            }

            tied.Add(new StewardDecision
            {
                Kind = kind,
                LeftRecordId = left,
                RightRecordId = right,
                Verdict = Verdict.Same,
                Reason = "Saisie",
                DecidedBy = by,
                DecidedAt = now,
            });
        }

        await db.SaveChangesAsync(ct); // the contrary ones go first: one decision is in force on a pair
        db.Decisions.AddRange(tied);
        await db.SaveChangesAsync(ct);
    }

    private sealed record Member(Guid GoldenId, Guid RecordId, Guid SourceId);

    private sealed record Former(Guid GoldenId, string Key, Dictionary<string, string> Values);
}

/// <summary>What a person typed on one golden row; a value left empty takes back what was typed before.</summary>
/// <param name="JoinedId">Another golden row that is being joined to it: what was typed there gives way too.</param>
internal sealed record Correction(Guid GoldenId, string Name, IReadOnlyDictionary<string, string> Values, Guid? JoinedId = null);

/// <summary>What is typed under one key of « Saisie », before and after.</summary>
internal sealed record TypedChange(string Key, IReadOnlyDictionary<string, string> Before, IReadOnlyDictionary<string, string> After);
