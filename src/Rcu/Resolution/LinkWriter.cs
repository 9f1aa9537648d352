using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Rcu.Matching;

namespace Rcu.Resolution;

/// <summary>Writes what a resolution changed: links that are new, moved, or whose record says something new, and what they make stale.</summary>
internal sealed class LinkWriter(NpgsqlConnection connection, ResolutionData data, DateTimeOffset now)
{
    private readonly List<Link> _wanted = [];

    public void Join(
        ClusterKind kind, IReadOnlyList<ResolvedRecord> records, ClusterIds plan, MatchResult result, RecordSet set)
    {
        for (var i = 0; i < records.Count; i++)
        {
            var pair = result.JoinedBy(i);
            var why = pair is null ? null : result.Explain(pair.Left, pair.Right);
            var other = pair is null ? null : set.SourceOf(pair.Left == i ? pair.Right : pair.Left);
            _wanted.Add(new Link
            {
                RecordId = records[i].Id,
                Kind = kind,
                ClusterId = plan.IdOf[records[i].Id],
                Rule = why?.Rule ?? "alone",
                Probability = why?.Probability ?? 1,
                Sentence = why is null ? "Aucune autre fiche ne lui ressemble assez." : $"Réuni à une fiche de « {other} » : {why.Sentence}",
                Evidence = why?.Evidence ?? [],
                LinkedAt = now,
            });
        }
    }

    public void Attach(IReadOnlyList<ResolvedRecord> contacts, IReadOnlyDictionary<Guid, Attachment> employers)
    {
        foreach (var contact in contacts)
        {
            if (employers.TryGetValue(contact.Id, out var employer))
            {
                _wanted.Add(new Link
                {
                    RecordId = contact.Id,
                    Kind = ClusterKind.Account,
                    ClusterId = employer.AccountId,
                    Rule = employer.Rule,
                    Probability = employer.Probability,
                    Sentence = employer.Sentence,
                    Evidence = employer.Evidence,
                    LinkedAt = now,
                });
            }
        }
    }

    /// <summary>What people typed about a golden row goes where its records go.</summary>
    public void Follow(ClusterKind kind, ClusterIds plan)
    {
        foreach (var (record, cluster) in Corrections.ClustersOf(kind, data, plan))
        {
            _wanted.Add(new Link
            {
                RecordId = record,
                Kind = kind,
                ClusterId = cluster,
                Rule = "steward",
                Probability = 1,
                Sentence = "Saisi sur cette fiche dans le référentiel.",
                Evidence = [],
                LinkedAt = now,
            });
        }
    }

    public async Task WriteAsync(CancellationToken ct)
    {
        await ExecuteAsync(
            """
            create temp table wanted_links (like links including defaults) on commit drop;
            create temp table kept_links (record_id uuid, kind text) on commit drop;
            """,
            ct);
        var cleaned = data.Accounts.Concat(data.Contacts).Concat(data.Corrections).ToDictionary(r => r.Id, r => r.CleanedAt);
        var (changed, kept) = (new List<Link>(), new List<Link>());
        foreach (var link in _wanted)
        {
            (Changes(link, cleaned[link.RecordId]) ? changed : kept).Add(link);
        }

        await CopyAsync(changed, ct);
        await using (var copy = await connection.BeginBinaryImportAsync("copy kept_links from stdin (format binary)", ct))
        {
            foreach (var link in kept)
            {
                await copy.StartRowAsync(ct);
                await copy.WriteAsync(link.RecordId, NpgsqlDbType.Uuid, ct);
                await copy.WriteAsync(link.Kind.ToString(), NpgsqlDbType.Text, ct);
            }

            await copy.CompleteAsync(ct);
        }

        // Stale: the cluster a link leaves, the one it comes to, and the one whose record changed.
        await ExecuteAsync(
            """
            analyze wanted_links;
            analyze kept_links;
            with gone as (
              delete from links l
              where not exists (select from wanted_links w where w.record_id = l.record_id and w.kind = l.kind)
                and not exists (select from kept_links k where k.record_id = l.record_id and k.kind = l.kind)
              returning l.kind, l.cluster_id, l.record_id),
            left_behind as (
              select l.kind, l.cluster_id, l.record_id from links l
              join wanted_links w on w.record_id = l.record_id and w.kind = l.kind)
            insert into stale_clusters (kind, cluster_id)
            select kind, cluster_id from gone
            union select kind, cluster_id from left_behind
            union select kind, cluster_id from wanted_links
            -- A contact's employer is part of its golden row, though it is another kind of link.
            union select 'Contact', c.cluster_id from links c
              where c.kind = 'Contact' and c.record_id in (
                select record_id from gone where kind = 'Account' union select record_id from wanted_links where kind = 'Account')
            on conflict do nothing;

            insert into links as l (record_id, kind, cluster_id, rule, probability, sentence, evidence, linked_at)
            select record_id, kind, cluster_id, rule, probability, sentence, evidence, linked_at from wanted_links
            on conflict (record_id, kind) do update
            set cluster_id = excluded.cluster_id, rule = excluded.rule, probability = excluded.probability,
                sentence = excluded.sentence, evidence = excluded.evidence, linked_at = excluded.linked_at;
            """,
            ct);
    }

    public async Task RedirectAsync(ClusterKind kind, ClusterIds plan, CancellationToken ct)
    {
        if (plan.Revived.Count > 0)
        {
            await using var revive = new NpgsqlCommand("delete from redirects where retired_id = any($1)", connection)
            {
                Parameters = { new() { Value = plan.Revived.ToArray() } },
            };
            await revive.ExecuteNonQueryAsync(ct);
        }

        foreach (var (retired, survivor, records) in plan.Retired)
        {
            // One hop at most: what pointed at the retired id points at its survivor.
            await using var retire = new NpgsqlCommand("update redirects set survivor_id = $2 where survivor_id = $1", connection)
            {
                Parameters = { new() { Value = retired }, new() { Value = survivor } },
            };
            await retire.ExecuteNonQueryAsync(ct);
            await using var insert = new NpgsqlCommand(
                """
                insert into redirects (retired_id, kind, survivor_id, record_ids, retired_at) values ($1, $3, $2, $4, $5)
                on conflict (retired_id) do update set survivor_id = excluded.survivor_id, record_ids = excluded.record_ids
                """,
                connection)
            {
                Parameters =
                {
                    new() { Value = retired },
                    new() { Value = survivor },
                    new() { Value = kind.ToString() },
                    new() { Value = records.ToArray() },
                    new() { Value = now },
                },
            };
            await insert.ExecuteNonQueryAsync(ct);
        }
    }

    private bool Changes(Link wanted, DateTimeOffset cleanedAt) =>
        !data.Links.TryGetValue((wanted.RecordId, wanted.Kind), out var current)
        || current.ClusterId != wanted.ClusterId
        || current.Rule != wanted.Rule
        || current.Sentence != wanted.Sentence
        || cleanedAt > current.LinkedAt;

    private async Task CopyAsync(List<Link> links, CancellationToken ct)
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            "copy wanted_links (record_id, kind, cluster_id, rule, probability, sentence, evidence, linked_at) from stdin (format binary)", ct);
        foreach (var link in links)
        {
            await copy.StartRowAsync(ct);
            await copy.WriteAsync(link.RecordId, NpgsqlDbType.Uuid, ct);
            await copy.WriteAsync(link.Kind.ToString(), NpgsqlDbType.Text, ct);
            await copy.WriteAsync(link.ClusterId, NpgsqlDbType.Uuid, ct);
            await copy.WriteAsync(link.Rule, NpgsqlDbType.Text, ct);
            await copy.WriteAsync(link.Probability, NpgsqlDbType.Double, ct);
            await copy.WriteAsync(link.Sentence, NpgsqlDbType.Text, ct);
            await copy.WriteAsync(JsonSerializer.Serialize(link.Evidence, JsonSerializerOptions.Web), NpgsqlDbType.Jsonb, ct);
            await copy.WriteAsync(link.LinkedAt, NpgsqlDbType.TimestampTz, ct);
        }

        await copy.CompleteAsync(ct);
    }

    private async Task ExecuteAsync(string sql, CancellationToken ct)
    {
#pragma warning disable CA2100 // constant text of this class
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(ct);
    }
}
