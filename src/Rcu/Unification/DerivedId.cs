using System.Security.Cryptography;
using System.Text;

namespace Rcu.Unification;

/// <summary>
/// The id of a thing computed from another: the same every time it is computed again. It keeps the time part of the id it
/// comes from, so it is a UUID v7 in order too.
/// </summary>
internal static class DerivedId
{
    public static Guid Of(Guid origin, string what)
    {
        Span<byte> bytes = stackalloc byte[16];
        origin.TryWriteBytes(bytes, bigEndian: true, out _);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{origin:N}|{what}"));
        hash.AsSpan(0, 8).CopyTo(bytes[8..]);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
