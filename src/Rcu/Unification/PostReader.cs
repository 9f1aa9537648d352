using Npgsql;
using Rcu.Ingestion;

namespace Rcu.Unification;

/// <summary>Finds the accounts that contacts' records name beside their main one, and tells when one of them became another.</summary>
internal static class PostReader
{
    /// <summary>The records with their posts at the accounts that are known.</summary>
    public static async Task<List<ClusterRecord>> AddAsync(NpgsqlConnection connection, List<ClusterRecord> records, CancellationToken ct)
    {
        var said = records.Where(r => r[SaidPost.Field] is not null).SelectMany(r => SaidPost.Read(r[SaidPost.Field]).Select(post => (Record: r, Post: post))).ToList();
        if (said.Count == 0)
        {
            return records;
        }

        var accounts = new Dictionary<(Guid Source, string Key), Guid>();
        await using var read = new NpgsqlCommand(
            """
            select a.source_id, a.external_key, l.cluster_id
            from (select distinct * from unnest($1, $2) asked (source_id, external_key)) asked
            join records a on a.source_id = asked.source_id and a.kind = 'Account' and a.external_key = asked.external_key and a.removed_at is null
            join links l on l.record_id = a.id and l.kind = 'Account'
            """,
            connection)
        {
            Parameters = { new() { Value = said.Select(s => s.Record.SourceId).ToArray() }, new() { Value = said.Select(s => s.Post.Key).ToArray() } },
        };
        await using var row = await read.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            accounts[(row.GetGuid(0), row.GetString(1))] = row.GetGuid(2);
        }

        var found = said.Where(s => accounts.ContainsKey((s.Record.SourceId, s.Post.Key))).ToLookup(
            s => s.Record.Id, s => new Post(accounts[(s.Record.SourceId, s.Post.Key)], s.Post.Labels, s.Post.From, s.Post.To, s.Post.Over));
        return [.. records.Select(r => found[r.Id].ToList() is { Count: > 0 } posts ? r with { Posts = posts } : r)];
    }

    /// <summary>Marks the contacts whose posts are at an account that is known since, or that joined or left another.</summary>
    public static async Task MarkAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        await using var mark = database.CreateCommand(
            """
            insert into stale_clusters (kind, cluster_id)
            select distinct 'Contact', l.cluster_id
            from records c
            join links l on l.record_id = c.id and l.kind = 'Contact'
            cross join lateral jsonb_array_elements(case when c.fields ->> 'posts' like '[{%}]' then (c.fields ->> 'posts')::jsonb else '[]' end) post
            join records a on a.source_id = c.source_id and a.kind = 'Account' and a.external_key = post ->> 'key' and a.removed_at is null
            join links at on at.record_id = a.id and at.kind = 'Account'
            where c.kind = 'Contact' and c.fields ? 'posts' and c.removed_at is null
              and not exists (select from roles r where r.contact_id = l.cluster_id and r.account_id = at.cluster_id)
            on conflict do nothing
            """);
        await mark.ExecuteNonQueryAsync(ct);
    }
}
