using System.Text.Json;
using Npgsql;
using Rcu.Ingestion;
using Rcu.Resolution;
using Rcu.Unification.Echoes;

namespace Rcu.Unification;

/// <summary>Reads what a batch of stale clusters is made of.</summary>
internal sealed class ClusterReader(NpgsqlConnection connection)
{
    private readonly FieldDates _dates = new(connection);
    private Dictionary<Guid, IReadOnlyDictionary<string, FieldConflict>>? _conflicts;

    /// <summary>Takes the next stale clusters, in the order of their ids; their marks go with the transaction.</summary>
    public async Task<List<Guid>> TakeAsync(ClusterKind kind, int most, CancellationToken ct)
    {
        var ids = new List<Guid>();
        await using var take = Command(
            """
            delete from stale_clusters where kind = $1 and cluster_id in (
              select cluster_id from stale_clusters where kind = $1 order by cluster_id limit $2)
            returning cluster_id
            """,
            kind.ToString(),
            most);
        await using var reader = await take.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            ids.Add(reader.GetGuid(0));
        }

        return ids;
    }

    /// <summary>Takes those of these clusters that are stale and have records; their marks go with the transaction.</summary>
    public async Task<List<Guid>> TakeTheseAsync(ClusterKind kind, IReadOnlyCollection<Guid> clusters, CancellationToken ct)
    {
        var ids = new List<Guid>();
        await using var take = Command(
            """
            delete from stale_clusters s where s.kind = $1 and s.cluster_id = any($2)
              and exists (select from links l where l.kind = s.kind and l.cluster_id = s.cluster_id)
            returning cluster_id
            """,
            kind.ToString(),
            clusters.ToArray());
        await using var reader = await take.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            ids.Add(reader.GetGuid(0));
        }

        return ids;
    }

    public async Task<ILookup<Guid, ClusterRecord>> RecordsAsync(ClusterKind kind, IReadOnlyCollection<Guid> clusters, CancellationToken ct)
    {
        var records = new List<ClusterRecord>();
        await using var read = Command(
            """
            select l.cluster_id, r.id, r.source_id, s.name, s.priority, r.external_key, r.kind, r.changed_at, r.fields::text
            from links l
            join records r on r.id = l.record_id
            join sources s on s.id = r.source_id
            where l.kind = $1 and l.cluster_id = any($2) and r.removed_at is null
              -- corrections that were all withdrawn
              and not (s.name = 'saisie' and r.fields = '{}')
            order by l.cluster_id, r.id
            """,
            kind.ToString(),
            clusters.ToArray());
        await using var reader = await read.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            records.Add(new ClusterRecord(
                reader.GetGuid(0),
                reader.GetGuid(1),
                reader.GetGuid(2),
                reader.GetString(3),
                reader.GetInt32(4),
                reader.GetString(5),
                reader.GetString(6) == nameof(Customers.RecordKind.Contact) && kind is ClusterKind.Account,
                reader.GetFieldValue<DateTimeOffset>(7),
                JsonSerializer.Deserialize<Dictionary<string, string>>(reader.GetString(8), JsonSerializerOptions.Web)!));
        }

        await reader.DisposeAsync();
        records = kind is ClusterKind.Contact ? await PostReader.AddAsync(connection, records, ct) : records;
        var mapped = await ConflictsAsync([.. records.Select(r => r.Id)], ct);
        var echoed = await new EchoReader(connection).OfAsync([.. records.Select(r => r.Id)], ct);
        var dated = await _dates.OfAsync(records, ct);
        return records.Select(r => mapped.TryGetValue(r.Id, out var conflicts) ? r with { Conflicts = conflicts } : r)
            .Select(r => echoed.TryGetValue(r.Id, out var echoes) ? r with { Echoes = echoes } : r)
            .Select(r => dated.TryGetValue(r.Id, out var dates) ? r with { FieldDates = dates } : r).ToLookup(r => r.ClusterId);
    }

    // Few mappings say anything of conflicts: only the records of those are asked which mapping brought them.
    private async Task<Dictionary<Guid, IReadOnlyDictionary<string, FieldConflict>>> ConflictsAsync(Guid[] records, CancellationToken ct)
    {
        _conflicts ??= await SayingFeedsAsync(ct);
        var found = new Dictionary<Guid, IReadOnlyDictionary<string, FieldConflict>>();
        if (_conflicts.Count == 0)
        {
            return found;
        }

        await using var read = Command(
            "select r.id, v.feed_id from records r join source_records v on v.id = r.source_record_id where r.id = any($1) and v.feed_id = any($2)",
            records, _conflicts.Keys.ToArray());
        await using var reader = await read.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            found[reader.GetGuid(0)] = _conflicts[reader.GetGuid(1)];
        }

        return found;
    }

    private async Task<Dictionary<Guid, IReadOnlyDictionary<string, FieldConflict>>> SayingFeedsAsync(CancellationToken ct)
    {
        var feeds = new Dictionary<Guid, IReadOnlyDictionary<string, FieldConflict>>();
        await using var read = Command("""select id, columns::text from feeds where columns @? '$[*].conflict'""");
        await using var reader = await read.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            feeds[reader.GetGuid(0)] = JsonSerializer.Deserialize<List<FeedColumn>>(reader.GetString(1), JsonSerializerOptions.Web)!
                .Where(column => column.Conflict != FieldConflict.BySource)
                .GroupBy(column => column.Field).ToDictionary(group => group.Key, group => group.First().Conflict);
        }

        return feeds;
    }

    /// <summary>The account each of these contact records speaks of.</summary>
    public async Task<Dictionary<Guid, Guid>> EmployersAsync(IReadOnlyCollection<Guid> contactRecords, CancellationToken ct)
    {
        var employers = new Dictionary<Guid, Guid>();
        await using var read = Command("select record_id, cluster_id from links where kind = 'Account' and record_id = any($1)", contactRecords.ToArray());
        await using var reader = await read.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            employers[reader.GetGuid(0)] = reader.GetGuid(1);
        }

        return employers;
    }

    /// <summary>What mailings said of the people of these records, by record.</summary>
    public async Task<ILookup<Guid, MailEvent>> MailEventsAsync(IReadOnlyCollection<Guid> contactRecords, CancellationToken ct)
    {
        var events = new List<MailEvent>();
        await using var read = Command(
            """
            select e.id, c.id, s.name, e.fields ->> 'kind', e.fields ->> 'email', e.fields ->> 'at', e.fields ->> 'campaign'
            from records c
            join records e on e.source_id = c.source_id and e.kind = 'Interaction'
              and e.fields ? 'contact_key' and e.fields ->> 'contact_key' = c.external_key
            join sources s on s.id = e.source_id
            where c.id = any($1) and e.removed_at is null
              and e.fields ->> 'kind' in ('unsubscribed', 'email_bounced_hard', 'email_complained')
            """,
            contactRecords.ToArray());
        await using var reader = await read.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            string? Text(int i) => reader.IsDBNull(i) ? null : reader.GetString(i);
            events.Add(new MailEvent(
                reader.GetGuid(0), reader.GetGuid(1), reader.GetString(2), reader.GetString(3), Text(4), FieldText.Instant(Text(5)), Text(6)));
        }

        return events.ToLookup(e => e.ContactRecordId);
    }

    /// <summary>
    /// What people who are still known under an address had refused in records that their source withdrew since: by that address.
    /// A refusal does not go with the record that told it.
    /// </summary>
    public async Task<ILookup<string, ClusterRecord>> WithdrawnRefusalsAsync(IReadOnlyCollection<string> emails, CancellationToken ct)
    {
        var refusals = new List<ClusterRecord>();
        await using var read = Command(
            """
            select r.id, r.source_id, s.name, s.priority, r.external_key, r.changed_at, r.fields::text, mail.proof
            from records r
            join sources s on s.id = r.source_id
            left join lateral (
              select true as proof from records e
              where e.source_id = r.source_id and e.kind = 'Interaction' and e.fields ? 'contact_key' and e.fields ->> 'contact_key' = r.external_key
                and e.fields ->> 'kind' in ('unsubscribed', 'email_complained')
              limit 1) mail on true
            where r.kind = 'Contact' and r.gone_at is not null and r.fields ->> 'email' = any($1)
              and (r.fields ->> 'opt_out' = 'true' or r.fields ->> 'opt_in' = 'false' or mail.proof is not null)
            order by r.id
            """,
            (object)emails.ToArray());
        await using var reader = await read.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var said = JsonSerializer.Deserialize<Dictionary<string, string>>(reader.GetString(6), JsonSerializerOptions.Web)!;
            var refused = said.Where(field => field.Key is "email" or "updated_at" or "seen_at" or "created_on" || (field.Key, field.Value) is ("opt_out", "true") or ("opt_in", "false"))
                .ToDictionary();
            if (!reader.IsDBNull(7))
            {
                refused["opt_out"] = "true";
            }

            refusals.Add(new ClusterRecord(
                Guid.Empty, reader.GetGuid(0), reader.GetGuid(1), reader.GetString(2), reader.GetInt32(3), reader.GetString(4), false,
                reader.GetFieldValue<DateTimeOffset>(5), refused));
        }

        return refusals.ToLookup(r => r["email"]!, StringComparer.OrdinalIgnoreCase);
    }

    private NpgsqlCommand Command(string sql, params object[] values)
    {
#pragma warning disable CA2100 // constant text of this class
        var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        return command;
    }
}
