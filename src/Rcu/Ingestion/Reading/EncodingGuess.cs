using System.Buffers;
using System.Text;

namespace Rcu.Ingestion.Reading;

/// <summary>
/// The character set of a text file, from all of its bytes: its mark when it has one, UTF-8 when every byte agrees,
/// else what French systems write, Windows-1252, or ISO-8859-15 where only its own signs (€, œ) make sense.
/// </summary>
public sealed class EncodingGuess
{
    // One stray byte in a file full of UTF-8 accents is damage, not another character set.
    private const int AccentsForOneStray = 20;

    private readonly long[] _high = new long[256];
    private readonly long[] _zeros = new long[2];
    private byte[] _pending = [];
    private byte[]? _mark;
    private long _length;
    private long _accents;
    private long _strays;
    private long _ligatures;

    static EncodingGuess() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The encoding of that name, those of Windows and ISO included.</summary>
    public static Encoding Named(string name) => Encoding.GetEncoding(name);

    public void Add(ReadOnlySpan<byte> bytes)
    {
        _mark ??= bytes[..Math.Min(4, bytes.Length)].ToArray();
        for (var i = bytes.IndexOf((byte)0); i >= 0 && i < bytes.Length; i++)
        {
            _zeros[(_length + i) & 1] += bytes[i] == 0 ? 1 : 0;
        }

        _length += bytes.Length;
        byte[] joined = [.. _pending, .. bytes];
        var rest = joined.AsSpan();
        _pending = [];
        while (rest.IndexOfAnyInRange((byte)0x80, (byte)0xFF) is var next && next >= 0)
        {
            Ligature(rest, next);
            rest = rest[next..];
            var status = Rune.DecodeFromUtf8(rest, out _, out var length);
            if (status == OperationStatus.NeedMoreData)
            {
                _pending = rest.ToArray();
                return;
            }

            if (status == OperationStatus.Done)
            {
                _accents++;
            }
            else
            {
                _strays++;
            }

            foreach (var one in rest[..length])
            {
                _high[one]++;
            }

            rest = rest[length..];
        }
    }

    public string Name() => _mark switch
    {
        [0xEF, 0xBB, 0xBF, ..] => "utf-8",
        [0xFF, 0xFE, ..] => "utf-16",
        [0xFE, 0xFF, ..] => "utf-16BE",
        _ when _zeros[1] > _length * 3 / 10 && _zeros[0] == 0 => "utf-16",
        _ when _zeros[0] > _length * 3 / 10 && _zeros[1] == 0 => "utf-16BE",
        _ when _strays + _pending.Length == 0 || _accents >= AccentsForOneStray * _strays && _accents > 0 => "utf-8",
        _ => _high[0x80..0xA0].Sum() == 0 && (_high[0xA4] > 0 || _ligatures > 0) ? "iso-8859-15" : "windows-1252",
    };

    // 0xBD is ½ for Windows and œ for ISO-8859-15, 0xBC is ¼ and Œ: letters on its right tell.
    private void Ligature(ReadOnlySpan<byte> bytes, int at)
    {
        if (bytes[at] is 0xBC or 0xBD && at + 1 < bytes.Length && char.IsAsciiLetter((char)bytes[at + 1]))
        {
            _ligatures++;
        }
    }
}
