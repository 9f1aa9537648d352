using Npgsql;
using NpgsqlTypes;
using Rcu.Data;

namespace Rcu.Resolution;

/// <summary>Writes what a resolution changed: links that are new, moved, or whose record says something new, and what they make stale.</summary>
internal sealed class LinkWriter(NpgsqlConnection connection, CurrentLinks accounts, CurrentLinks contacts, bool isFirst, DateTimeOffset now)
{
    private const string Columns = "record_id, kind, cluster_id, rule, other_record_id, probability, sentence, evidence, linked_at";
    private const short ColumnCount = 9;

    // The first resolution has nothing to compare with: its links go straight where they stay.
    private readonly bool _first = isFirst && accounts.Count == 0 && contacts.Count == 0;

    public async Task BeginAsync(CancellationToken ct)
    {
        await ExecuteAsync(_first ? "select links_without_indexes()" : "create temp table wanted_links (like links including defaults) on commit drop", ct);
    }

    /// <summary>Records gathered into the accounts or the contacts they are.</summary>
    public async Task JoinAsync(ClusterKind kind, Resolved result, ClusterPlan plan, CancellationToken ct)
    {
        // The records of a group follow each other: the pair that joined one of them often joined the next.
        using var reasons = new ThreadLocal<PairReasons>(() => new PairReasons(result));
        await WriteAsync(kind, result.Records.Count, i => Joined(result, plan, plan.Ordered[i], reasons.Value!), ct);
    }

    /// <summary>Contacts attached to the account they speak of.</summary>
    public Task AttachAsync(KnownRecords contacts, IReadOnlyDictionary<Guid, Attachment> employers, CancellationToken ct) =>
        WriteAsync(
            ClusterKind.Account,
            contacts.Count,
            i => employers.TryGetValue(contacts.Ids[i], out var employer)
                ? new WantedLink(
                    contacts.Ids[i], employer.AccountId, employer.Rule, null, contacts.CleanedAt(i),
                    () => LinkReasons.Of(employer.Probability, employer.Sentence(contacts.SourceOf(i)), employer.Why?.Evidence ?? []))
                : null,
            ct);

    /// <summary>What people typed about a golden row goes where its records go.</summary>
    public Task FollowAsync(ClusterKind kind, IReadOnlyList<(CorrectionRecord Record, Guid Cluster)> corrections, CancellationToken ct) =>
        WriteAsync(
            kind,
            corrections.Count,
            i => new WantedLink(
                corrections[i].Record.Id, corrections[i].Cluster, "steward", null, corrections[i].Record.CleanedAt,
                () => LinkReasons.Certain("Saisi sur cette fiche dans le référentiel.")),
            ct);

    /// <summary>Takes the links that nobody wants away, and marks the clusters that changed.</summary>
    public async Task EndAsync(IReadOnlyList<(ClusterKind Kind, IReadOnlyList<Guid> Ids)> made, CancellationToken ct)
    {
        if (_first)
        {
            await ExecuteAsync("select links_with_indexes()", ct);
            foreach (var (kind, ids) in made)
            {
                var name = kind.ToString();
                await CopyWriter.WriteAsync(connection, "stale_clusters (kind, cluster_id)", ids.Count, (i, rows) =>
                {
                    rows.Begin(2);
                    rows.Add(name);
                    rows.Add(ids[i]);
                }, ct);
            }

            return;
        }

        await using var change = new NpgsqlCommand(ChangeSql, connection)
        {
            Parameters =
            {
                new() { Value = accounts.Unwanted.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid },
                new() { Value = contacts.Unwanted.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid },
                new() { Value = now },
            },
        };
        await ExecuteAsync("analyze wanted_links", ct);
        await change.ExecuteNonQueryAsync(ct);
        await ExecuteAsync(
            $"""
            insert into links ({Columns}) select {Columns} from wanted_links
            on conflict (record_id, kind) do update
            set cluster_id = excluded.cluster_id, rule = excluded.rule, other_record_id = excluded.other_record_id, probability = excluded.probability,
                sentence = excluded.sentence, evidence = excluded.evidence, linked_at = excluded.linked_at
            """,
            ct);
    }

    // Stale: the cluster a link leaves, the one it comes to, and the one whose record changed.
    private const string ChangeSql =
        """
        with gone as (
          delete from links l using (select unnest($1) as record_id, 'Account' as kind union all select unnest($2), 'Contact') g
          where l.record_id = g.record_id and l.kind = g.kind
          returning l.kind, l.cluster_id, l.record_id, l.linked_at),
        left_behind as (
          select l.kind, l.cluster_id, l.record_id, l.linked_at, w.cluster_id <> l.cluster_id as moved
          from links l join wanted_links w on w.record_id = l.record_id and w.kind = l.kind),
        history as (
          insert into link_history (record_id, kind, cluster_id, linked_at, left_at)
          select record_id, kind, cluster_id, linked_at, $3 from gone
          union all select record_id, kind, cluster_id, linked_at, $3 from left_behind where moved)
        insert into stale_clusters (kind, cluster_id)
        select kind, cluster_id from gone
        union select kind, cluster_id from left_behind
        union select kind, cluster_id from wanted_links
        -- A contact's employer is part of its golden row, though it is another kind of link.
        union select 'Contact', c.cluster_id from links c
          where c.kind = 'Contact' and c.record_id in (
            select record_id from gone where kind = 'Account' union select record_id from wanted_links where kind = 'Account')
        on conflict do nothing
        """;

    private static WantedLink? Joined(Resolved result, ClusterPlan plan, int record, PairReasons reasons)
    {
        var records = result.Records;
        if (result.JoinedBy(record) is not { } pair)
        {
            return new WantedLink(
                records.Ids[record], plan.IdAt(record), "alone", null, records.CleanedAt(record),
                () => LinkReasons.Certain("Aucune autre fiche ne lui ressemble assez."));
        }

        var other = pair.Left == record ? pair.Right : pair.Left;
        return new WantedLink(
            records.Ids[record], plan.IdAt(record), pair.Rule, records.Ids[other], Math.Max(records.CleanedAt(record), records.CleanedAt(other)),
            () =>
            {
                var why = reasons.Of(pair);
                return why with { Sentence = $"Réuni à une fiche de « {records.SourceOf(other)} » : {why.Sentence}" };
            });
    }

    private Task WriteAsync(ClusterKind kind, int count, Func<int, WantedLink?> at, CancellationToken ct)
    {
        var (name, current) = (kind.ToString(), kind is ClusterKind.Account ? accounts : contacts);
        return CopyWriter.WriteAsync(connection, $"{(_first ? "links" : "wanted_links")} ({Columns})", count, (i, rows) =>
        {
            if (at(i) is { } link && link.Differs(current.Find(link.RecordId, wanted: true)))
            {
                var why = link.Why();
                rows.Begin(ColumnCount);
                rows.Add(link.RecordId);
                rows.Add(name);
                rows.Add(link.ClusterId);
                rows.Add(link.Rule);
                rows.Add(link.Other);
                rows.Add(why.Probability);
                rows.Add(why.Sentence);
                rows.AddText(why.Evidence.Span);
                rows.AddInstant(now);
            }
        }, ct);
    }

    private async Task ExecuteAsync(string sql, CancellationToken ct)
    {
#pragma warning disable CA2100 // constant text of this class
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(ct);
    }
}
