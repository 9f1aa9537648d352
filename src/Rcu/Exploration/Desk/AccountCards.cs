using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Resolution;
using Rcu.Security;

namespace Rcu.Exploration.Desk;

/// <summary>Makes, checks and revokes the signed addresses of cards. An address says which card it is and until when, and is refused if either is altered.</summary>
public sealed class AccountCards(RcuDb db, ISecrets secrets, HubSettings settings, Audit audit, TimeProvider clock)
{
    public const int LongestDays = 90;

    /// <summary>Where the programs that may show cards in a frame are named, one origin each.</summary>
    public const string Origins = "card_origins";

    private const int SecretBytes = 32;
    private const int IdBytes = 16;
    private const int SaidBytes = IdBytes + sizeof(long);

    public async Task<Result<CardLine>> MakeAsync(AccountScope scope, Guid accountId, int days, string by, CancellationToken ct)
    {
        if (days is < 1 or > LongestDays)
        {
            return TaskErrors.CardDays(LongestDays);
        }

        if (!await scope.Accounts(db).AnyAsync(a => a.Id == accountId, ct))
        {
            return ExplorationErrors.AccountNotFound;
        }

        var now = clock.GetUtcNow();
        var card = new AccountCard
        {
            AccountId = accountId,
            MadeBy = by,
            SealedSecret = secrets.Protect(Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes))),
            CreatedAt = now,
            ExpiresAt = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds()).AddDays(days),
        };
        await using var commit = await db.Database.BeginTransactionAsync(ct);
        db.Add(card);
        await db.SaveChangesAsync(ct);
        await audit.NoteAsync(by, "card.made", $"{card.Id}", new Dictionary<string, string> { ["account"] = $"{accountId}", ["until"] = $"{card.ExpiresAt:O}" }, ct);
        await commit.CommitAsync(ct);
        return Line(card);
    }

    /// <summary>The cards that are open, of one account or of all, the newest first.</summary>
    public async Task<IReadOnlyList<CardLine>> ListAsync(Guid? accountId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var cards = db.Set<AccountCard>().AsNoTracking().Where(c => c.RevokedAt == null && c.ExpiresAt > now);
        if (accountId is { } account)
        {
            var ids = AccountIds.Of(db, account);
            cards = cards.Where(c => ids.Contains(c.AccountId));
        }

        return [.. (await cards.OrderByDescending(c => c.Id).Take(200).ToListAsync(ct)).Select(Line)];
    }

    public async Task<Result<Guid>> RevokeAsync(Guid id, string by, CancellationToken ct)
    {
        if (await db.Set<AccountCard>().SingleOrDefaultAsync(c => c.Id == id, ct) is not { } card)
        {
            return TaskErrors.NoCard;
        }

        card.Revoke(by, clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
        await audit.NoteAsync(by, "card.revoked", $"{id}", ct);
        return id;
    }

    /// <summary>Which account an address shows, and with whose rights; null when it was altered, has expired, or was revoked.</summary>
    public async Task<OpenCard?> OpenAsync(string address, CancellationToken ct)
    {
        var bytes = new byte[SaidBytes + HMACSHA256.HashSizeInBytes];
        if (!SignedAddress.TryRead(address, bytes))
        {
            return null;
        }

        var (id, now) = (new Guid(bytes.AsSpan(0, IdBytes)), clock.GetUtcNow());
        if (await db.Set<AccountCard>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, ct) is not { RevokedAt: null } card
            || Bytes(card) is not { } expected || !CryptographicOperations.FixedTimeEquals(bytes, expected) || card.ExpiresAt <= now)
        {
            return null;
        }

        await db.Set<AccountCard>().Where(c => c.Id == id).ExecuteUpdateAsync(set => set.SetProperty(c => c.ReadAt, now), ct);
        var survivor = await db.Database.SqlQuery<Guid>(
            $"select survivor_id as \"Value\" from redirects where retired_id = {card.AccountId} and kind = {nameof(ClusterKind.Account)}").ToListAsync(ct);
        return new OpenCard(survivor is [var joined, ..] ? joined : card.AccountId, card.MadeBy, card.ExpiresAt);
    }

    /// <summary>The programs that may show cards in a frame.</summary>
    public async Task<IReadOnlyList<string>> OriginsAsync(CancellationToken ct) => await settings.GetAsync<string[]>(Origins, ct) ?? [];

    /// <summary>Says which programs may: each an origin, <c>https://crm.exemple.fr</c>, and nothing more.</summary>
    public async Task<Result<IReadOnlyList<string>>> AllowAsync(IEnumerable<string> origins, string by, CancellationToken ct)
    {
        var kept = origins.Select(o => o.Trim().TrimEnd('/')).Where(o => o.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).Take(20).ToList();
        if (kept.FirstOrDefault(o => !IsOrigin(o)) is { } wrong)
        {
            return TaskErrors.CardOrigin(wrong);
        }

        await settings.SetAsync(Origins, kept, ct);
        await audit.NoteAsync(by, "card.origins", null, new Dictionary<string, string> { ["origins"] = string.Join(' ', kept) }, ct);
        return kept;
    }

    // Written into a header: no character that could say more than an origin.
    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" && uri.GetLeftPart(UriPartial.Authority).Equals(text, StringComparison.OrdinalIgnoreCase)
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is ':' or '/' or '.' or '-');

    private CardLine Line(AccountCard card) => new(
        card.Id, card.AccountId, Bytes(card) is { } bytes ? Base64Url.EncodeToString(bytes) : null, card.MadeBy, card.CreatedAt, card.ExpiresAt, card.ReadAt);

    // Null when the keys that sealed the secret are gone: the card is closed, and another can be made.
    private byte[]? Bytes(AccountCard card)
    {
        if (secrets.Open(card.SealedSecret) is not { } secret)
        {
            return null;
        }

        var said = new byte[SaidBytes];
        card.Id.TryWriteBytes(said);
        BinaryPrimitives.WriteInt64BigEndian(said.AsSpan(IdBytes), card.ExpiresAt.ToUnixTimeSeconds());
        return [.. said, .. HMACSHA256.HashData(Convert.FromBase64String(secret), said)];
    }
}

/// <summary>A card that is open.</summary>
/// <param name="Address">What follows <c>/carte/</c>; null when it can no longer be signed.</param>
public sealed record CardLine(Guid Id, Guid AccountId, string? Address, string MadeBy, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset? ReadAt);

/// <summary>What a signed address shows.</summary>
public sealed record OpenCard(Guid AccountId, string MadeBy, DateTimeOffset ExpiresAt);
