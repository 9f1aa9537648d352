namespace Rcu.Unification;

/// <summary>What the id of a golden row tells of it: when it was first given, whatever came and went since.</summary>
internal static class GoldenId
{
    private const int BitsAfterTime = 80;

    /// <summary>The milliseconds since 1970 that a UUID of version 7 begins with (RFC 9562), or now, when that is earlier.</summary>
    public static DateTimeOffset MadeAt(Guid id, DateTimeOffset now)
    {
        if (id.Version != 7)
        {
            return now;
        }

        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        var milliseconds = (long)(System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes) >> BitsAfterTime);
        var made = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        return made < now ? made : now;
    }
}
