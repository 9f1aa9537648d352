using Rcu.Security;

namespace Rcu.Ingestion.Connectors.Webhook;

/// <summary>What a sender shows with a message so that it is believed: Standard Webhooks' three headers, or the plain signature alone.</summary>
/// <param name="Id">The sender's own name of the message: sent again under it, the message counts once.</param>
public sealed record MessageProof(string? Id, string? Timestamp, string? Signatures, string? Plain)
{
    private const int LongestId = 255;

    /// <param name="header">Gives the value of a header of the request.</param>
    public static MessageProof Of(Func<string, string?> header) => new(
        header("webhook-id"), header("webhook-timestamp"), header("webhook-signature"), header("x-rcu-signature"));

    public bool Holds(string secrets, ReadOnlySpan<byte> body, DateTimeOffset now) => Plain is { Length: > 0 } plain
        ? WebhookSignature.IsPlainlyFrom(secrets, plain, body, now)
        : Id is { Length: > 0 and <= LongestId } id && !id.Any(char.IsControl)
            && WebhookSignature.IsFrom(secrets, id, Timestamp ?? "", Signatures ?? "", body, now);

    /// <summary>Under what name the message is kept: only a name that was signed counts, else what it says.</summary>
    public string NameOf(byte[] hash) => Plain is { Length: > 0 } ? $"sha256:{Convert.ToHexStringLower(hash)}" : Id!;
}
