using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Ingestion.Pulling;
using Rcu.Security;

namespace Rcu.Ingestion.Connectors.Webhook;

/// <summary>
/// The secret that the programs of a letter box sign with. A new one is shown once; the former one still opens until a person
/// says that every sender has the new one.
/// </summary>
public sealed class HookSecrets(RcuDb db, ISecrets secrets, TimeProvider clock)
{
    /// <returns>The new secret: it is never shown again.</returns>
    public async Task<Result<string>> RenewAsync(Guid id, string by, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } connection)
        {
            return SourceErrors.NotFound;
        }

        var fresh = WebhookSignature.NewSecret();
        var last = Newest(connection);
        connection.Secret = secrets.Protect(last is null ? fresh : $"{fresh} {last}");
        return await SaveAsync(connection, "connection.secret_renewed", by, fresh, ct);
    }

    /// <summary>Only the newest secret opens from now on.</summary>
    public async Task<Result<string>> EndRotationAsync(Guid id, string by, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } connection)
        {
            return SourceErrors.NotFound;
        }

        if (Newest(connection) is not { } newest)
        {
            return SourceErrors.SecretLost;
        }

        connection.Secret = secrets.Protect(newest);
        return await SaveAsync(connection, "connection.secret_retired", by, connection.Name, ct);
    }

    private string? Newest(SourceConnection connection) =>
        connection.Secret is null ? null : secrets.Open(connection.Secret)?.Split(' ')[0];

    private Task<SourceConnection?> FindAsync(Guid id, CancellationToken ct) =>
        db.SourceConnections.SingleOrDefaultAsync(c => c.Id == id && c.Kind == HookInbox.Kind, ct);

    private async Task<Result<string>> SaveAsync(SourceConnection connection, string action, string by, string answer, CancellationToken ct)
    {
        db.Audit.Add(new AuditEntry
        {
            At = clock.GetUtcNow(),
            Who = by,
            Action = action,
            Subject = $"{connection.Id}",
            Details = new Dictionary<string, string> { ["name"] = connection.Name },
        });
        await db.SaveChangesAsync(ct);
        return answer;
    }
}
