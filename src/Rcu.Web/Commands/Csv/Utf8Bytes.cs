using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Rcu.Ingestion.Reading;

namespace Rcu.Web.Commands.Csv;

/// <summary>
/// The text of a file as UTF-8 bytes, whatever it is written in. UTF-8 goes through untouched; a byte that is none, in a
/// file that is otherwise UTF-8, is what Windows-1252 means by it.
/// </summary>
internal sealed class Utf8Bytes : IDisposable
{
    private const int Block = 128 * 1024;

    private static readonly Encoding Stray = EncodingGuess.Named("windows-1252");

    private readonly FileStream _file;
    private readonly Decoder? _decoder;
    private readonly byte[] _read = [];
    private readonly char[] _characters = [];
    private readonly byte[] _carried = new byte[4];
    private int _carry;
    private byte[] _ready = [];
    private int _readyStart;
    private int _readyEnd;

    private Utf8Bytes(FileStream file, Decoder? decoder)
    {
        (_file, _decoder) = (file, decoder);
        if (decoder is not null)
        {
            _read = new byte[Block];
            _characters = new char[Block + 4];
            _ready = new byte[Encoding.UTF8.GetMaxByteCount(_characters.Length)];
        }
    }

    /// <summary>How far into the file we are, for a progress bar.</summary>
    public long Position => _file.Position;

    /// <summary>Something else than ASCII was met: a spreadsheet has to be told the encoding.</summary>
    public bool HasAccents { get; private set; }

    public static Utf8Bytes Open(string path, Encoding encoding, int mark)
    {
        // The buffer is the reader's own.
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0, FileOptions.SequentialScan)
        {
            Position = mark,
        };
        return new Utf8Bytes(file, encoding is UTF8Encoding ? null : encoding.GetDecoder());
    }

    /// <summary>Fills what it can of a buffer; none at the end of the file.</summary>
    public int Read(Span<byte> to)
    {
        if (_readyStart < _readyEnd)
        {
            return GiveReady(to);
        }

        return _decoder is null ? ReadUtf8(to) : ReadOther(to);
    }

    public void Dispose() => _file.Dispose();

    private int ReadUtf8(Span<byte> to)
    {
        _carried.AsSpan(0, _carry).CopyTo(to);
        var length = _carry + _file.Read(to[_carry..]);
        var atEnd = length == _carry;
        _carry = 0;
        var text = to[..length];
        HasAccents |= !Ascii.IsValid(text);
        if (!HasAccents)
        {
            return length;
        }

        // A sequence cut by the end of the block waits for its other half.
        if (!atEnd && Unfinished(text) is > 0 and var cut && cut < length)
        {
            _carry = cut;
            text[^cut..].CopyTo(_carried);
            text = text[..^cut];
        }

        return Utf8.IsValid(text) ? text.Length : ReadRepaired(text.ToArray(), to);
    }

    // Every byte that is not UTF-8 becomes the character Windows gives it.
    private int ReadRepaired(ReadOnlySpan<byte> text, Span<byte> to)
    {
        var repaired = new ArrayBufferWriter<byte>(text.Length * 2);
        while (!text.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(text, out _, out var length);
            if (status == OperationStatus.Done)
            {
                repaired.Write(text[..length]);
            }
            else
            {
                length = 1;
                Encoding.UTF8.GetBytes(Stray.GetChars(text[..1].ToArray()), repaired);
            }

            text = text[length..];
        }

        return Ready(repaired.WrittenSpan, to);
    }

    private int ReadOther(Span<byte> to)
    {
        while (true)
        {
            var length = _file.Read(_read);
            var characters = _decoder!.GetChars(_read, 0, length, _characters, 0, flush: length == 0);
            if (characters > 0)
            {
                (_readyStart, _readyEnd) = (0, Encoding.UTF8.GetBytes(_characters, 0, characters, _ready, 0));
                HasAccents |= _readyEnd != characters;
                return GiveReady(to);
            }

            if (length == 0)
            {
                return 0;
            }
        }
    }

    private int Ready(ReadOnlySpan<byte> bytes, Span<byte> to)
    {
        _ready = _ready.Length < bytes.Length ? new byte[bytes.Length] : _ready;
        bytes.CopyTo(_ready);
        (_readyStart, _readyEnd) = (0, bytes.Length);
        return GiveReady(to);
    }

    private int GiveReady(Span<byte> to)
    {
        var length = Math.Min(to.Length, _readyEnd - _readyStart);
        _ready.AsSpan(_readyStart, length).CopyTo(to);
        _readyStart += length;
        return length;
    }

    private static int Unfinished(ReadOnlySpan<byte> text)
    {
        for (var back = 1; back <= Math.Min(3, text.Length); back++)
        {
            var one = text[^back];
            if (one >= 0xC0)
            {
                var needed = one >= 0xF0 ? 4 : one >= 0xE0 ? 3 : 2;
                return needed > back ? back : 0;
            }

            if (one < 0x80)
            {
                return 0;
            }
        }

        return 0;
    }
}
