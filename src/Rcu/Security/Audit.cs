using Rcu.Data;

namespace Rcu.Security;

/// <summary>Where acts that matter later are written down: who came in, who was let in, what went out.</summary>
public sealed class Audit(RcuDb db, TimeProvider clock)
{
    public Task NoteAsync(string who, string action, string? subject, CancellationToken ct) =>
        NoteAsync(who, action, subject, new Dictionary<string, string>(), ct);

    public async Task NoteAsync(
        string who, string action, string? subject, IReadOnlyDictionary<string, string> details, CancellationToken ct)
    {
        db.Audit.Add(new AuditEntry { At = clock.GetUtcNow(), Who = who, Action = action, Subject = subject, Details = details });
        await db.SaveChangesAsync(ct);
    }
}
