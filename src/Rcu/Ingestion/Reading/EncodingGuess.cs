using System.Buffers;
using System.Text;
using Rcu.Ingestion.Reading.Guesses;

namespace Rcu.Ingestion.Reading;

/// <summary>
/// The character set of a text file, from all of its bytes: its mark when it has one, UTF-8 when most of them agree, else
/// what French systems write: Windows-1252, ISO-8859-15 where only its own signs (€, œ) make sense, or what Macs wrote.
/// Lines that disagree with the others are told, never guessed in silence.
/// </summary>
public sealed class EncodingGuess
{
    private readonly long[] _strange = new long[256];
    private readonly long[] _zeros = new long[2];
    private readonly LineCount _lines = new();
    private readonly LineList _strayLines = new();
    private readonly LineList _accentLines = new();
    private readonly LineList _twiceLines = new();
    private readonly LineList _macLines = new();
    private readonly LineList _windowsLines = new();
    private byte[] _pending = [];
    private byte[]? _mark;
    private long _length;
    private long _accents;
    private long _strays;
    private long _ligatures;
    private bool _afterTilde;

    static EncodingGuess() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The encoding of that name, those of Windows, ISO and Macs included.</summary>
    public static Encoding Named(string name) => Encoding.GetEncoding(name);

    /// <summary>The same, in which no byte is lost: one that means nothing becomes a sign that <see cref="StrayBytes"/> knows.</summary>
    internal static Encoding Exact(string name) => Encoding.GetEncoding(name, EncoderFallback.ReplacementFallback, new StrayBytes());

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
            _lines.Pass(rest[..next]);
            _afterTilde &= next == 0;
            rest = rest[next..];
            var status = Rune.DecodeFromUtf8(rest, out var sign, out var length);
            if (status == OperationStatus.NeedMoreData)
            {
                _pending = rest.ToArray();
                return;
            }

            if (status == OperationStatus.Done)
            {
                Accent(sign);
            }
            else
            {
                Stray(rest[..length]);
            }

            rest = rest[length..];
        }

        _lines.Pass(rest);
        _afterTilde &= rest.IsEmpty;
    }

    public string Name() => _mark switch
    {
        [0xEF, 0xBB, 0xBF, ..] => "utf-8",
        [0xFF, 0xFE, ..] => "utf-16",
        [0xFE, 0xFF, ..] => "utf-16BE",
        _ when _zeros[1] > _length * 3 / 10 && _zeros[0] == 0 => "utf-16",
        _ when _zeros[0] > _length * 3 / 10 && _zeros[1] == 0 => "utf-16BE",
        _ when _strays + _pending.Length == 0 || _accents > _strays => "utf-8",
        _ => WesternSigns.Best(_strange, _ligatures > 0),
    };

    /// <summary>The format completed with what the bytes say of their character set, doubts included.</summary>
    public FileFormat Tell(FileFormat format)
    {
        if (format.Encoding.StartsWith("utf-16", StringComparison.Ordinal))
        {
            return format;
        }

        var doubts = new List<FormatDoubt>(format.Doubts);
        if (format.Encoding == "utf-8")
        {
            Doubt(doubts, FormatDoubt.Mixed, _pending.Length > 0 ? [.. _strayLines.Lines(_lines), _lines.Now(_lines.Here)] : _strayLines.Lines(_lines), "utf-8");
            Doubt(doubts, FormatDoubt.Twice, _twiceLines.Lines(_lines), "");
            return format with { Doubts = doubts, Twice = _twiceLines.Any };
        }

        Doubt(doubts, FormatDoubt.Mixed, _accentLines.Lines(_lines), format.Encoding);
        var others = format.Encoding == WesternSigns.Mac ? _windowsLines : _macLines;
        var mixed = others.Any && (format.Encoding == WesternSigns.Mac ? _macLines : _windowsLines).Any;
        if (mixed)
        {
            Doubt(doubts, FormatDoubt.Mixed, others.Lines(_lines), format.Encoding);
        }

        return format with
        {
            Doubts = doubts,
            Twice = _accentLines.Any,
            Suspects = mixed ? WesternSigns.Suspects(format.Encoding) : "",
        };
    }

    private static void Doubt(List<FormatDoubt> doubts, string code, IReadOnlyList<long> lines, string detail)
    {
        if (lines.Count > 0)
        {
            doubts.Add(new FormatDoubt(code, lines, detail));
        }
    }

    // « Ã » in front of another accent: text that was already UTF-8 was written in UTF-8 again.
    private void Accent(Rune sign)
    {
        _accents++;
        if (sign.Value is (>= 0xA0 and < 0x180) or (>= 0x2010 and < 0x2040) or 0x20AC)
        {
            _accentLines.Add(_lines.Here); // other signs are bytes of French text that met by chance
        }

        if (_afterTilde)
        {
            _twiceLines.Add(_lines.Here);
        }

        _afterTilde = sign.Value is 0xC3 or 0xE2;
    }

    private void Stray(ReadOnlySpan<byte> bytes)
    {
        _strays++;
        _afterTilde = false;
        _strayLines.Add(_lines.Here);
        foreach (var one in bytes)
        {
            _strange[one]++;
            if (WesternSigns.LooksMac(one))
            {
                _macLines.Add(_lines.Here);
            }
            else if (WesternSigns.LooksWindows(one))
            {
                _windowsLines.Add(_lines.Here);
            }
        }
    }

    // 0xBD is ½ for Windows and œ for ISO-8859-15, 0xBC is ¼ and Œ: letters on its right tell.
    private void Ligature(ReadOnlySpan<byte> bytes, int at)
    {
        if (bytes[at] is 0xBC or 0xBD && at + 1 < bytes.Length && char.IsAsciiLetter((char)bytes[at + 1]))
        {
            _ligatures++;
        }
    }
}
