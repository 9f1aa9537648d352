using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Rcu.Data;

/// <summary>Rows laid out as the server's binary copy takes them, so that several threads prepare what one connection sends.</summary>
internal sealed class CopyRows
{
    private static readonly DateTimeOffset Epoch = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly int FirstDay = new DateOnly(2000, 1, 1).DayNumber;
    private readonly ArrayBufferWriter<byte> _bytes = new(1 << 14);

    /// <summary>What a copy begins with.</summary>
    public static ReadOnlyMemory<byte> Header { get; } = new byte[]
    {
        (byte)'P', (byte)'G', (byte)'C', (byte)'O', (byte)'P', (byte)'Y', (byte)'\n', 0xFF, (byte)'\r', (byte)'\n', 0, 0, 0, 0, 0, 0, 0, 0, 0,
    };

    /// <summary>What a copy ends with.</summary>
    public static ReadOnlyMemory<byte> Trailer { get; } = new byte[] { 0xFF, 0xFF };

    public ReadOnlyMemory<byte> Bytes => _bytes.WrittenMemory;

    /// <summary>Makes room for other rows once these were sent.</summary>
    public void Clear() => _bytes.ResetWrittenCount();

    /// <summary>An instant as the server counts it: microseconds since 2000.</summary>
    public static long Instant(DateTimeOffset at) => (at - Epoch).Ticks / TimeSpan.TicksPerMicrosecond;

    public void Begin(short columns)
    {
        BinaryPrimitives.WriteInt16BigEndian(_bytes.GetSpan(2), columns);
        _bytes.Advance(2);
    }

    public void Add(Guid value)
    {
        Length(16);
        value.TryWriteBytes(_bytes.GetSpan(16), bigEndian: true, out _);
        _bytes.Advance(16);
    }

    public void Add(Guid? value)
    {
        if (value is { } known)
        {
            Add(known);
        }
        else
        {
            Length(-1);
        }
    }

    public void Add(double value)
    {
        Length(8);
        BinaryPrimitives.WriteDoubleBigEndian(_bytes.GetSpan(8), value);
        _bytes.Advance(8);
    }

    public void AddInstant(DateTimeOffset value)
    {
        Length(8);
        BinaryPrimitives.WriteInt64BigEndian(_bytes.GetSpan(8), Instant(value));
        _bytes.Advance(8);
    }

    public void Add(string? value)
    {
        if (value is null)
        {
            Length(-1);
            return;
        }

        Length(Encoding.UTF8.GetByteCount(value));
        Encoding.UTF8.GetBytes(value, _bytes);
    }

    public void Add(bool value)
    {
        Length(1);
        _bytes.Write([value ? (byte)1 : (byte)0]);
    }

    public void Add(DateOnly? value)
    {
        if (value is not { } day)
        {
            Length(-1);
            return;
        }

        Length(4);
        BinaryPrimitives.WriteInt32BigEndian(_bytes.GetSpan(4), day.DayNumber - FirstDay);
        _bytes.Advance(4);
    }

    /// <summary>Text, or no value where there is none.</summary>
    public void AddFilled(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
        {
            Length(-1);
        }
        else
        {
            AddText(utf8);
        }
    }

    public void AddText(ReadOnlySpan<byte> utf8)
    {
        Length(utf8.Length);
        _bytes.Write(utf8);
    }

    public void AddJson(ReadOnlySpan<byte> utf8)
    {
        Length(utf8.Length + 1);
        _bytes.Write<byte>([1]); // the version of the format
        _bytes.Write(utf8);
    }

    private void Length(int bytes)
    {
        BinaryPrimitives.WriteInt32BigEndian(_bytes.GetSpan(4), bytes);
        _bytes.Advance(4);
    }
}
