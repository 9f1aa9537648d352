using System.Numerics;
using System.Runtime.InteropServices;

namespace Rcu.Matching.Text;

/// <summary>
/// A 64-bit hash of bytes, the same on every machine and in every run. What depends on it, keys and ties, therefore depends
/// on the content alone. At ten million values two of them share a hash once in some hundred thousand runs.
/// </summary>
internal static class Hash
{
    private const ulong Prime = 0x9E3779B97F4A7C15;
    private const ulong Odd = 0xD6E8FEB86659FD93;

    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        var hash = (ulong)bytes.Length * Prime;
        while (bytes.Length >= 8)
        {
            hash = Round(hash, MemoryMarshal.Read<ulong>(bytes));
            bytes = bytes[8..];
        }

        ulong rest = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            rest |= (ulong)bytes[i] << (8 * i);
        }

        return Mix(Round(hash, rest));
    }

    public static ulong With(ulong hash, ulong other) => Mix(Round(hash, other));

    private static ulong Round(ulong hash, ulong value) => BitOperations.RotateLeft((hash ^ value) * Prime, 29) * Odd;

    private static ulong Mix(ulong hash)
    {
        hash ^= hash >> 32;
        hash *= Odd;
        hash ^= hash >> 29;
        return hash;
    }
}
