using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Ingestion.Pulling;
using Rcu.Security;

namespace Rcu.Ingestion.Connectors.Webhook;

/// <summary>
/// The hub's letter box for other programs: what is signed as it should is kept as it came, once, then read as any source is. What
/// is not is refused before anything is written.
/// </summary>
public sealed class HookInbox(RcuDb db, SourceConnections connections, ISecrets secrets, TimeProvider clock)
{
    public const string Kind = "webhook";

    /// <summary>How long a message is known, so that one sent again counts once.</summary>
    public const int KeptDays = 7;

    /// <param name="contentType">Without its parameters.</param>
    public async Task<Result<HookReceipt>> ReceiveAsync(Guid id, MessageProof proof, string contentType, byte[] body, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var connection = await db.SourceConnections.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id && c.Kind == Kind, ct);
        if (connection?.Secret is not { } locked || secrets.Open(locked) is not { } secret || !proof.Holds(secret, body, now))
        {
            return SourceErrors.BadSignature; // whether there is such a letter box is nobody's business
        }

        var hash = SHA256.HashData(body);
        var name = proof.NameOf(hash);
        await using (var commit = await db.Database.BeginTransactionAsync(ct))
        {
            // One message of a box after the other: the places they get are in the order in which readers see them.
            await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({id.ToString()}, 9))", ct);
            var former = await db.Database.SqlQuery<byte[]>(
                $"""select content_hash as "Value" from hook_messages where connection_id = {id} and message_id = {name}""").ToListAsync(ct);
            if (former is [var known])
            {
                return known.AsSpan().SequenceEqual(hash) ? new HookReceipt(name, IsNew: false) : SourceErrors.MessageDiffers(name);
            }

            await db.Database.ExecuteSqlAsync(
                $"""
                insert into hook_messages (connection_id, message_id, content_type, body, content_hash, received_at)
                values ({id}, {name}, {contentType}, {body}, {hash}, {now})
                """,
                ct);
            await commit.CommitAsync(ct);
        }

        if (connection.IsOpen)
        {
            await connections.PullAfreshAsync(id, $"webhook:{connection.Name}", ct);
        }

        return new HookReceipt(name, IsNew: true);
    }

    /// <summary>The open letter boxes that hold what nobody has read: their reading was cut, or had just ended.</summary>
    internal static Task<List<Guid>> UnreadAsync(RcuDb db, CancellationToken ct) => db.Database.SqlQuery<Guid>(
        $"""
        select c.id as "Value" from source_connections c
        where c.kind = {Kind} and c.state in ('Healthy', 'Degraded')
          and not exists (select from runs r where r.stage = {PullJob.Stage} and r.subject = c.id and r.status in ('Queued', 'Running'))
          and exists (select from hook_messages m where m.connection_id = c.id and m.place > coalesce(c.cursor, '0')::bigint)
        """).ToListAsync(ct);

    /// <summary>Forgets the messages that were read and that nobody sends again.</summary>
    public Task<int> ForgetAsync(CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"""
        delete from hook_messages m using source_connections c
        where c.id = m.connection_id and m.place <= coalesce(c.cursor, '0')::bigint and m.received_at < {clock.GetUtcNow().AddDays(-KeptDays)}
        """,
        ct);
}

/// <summary>What became of a message.</summary>
/// <param name="IsNew">False: it was here already, and counts once.</param>
public sealed record HookReceipt(string Id, bool IsNew);
