using System.Security.Cryptography;
using System.Text;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Rcu.Data;

namespace Rcu.Security;

/// <summary>Which programs may come in, and for what.</summary>
public sealed class ApiKeys(RcuDb db, IValidator<CreateApiKey> validator, TimeProvider clock)
{
    /// <summary>What a key may be allowed.</summary>
    public static readonly IReadOnlyList<string> Scopes =
    [
        "accounts:read", "accounts:write", "contacts:read", "contacts:write", "imports:read", "imports:write", "matches:read",
        "matches:write", "segments:read", "segments:write", "activation:read", "activation:write",
    ];

    private const string Mark = "rcu_live_";
    private const int RandomBytes = 24;
    private const int PrefixLength = 17;

    private static readonly TimeSpan UseIsNotedEvery = TimeSpan.FromMinutes(1);

    public async Task<IReadOnlyList<ApiKey>> ListAsync(CancellationToken ct) =>
        await db.ApiKeys.AsNoTracking().OrderByDescending(k => k.CreatedAt).ThenBy(k => k.Id).ToListAsync(ct);

    /// <summary>Makes a key. Its text is known only here and now.</summary>
    public async Task<Result<NewApiKey>> CreateAsync(CreateApiKey command, string by, CancellationToken ct)
    {
        if (validator.Refusal(command) is { } malformed)
        {
            return malformed;
        }

        var text = Mark + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(RandomBytes));
        var key = new ApiKey
        {
            Name = command.Name.Trim(),
            Prefix = text[..PrefixLength],
            Hash = Hash(text),
            Scopes = [.. Scopes.Where(command.Scopes.Contains)],
            CreatedBy = by,
            CreatedAt = clock.GetUtcNow(),
            ExpiresAt = command.ExpiresAt,
        };
        db.ApiKeys.Add(key);
        db.Audit.Add(new AuditEntry { At = key.CreatedAt, Who = by, Action = "api_key.created", Subject = $"{key.Id}" });
        await db.SaveChangesAsync(ct);
        return new NewApiKey(key, text);
    }

    /// <summary>Shuts a program out at once, for good.</summary>
    public async Task<Result<ApiKey>> RevokeAsync(Guid id, string by, CancellationToken ct)
    {
        if (await db.ApiKeys.SingleOrDefaultAsync(k => k.Id == id, ct) is not { } key)
        {
            return SecurityErrors.KeyNotFound;
        }

        if (key.RevokedAt is null)
        {
            key.RevokedAt = clock.GetUtcNow();
            db.Audit.Add(new AuditEntry { At = clock.GetUtcNow(), Who = by, Action = "api_key.revoked", Subject = $"{id}" });
            await db.SaveChangesAsync(ct);
        }

        return key;
    }

    /// <summary>The key a program shows, when it is one of ours and still good.</summary>
    public async Task<ApiKey?> FindAsync(string text, CancellationToken ct)
    {
        if (!text.StartsWith(Mark, StringComparison.Ordinal) || text.Length < PrefixLength)
        {
            return null;
        }

        var (prefix, now) = (text[..PrefixLength], clock.GetUtcNow());
        var key = await db.ApiKeys.AsNoTracking().SingleOrDefaultAsync(k => k.Prefix == prefix, ct);
        if (key is null
            || !CryptographicOperations.FixedTimeEquals(key.Hash, Hash(text))
            || key.RevokedAt is not null
            || key.ExpiresAt <= now)
        {
            return null;
        }

        if (key.LastUsedAt is null || now - key.LastUsedAt > UseIsNotedEvery)
        {
            await db.ApiKeys.Where(k => k.Id == key.Id).ExecuteUpdateAsync(k => k.SetProperty(x => x.LastUsedAt, now), ct);
        }

        return key;
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}

/// <summary>A program to let in.</summary>
public sealed record CreateApiKey(string Name, IReadOnlyCollection<string> Scopes, DateTimeOffset? ExpiresAt);

/// <param name="Text">The key itself, for this once.</param>
public sealed record NewApiKey(ApiKey Key, string Text);

public sealed class CreateApiKeyValidator : AbstractValidator<CreateApiKey>
{
    public CreateApiKeyValidator(TimeProvider clock)
    {
        RuleFor(c => c.Name).NotEmpty().MaximumLength(100);
        RuleFor(c => c.Scopes).NotEmpty();
        RuleForEach(c => c.Scopes).Must(scope => ApiKeys.Scopes.Contains(scope));
        RuleFor(c => c.ExpiresAt).Must(at => at is null || at > clock.GetUtcNow());
    }
}
