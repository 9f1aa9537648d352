using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Rcu.Security;

/// <summary>
/// Signs what is posted, as Standard Webhooks 1.0 says: the receiver knows it comes from this hub, and from now. And checks what is
/// posted to the hub in the same way, or in a plainer one for tools that only know text keys.
/// </summary>
public static class WebhookSignature
{
    public const string Prefix = "whsec_";

    /// <summary>How far from now a message may have been signed.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>A new secret, to be shown once and given to the receiver.</summary>
    public static string NewSecret() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    public static bool IsSecret(string? secret) => KeyOf(secret) is { Length: >= 24 and <= 64 };

    /// <summary>The <c>webhook-signature</c> of one message; several secrets, apart by a blank, give several signatures (rotation).</summary>
    public static string Sign(string secrets, string id, DateTimeOffset at, ReadOnlySpan<byte> body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{at.ToUnixTimeSeconds()}.")), .. body];
        return string.Join(' ', secrets.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(secret => $"v1,{Convert.ToBase64String(HMACSHA256.HashData(KeyOf(secret) ?? [], signed))}"));
    }

    /// <summary>
    /// The plain signature <c>t=…,v1=…</c>: the text <c>t.body</c> signed with the secret's own text, in hexadecimal. Any tool that
    /// knows HMAC-SHA256 can make it.
    /// </summary>
    public static string SignPlainly(string secret, DateTimeOffset at, ReadOnlySpan<byte> body)
    {
        var instant = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"t={instant},v1={Convert.ToHexStringLower(PlainHash(secret, instant, body))}";
    }

    /// <summary>Whether one of the secrets signed this message, about now, as Standard Webhooks says.</summary>
    public static bool IsFrom(string secrets, string id, string timestamp, string signatures, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        if (InstantOf(timestamp) is not { } at || (now - at).Duration() > Tolerance)
        {
            return false;
        }

        var (right, shown) = (Sign(secrets, id, at, body).Split(' '), signatures.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return right.Aggregate(false, (found, signature) => shown.Aggregate(found, (same, one) => same | AreSame(one, signature)));
    }

    /// <summary>Whether one of the secrets signed this message plainly, about now.</summary>
    public static bool IsPlainlyFrom(string secrets, string signature, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        var parts = signature.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var timestamp = Array.Find(parts, part => part.StartsWith("t=", StringComparison.Ordinal))?[2..];
        if (InstantOf(timestamp) is not { } at || (now - at).Duration() > Tolerance)
        {
            return false;
        }

        var found = false;
        foreach (var secret in secrets.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var right = $"v1={Convert.ToHexStringLower(PlainHash(secret, timestamp!, body))}";
            found = parts.Aggregate(found, (same, part) => same | AreSame(part.ToLowerInvariant(), right));
        }

        return found;
    }

    private static byte[] PlainHash(string secret, string instant, ReadOnlySpan<byte> body) =>
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), (byte[])[.. Encoding.UTF8.GetBytes($"{instant}."), .. body]);

    // In a time that tells nothing of where they differ.
    private static bool AreSame(string shown, string right) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(shown), Encoding.UTF8.GetBytes(right));

    private static DateTimeOffset? InstantOf(string? seconds) =>
        long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var unix) && unix < 253_402_300_800 ? DateTimeOffset.FromUnixTimeSeconds(unix) : null;

    private static byte[]? KeyOf(string? secret)
    {
        var text = secret is not null && secret.StartsWith(Prefix, StringComparison.Ordinal) ? secret[Prefix.Length..] : secret ?? "";
        var key = new byte[text.Length];
        return Convert.TryFromBase64String(text, key, out var length) ? key[..length] : null;
    }
}
