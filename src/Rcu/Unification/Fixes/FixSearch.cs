using System.Text.Encodings.Web;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Rcu.Resolution;

namespace Rcu.Unification.Fixes;

/// <summary>
/// Goes through all accounts and contacts once and writes what could be put right. What was answered before is not asked
/// again; what is not wrong any more is no longer proposed.
/// </summary>
public sealed class FixSearch(NpgsqlDataSource database, TimeProvider clock)
{
    private const int BatchSize = 10_000;

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // A field that a person typed is left out: it is not looked at.
    private const string Accounts =
        """
        select a.id, a.name, (select jsonb_object_agg(v.field, v.value) from (values
            ('email', a.email), ('phone', a.phone), ('usual_name', a.usual_name), ('postal_code', a.address_postal_code),
            ('city', a.address_city), ('country', a.address_country), ('siren', a.siren), ('naf', a.naf), ('naf2025', a.naf2025)) v (field, value)
          where v.value is not null and a.origins #>> array[v.field, 'source'] is distinct from 'saisie')::text,
          (select min(i.value) from links l join issues i on i.record_id = l.record_id and i.code = 'phone.unreadable'
           where l.cluster_id = a.id and l.kind = 'Account' and a.phone is null),
          (select min(i.value) from links l join issues i on i.record_id = l.record_id and i.code in ('siret.length', 'siren.length')
           where l.cluster_id = a.id and l.kind = 'Account' and a.siren is null)
        from accounts a where a.id > $1 order by a.id limit $2
        """;

    private const string Contacts =
        """
        select c.id, c.name, (select jsonb_object_agg(v.field, v.value) from (values
            ('email', c.email), ('phone', c.phone), ('mobile', c.mobile), ('given_name', c.given_name), ('family_name', c.family_name),
            ('civility', c.civility), ('job_title', c.job_title)) v (field, value)
          where v.value is not null and c.origins #>> array[v.field, 'source'] is distinct from 'saisie')::text,
          (select min(i.value) from links l join issues i on i.record_id = l.record_id and i.code = 'phone.unreadable'
           where l.cluster_id = c.id and l.kind = 'Contact' and c.phone is null), null::text
        from contacts c where c.id > $1 order by c.id limit $2
        """;

    /// <returns>How many proposals wait for an answer.</returns>
    public async Task<long> RunAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await ExecuteAsync(connection, "select pg_advisory_xact_lock(hashtext('rcu.fix_search'))", ct);
        await ExecuteAsync(
            connection,
            "create temp table found_fixes (kind text, golden_id uuid, name text, code text, before jsonb, after jsonb, reason text) on commit drop",
            ct);
        await FindAsync(connection, ClusterKind.Account, Accounts, ct);
        await FindAsync(connection, ClusterKind.Contact, Contacts, ct);
        await ExecuteAsync(
            connection,
            """
            delete from fix_proposals p where p.state = 'Open' and not exists (
              select from found_fixes f
              where f.kind = p.kind and f.golden_id = p.golden_id and f.code = p.code and f.after = p.after and f.before = p.before);
            """,
            ct);
        await using var insert = new NpgsqlCommand(
            """
            insert into fix_proposals (id, kind, golden_id, name, code, before, after, reason, found_at, state)
            select gen_random_uuid(), kind, golden_id, name, code, before, after, reason, $1, 'Open' from found_fixes
            on conflict (kind, golden_id, code, after) do nothing
            """,
            connection)
        {
            Parameters = { new() { Value = clock.GetUtcNow() } },
        };
        await insert.ExecuteNonQueryAsync(ct);
        await using var count = new NpgsqlCommand("select count(*) from fix_proposals where state = 'Open'", connection);
        var open = (long)(await count.ExecuteScalarAsync(ct))!;
        await transaction.CommitAsync(ct);
        return open;
    }

    private static async Task FindAsync(NpgsqlConnection connection, ClusterKind kind, string page, CancellationToken ct)
    {
        for (var last = Guid.Empty; await ReadAsync(connection, page, last, ct) is { Count: > 0 } batch; last = batch[^1].Id)
        {
            var found = batch.SelectMany(subject => FixFinder.Find(kind, subject).Select(fix => (Subject: subject, Fix: fix))).ToList();
            await using var copy = await connection.BeginBinaryImportAsync("copy found_fixes from stdin (format binary)", ct);
            foreach (var (subject, fix) in found)
            {
                await copy.StartRowAsync(ct);
                await copy.WriteAsync(kind.ToString(), NpgsqlDbType.Text, ct);
                await copy.WriteAsync(subject.Id, NpgsqlDbType.Uuid, ct);
                await copy.WriteAsync(subject.Name, NpgsqlDbType.Text, ct);
                await copy.WriteAsync(fix.Code, NpgsqlDbType.Text, ct);
                await copy.WriteAsync(JsonSerializer.Serialize(fix.Before, Readable), NpgsqlDbType.Jsonb, ct);
                await copy.WriteAsync(JsonSerializer.Serialize(fix.After, Readable), NpgsqlDbType.Jsonb, ct);
                await copy.WriteAsync(fix.Reason, NpgsqlDbType.Text, ct);
            }

            await copy.CompleteAsync(ct);
        }
    }

    private static async Task<List<FixSubject>> ReadAsync(NpgsqlConnection connection, string page, Guid last, CancellationToken ct)
    {
#pragma warning disable CA2100 // one of two constants
        await using var read = new NpgsqlCommand(page, connection) { Parameters = { new() { Value = last }, new() { Value = BatchSize } } };
#pragma warning restore CA2100
        await using var rows = await read.ExecuteReaderAsync(ct);
        var batch = new List<FixSubject>(BatchSize);
        while (await rows.ReadAsync(ct))
        {
            batch.Add(new FixSubject(
                rows.GetGuid(0),
                rows.GetString(1),
                rows.IsDBNull(2) ? new Dictionary<string, string>() : JsonSerializer.Deserialize<Dictionary<string, string>>(rows.GetString(2))!,
                rows.IsDBNull(3) ? null : rows.GetString(3),
                rows.IsDBNull(4) ? null : rows.GetString(4)));
        }

        return batch;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
#pragma warning disable CA2100 // constants of this class
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(ct);
    }
}
