using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Rcu.Security;

/// <summary>Signs what is posted, as Standard Webhooks 1.0 says: the receiver knows it comes from this hub, and from now.</summary>
public static class WebhookSignature
{
    public const string Prefix = "whsec_";

    /// <summary>A new secret, to be shown once and given to the receiver.</summary>
    public static string NewSecret() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    public static bool IsSecret(string? secret) => KeyOf(secret) is { Length: >= 24 and <= 64 };

    /// <summary>The <c>webhook-signature</c> of one message; several secrets, apart by a blank, give several signatures (rotation).</summary>
    public static string Sign(string secrets, string id, DateTimeOffset at, ReadOnlySpan<byte> body)
    {
        var head = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{at.ToUnixTimeSeconds()}."));
        byte[] signed = [.. head, .. body];
        return string.Join(' ', secrets.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(secret => $"v1,{Convert.ToBase64String(HMACSHA256.HashData(KeyOf(secret) ?? [], signed))}"));
    }

    private static byte[]? KeyOf(string? secret)
    {
        var text = secret is not null && secret.StartsWith(Prefix, StringComparison.Ordinal) ? secret[Prefix.Length..] : secret ?? "";
        var key = new byte[text.Length];
        return Convert.TryFromBase64String(text, key, out var length) ? key[..length] : null;
    }
}
