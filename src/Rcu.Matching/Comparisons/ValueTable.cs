using System.Runtime.InteropServices;

namespace Rcu.Matching.Comparisons;

/// <summary>The distinct values of a column: equality is a comparison of codes, similarity reads their bytes. 0 is no value.</summary>
internal sealed class ValueTable
{
    private readonly Dictionary<string, int> _codes = new(StringComparer.Ordinal);
    private readonly List<string> _texts = [""];
    private readonly List<int> _starts = [0, 0];
    private readonly List<byte> _bytes = [];

    public int Count => _texts.Count;

    public int Encode(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return 0;
        }

        ref var code = ref CollectionsMarshal.GetValueRefOrAddDefault(_codes, text, out var known);
        if (!known)
        {
            code = _texts.Count;
            _texts.Add(text);
            foreach (var c in text)
            {
                _bytes.Add((byte)(c < 128 ? c : '?'));
            }

            _starts.Add(_bytes.Count);
        }

        return code;
    }

    /// <summary>Forgets the values from a code on: those of a record that was only looked up.</summary>
    public void Forget(int from)
    {
        for (var code = from; code < _texts.Count; code++)
        {
            _codes.Remove(_texts[code]);
        }

        if (from < _texts.Count)
        {
            _bytes.RemoveRange(_starts[from], _bytes.Count - _starts[from]);
            _starts.RemoveRange(from + 1, _starts.Count - from - 1);
            _texts.RemoveRange(from, _texts.Count - from);
        }
    }

    /// <summary>The code of a known value, or 0.</summary>
    public int Find(string text) => _codes.GetValueOrDefault(text);

    public string? Text(int code) => code == 0 ? null : _texts[code];

    public ReadOnlySpan<byte> Bytes(int code) =>
        CollectionsMarshal.AsSpan(_bytes)[_starts[code].._starts[code + 1]];
}
