using System.Runtime.CompilerServices;

namespace Rcu.Web.Commands.Csv;

/// <summary>Where the cells of one row begin and end in the text, how each is written, and so what each says.</summary>
internal sealed class CsvCells
{
    public const byte Quote = (byte)'"';

    private Bounds[] _bounds = new Bounds[32];
    private byte[] _scratch = [];

    /// <summary>How a cell is written: plain, between quotes, with doubled quotes inside, or with text after its closing quote.</summary>
    public enum Form
    {
        Plain,
        Quoted,
        Doubled,
        Trailed,
    }

    public int Count { get; private set; }

    public void Clear() => Count = 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int start, int end, Form form)
    {
        if (Count == _bounds.Length)
        {
            Array.Resize(ref _bounds, _bounds.Length * 2);
        }

        _bounds[Count++] = new Bounds(start, end, form);
    }

    /// <summary>The last cell goes on after its closing quote.</summary>
    public void Trail(int end) => _bounds[Count - 1] = new Bounds(_bounds[Count - 1].Start, end, Form.Trailed);

    /// <summary>Where the first cells end, the quotes around the last one included.</summary>
    public int EndOf(int cells) => _bounds[cells - 1] is { Form: Form.Quoted or Form.Doubled } quoted ? quoted.End + 1 : _bounds[cells - 1].End;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> Content(byte[] text, int cell)
    {
        if (cell >= Count)
        {
            return default;
        }

        ref readonly var bounds = ref _bounds[cell];
        var content = text.AsSpan(bounds.Start, bounds.End - bounds.Start);
        return bounds.Form <= Form.Quoted ? content : Unescaped(content);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ReadOnlySpan<byte> Unescaped(ReadOnlySpan<byte> text)
    {
        if (_scratch.Length < text.Length)
        {
            _scratch = new byte[text.Length * 2];
        }

        var (length, inside) = (0, true);
        for (var i = 0; i < text.Length; i++)
        {
            if (inside && text[i] == Quote)
            {
                i++;
                if (i == text.Length || text[i] != Quote)
                {
                    // The closing quote goes, what follows it stays as it is.
                    inside = false;
                    i--;
                    continue;
                }
            }

            _scratch[length++] = text[i];
        }

        return _scratch.AsSpan(0, length);
    }

    private readonly record struct Bounds(int Start, int End, Form Form);
}
