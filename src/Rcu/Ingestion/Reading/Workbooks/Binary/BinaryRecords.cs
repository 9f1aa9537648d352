using System.Buffers.Binary;
using System.Text;

namespace Rcu.Ingestion.Reading.Workbooks.Binary;

/// <summary>
/// The records of one part of a binary workbook ([MS-XLSB] 2.1.4), one after the other. A record that is cut, or longer than any
/// spreadsheet writes, ends the reading as damage.
/// </summary>
internal sealed class BinaryRecords(Stream part) : IDisposable
{
    private const int LongestRecord = 16_000_000;

    private readonly BufferedStream _part = new(part, 64 * 1024);
    private byte[] _bytes = new byte[1024];
    private int _length;

    /// <summary>What the record is, as the specification numbers it.</summary>
    public int Kind { get; private set; }

    public bool Read()
    {
        var first = _part.ReadByte();
        if (first < 0)
        {
            return false;
        }

        Kind = first < 0x80 ? first : (first & 0x7F) | ((Byte() & 0x7F) << 7);
        _length = Length();
        if (_length > LongestRecord)
        {
            throw new InvalidDataException($"un enregistrement de {_length} octets");
        }

        if (_bytes.Length < _length)
        {
            _bytes = new byte[_length];
        }

        _part.ReadExactly(_bytes, 0, _length);
        return true;
    }

    public byte Byte(int at) => Part(at, 1)[0];

    public ushort UInt16(int at) => BinaryPrimitives.ReadUInt16LittleEndian(Part(at, 2));

    public uint UInt32(int at) => BinaryPrimitives.ReadUInt32LittleEndian(Part(at, 4));

    public double Double(int at) => BinaryPrimitives.ReadDoubleLittleEndian(Part(at, 8));

    /// <summary>A number that Excel packs in four bytes: an integer or the upper half of a double, perhaps a hundred times itself.</summary>
    public double Packed(int at)
    {
        var bits = UInt32(at);
        var value = (bits & 2) != 0 ? (int)bits >> 2 : BitConverter.UInt64BitsToDouble((ulong)(bits & 0xFFFFFFFC) << 32);
        return (bits & 1) != 0 ? value / 100 : value;
    }

    /// <summary>A text with its length before it; null when it says that there is none. <paramref name="at"/> goes past it.</summary>
    public string? Text(ref int at)
    {
        var characters = UInt32(at);
        at += 4;
        if (characters == uint.MaxValue)
        {
            return null;
        }

        if (characters > LongestRecord)
        {
            throw new InvalidDataException($"un texte de {characters} caractères");
        }

        var text = Encoding.Unicode.GetString(Part(at, (int)characters * 2));
        at += (int)characters * 2;
        return text;
    }

    public string Text(int at) => Text(ref at) ?? "";

    public void Dispose() => _part.Dispose();

    private ReadOnlySpan<byte> Part(int at, int length) => at + length <= _length
        ? _bytes.AsSpan(at, length)
        : throw new InvalidDataException($"un enregistrement {Kind} de {_length} octets seulement");

    private byte Byte() => _part.ReadByte() is >= 0 and var read ? (byte)read : throw new EndOfStreamException();

    // Seven bits a byte, four bytes at most.
    private int Length()
    {
        var length = 0;
        for (var shift = 0; shift < 28; shift += 7)
        {
            var read = Byte();
            length |= (read & 0x7F) << shift;
            if (read < 0x80)
            {
                break;
            }
        }

        return length;
    }
}
