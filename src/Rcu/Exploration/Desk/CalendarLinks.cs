using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Security;

namespace Rcu.Exploration.Desk;

/// <summary>Gives, checks and revokes the signed addresses of calendars. Each person has one at most; a new one ends the former.</summary>
public sealed class CalendarLinks(RcuDb db, ISecrets secrets, Audit audit, TimeProvider clock)
{
    private const int SecretBytes = 32;
    private const int IdBytes = 16;

    /// <summary>The signed name of the calendar; null when there is none.</summary>
    public async Task<string?> FindAsync(string owner, CancellationToken ct)
    {
        var who = owner.Trim().ToLowerInvariant();
        return await db.Set<CalendarLink>().AsNoTracking().SingleOrDefaultAsync(l => l.Owner == who, ct) is { } link ? Signed(link) : null;
    }

    public async Task<string> RenewAsync(string owner, CancellationToken ct)
    {
        var who = owner.Trim().ToLowerInvariant();
        var link = new CalendarLink
        {
            Owner = who,
            SealedSecret = secrets.Protect(Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes))),
            CreatedAt = clock.GetUtcNow(),
        };
        await using var commit = await db.Database.BeginTransactionAsync(ct);
        await db.Set<CalendarLink>().Where(l => l.Owner == who).ExecuteDeleteAsync(ct);
        db.Add(link);
        await audit.NoteAsync(owner, "calendar.opened", $"{link.Id}", ct);
        await commit.CommitAsync(ct);
        return Signed(link)!;
    }

    public async Task RevokeAsync(string owner, CancellationToken ct)
    {
        var who = owner.Trim().ToLowerInvariant();
        if (await db.Set<CalendarLink>().Where(l => l.Owner == who).ExecuteDeleteAsync(ct) > 0)
        {
            await audit.NoteAsync(owner, "calendar.revoked", null, ct);
        }
    }

    /// <summary>Whose calendar a signed address opens; null when it was revoked or made up.</summary>
    public async Task<string?> OwnerAsync(string address, CancellationToken ct)
    {
        Span<byte> bytes = stackalloc byte[IdBytes + HMACSHA256.HashSizeInBytes];
        if (!SignedAddress.TryRead(address, bytes))
        {
            return null;
        }

        var (id, given) = (new Guid(bytes[..IdBytes]), bytes.ToArray());
        if (await db.Set<CalendarLink>().AsNoTracking().SingleOrDefaultAsync(l => l.Id == id, ct) is not { } link || Bytes(link) is not { } expected
            || !CryptographicOperations.FixedTimeEquals(given, expected))
        {
            return null;
        }

        var now = clock.GetUtcNow();
        await db.Set<CalendarLink>().Where(l => l.Id == id).ExecuteUpdateAsync(set => set.SetProperty(l => l.ReadAt, now), ct);
        return link.Owner;
    }

    private string? Signed(CalendarLink link) => Bytes(link) is { } bytes ? Base64Url.EncodeToString(bytes) : null;

    // Null when the keys that sealed the secret are gone: the link leads nowhere, and another can be made.
    private byte[]? Bytes(CalendarLink link) =>
        secrets.Open(link.SealedSecret) is { } secret
            ? [.. link.Id.ToByteArray(), .. HMACSHA256.HashData(Convert.FromBase64String(secret), link.Id.ToByteArray())]
            : null;
}
