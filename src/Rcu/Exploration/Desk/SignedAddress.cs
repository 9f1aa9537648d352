using System.Buffers;
using System.Buffers.Text;

namespace Rcu.Exploration.Desk;

/// <summary>The last part of an address that signs itself: an id, what it says, and an HMAC, in base64url.</summary>
internal static class SignedAddress
{
    /// <summary>Reads exactly the bytes asked for; false when the address is anything but what would be written for them, its last bits included.</summary>
    public static bool TryRead(string address, Span<byte> bytes) =>
        address.Length == Base64Url.GetEncodedLength(bytes.Length)
        && Base64Url.DecodeFromChars(address, bytes, out _, out var read) == OperationStatus.Done
        && read == bytes.Length
        && Base64Url.EncodeToString(bytes) == address;
}
