using System.Runtime.CompilerServices;

namespace Rcu.Web.Commands.Csv;

/// <summary>Where the cells of one row begin and end in the text, how each is written, and so what each says.</summary>
internal sealed class CsvCells
{
    public const byte Quote = (byte)'"';

    private int[] _bounds = new int[96];
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
        var at = 3 * Count;
        if (at == _bounds.Length)
        {
            Array.Resize(ref _bounds, _bounds.Length * 2);
        }

        _bounds[at] = start;
        _bounds[at + 1] = end;
        _bounds[at + 2] = (int)form;
        Count++;
    }

    /// <summary>The last cell goes on after its closing quote.</summary>
    public void Trail(int end)
    {
        _bounds[(3 * Count) - 2] = end;
        _bounds[(3 * Count) - 1] = (int)Form.Trailed;
    }

    /// <summary>Where the first cells end, the quotes around the last one included.</summary>
    public int EndOf(int cells) =>
        _bounds[(3 * cells) - 2] + ((Form)_bounds[(3 * cells) - 1] is Form.Quoted or Form.Doubled ? 1 : 0);

    public ReadOnlySpan<byte> Content(ReadOnlySpan<byte> text, int cell)
    {
        if (cell >= Count)
        {
            return default;
        }

        var (start, end, form) = (_bounds[3 * cell], _bounds[(3 * cell) + 1], (Form)_bounds[(3 * cell) + 2]);
        return form is Form.Plain or Form.Quoted ? text[start..end] : Unescaped(text[start..end]);
    }

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
}
