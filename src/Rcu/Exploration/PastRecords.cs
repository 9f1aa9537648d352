using System.Collections.Frozen;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Rcu.Cleaning;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Ingestion;
using Rcu.Resolution;
using Rcu.Unification;
using Rcu.Unification.Beliefs;
using Rcu.Unification.Echoes;
using Rcu.Unification.Locks;

namespace Rcu.Exploration;

/// <summary>All that the records of one golden row ever said, when they were joined to it, and which locks held.</summary>
internal sealed class PastRecords(RcuDb db)
{
    private const int MostVersions = 2_000;

    private readonly Dictionary<Guid, IReadOnlyDictionary<string, string>> _cleaned = [];
    private List<Version> _versions = [];
    private ILookup<Guid, Stay> _stays = Array.Empty<Stay>().ToLookup(s => s.RecordId);
    private List<ValueLock> _locks = [];
    private List<BeliefVersion> _beliefs = [];
    private Dictionary<Guid, FeedReader> _readers = [];
    private Dictionary<Guid, IReadOnlyDictionary<string, FieldConflict>> _conflicts = [];
    private Dictionary<Guid, IReadOnlySet<string>> _echoes = [];
    private HashSet<Guid> _told = [];
    private ClusterKind _kind;
    private Guid _id;

    /// <summary>Whether the oldest versions are left out.</summary>
    public bool IsCut => _versions.Count == MostVersions;

    /// <summary>When something may have changed, in order.</summary>
    public IEnumerable<DateTimeOffset> Moments => _versions.Select(v => v.ReceivedAt)
        .Concat(_versions.Select(v => v.UndoneAt).OfType<DateTimeOffset>())
        .Concat(_stays.SelectMany(s => s).Select(s => s.LeftAt).OfType<DateTimeOffset>())
        .Concat(_beliefs.Select(b => b.SetAt)).Concat(_locks.Select(l => l.SetAt)).Concat(_locks.Select(l => l.EndedAt).OfType<DateTimeOffset>())
        .Distinct().Order();

    public async Task<PastRecords> LoadAsync(ClusterKind kind, Guid id, CancellationToken ct)
    {
        (_kind, _id) = (kind, id);
        _versions = await db.Database.SqlQuery<Version>(
            $"""
            with own as (
              select record_id from links where kind = {kind.ToString()} and cluster_id = {id}
              union select record_id from link_history where kind = {kind.ToString()} and cluster_id = {id})
            select v.id, r.id as "RecordId", r.kind, r.source_id as "SourceId", s.name as "Source", s.priority, r.external_key as "Key",
              v.feed_id as "FeedId", v.received_at as "ReceivedAt", u.undone_at as "UndoneAt", v.gone, v.payload::text as "Payload"
            from own o
            join records r on r.id = o.record_id
            join sources s on s.id = r.source_id
            join source_records v on v.source_id = r.source_id and v.kind = r.kind and v.external_key = r.external_key
            left join runs u on u.id = v.run_id
            order by v.id desc
            limit {MostVersions}
            """).ToListAsync(ct);
        var records = _versions.Select(v => v.RecordId).Distinct().ToArray();
        _stays = (await db.Database.SqlQuery<Stay>(
            $"""
            select record_id as "RecordId", cluster_id as "ClusterId", left_at as "LeftAt"
            from link_history where kind = {kind.ToString()} and record_id = any({records})
            union all select record_id, cluster_id, null from links where kind = {kind.ToString()} and record_id = any({records})
            """).ToListAsync(ct)).ToLookup(s => s.RecordId);
        var echoed = await db.Database.SqlQuery<Echoed>(
            $"select record_id as \"RecordId\", echoes as \"Fields\" from record_echoes where record_id = any({records})").ToListAsync(ct);
        _told = [.. echoed.Select(e => e.RecordId)];
        _echoes = echoed.ToDictionary(e => _versions.First(v => v.RecordId == e.RecordId).Id, e => EchoedFields.With(e.Fields));
        _locks = await db.Set<ValueLock>().AsNoTracking().Where(l => l.Kind == kind && records.Contains(l.AnchorRecordId)).ToListAsync(ct);
        _beliefs = await db.Set<BeliefVersion>().AsNoTracking().OrderBy(b => b.Version).ToListAsync(ct);
        var feeds = await db.Feeds.AsNoTracking().ToListAsync(ct);
        var used = _versions.Select(v => v.FeedId).ToHashSet();
        _readers = feeds.Where(f => used.Contains(f.Id)).ToDictionary(f => f.Id, f => FeedReader.Of(FormerRows.ReaderOf(f, feeds)));
        _conflicts = feeds.Where(f => used.Contains(f.Id)).ToDictionary(f => f.Id, f => (IReadOnlyDictionary<string, FieldConflict>)Conflicts(f));
        return this;
    }

    /// <summary>The value of each field at a moment, with its origin.</summary>
    public IReadOnlyDictionary<string, Origin> At(DateTimeOffset moment)
    {
        var records = _versions.GroupBy(v => v.RecordId)
            .Where(versions => ClusterAt(versions.Key, moment) == _id)
            .Select(versions => (List<Version>)[.. versions.Where(v => v.ReceivedAt <= moment && !(v.UndoneAt <= moment)).OrderByDescending(v => (v.ReceivedAt, v.Id)).TakeWhile(v => !v.Gone)])
            .Where(versions => versions.Count > 0)
            .Select(versions => _told.Contains(versions[0].RecordId)
                ? RecordOf(versions[0]) with { FieldDates = FieldDates.Of(versions.ConvertAll(RecordOf)) }
                : RecordOf(versions[0]))
            .Where(record => record.Fields.Count > 0)
            .OrderBy(record => record.Id)
            .ToList();
        var locks = _locks.Where(l => l.WasSet(moment) && !(l.ExpiresOn < DateOnly.FromDateTime(moment.UtcDateTime))).ToList();
        foreach (var held in locks)
        {
            held.Look(records.Find(r => r.Id == held.WatchedRecordId)?[held.Field], moment);
        }

        var policy = (_beliefs.LastOrDefault(b => b.SetAt <= moment)?.After ?? BeliefSet.Shipped).PolicyFor(_kind);
        var survivors = _kind is ClusterKind.Account ? AccountUnifier.Survivors(records, locks, policy) : ContactUnifier.Survivors(records, locks, policy);
        return survivors.ToDictionary(s => s.Key, s => Survivorship.OriginOf(s.Value));
    }

    // Where it stayed is known by when it left: the first place it had not left yet. Before its first, it was there already.
    private Guid? ClusterAt(Guid record, DateTimeOffset moment) =>
        _stays[record].Where(s => s.LeftAt is null || s.LeftAt > moment).OrderBy(s => s.LeftAt ?? DateTimeOffset.MaxValue).FirstOrDefault()?.ClusterId;

    private ClusterRecord RecordOf(Version version)
    {
        if (!_cleaned.TryGetValue(version.Id, out var fields))
        {
            using var payload = JsonDocument.Parse(version.Payload);
            fields = _cleaned[version.Id] = _readers.TryGetValue(version.FeedId, out var reader)
                ? reader.Clean(payload.RootElement).Fields
                : new Dictionary<string, string>();
        }

        return new ClusterRecord(
            _id, version.RecordId, version.SourceId, version.Source, version.Priority, version.Key,
            version.Kind == nameof(RecordKind.Contact) && _kind is ClusterKind.Account, version.ReceivedAt, fields)
        {
            Conflicts = _conflicts.GetValueOrDefault(version.FeedId),
            Echoes = _echoes.GetValueOrDefault(version.Id) ?? FrozenSet<string>.Empty,
        };
    }

    private static Dictionary<string, FieldConflict> Conflicts(Feed feed) => feed.Columns
        .Where(column => column.Conflict != FieldConflict.BySource)
        .GroupBy(column => column.Field).ToDictionary(group => group.Key, group => group.First().Conflict);

    private sealed record Version(
        Guid Id, Guid RecordId, string Kind, Guid SourceId, string Source, int Priority, string Key, Guid FeedId,
        DateTimeOffset ReceivedAt, DateTimeOffset? UndoneAt, bool Gone, string Payload);

    private sealed record Echoed(Guid RecordId, string[] Fields);

    private sealed record Stay(Guid RecordId, Guid ClusterId, DateTimeOffset? LeftAt);
}
