using System.Text;
using Rcu.Matching.Text;

namespace Rcu.Matching.Comparisons;

/// <summary>What a text was read as the first time it was met: given names and whole names come back by the thousand.</summary>
internal sealed class NameMemo(Func<string, (int Given, int Family)> read)
{
    private readonly ByteTable _texts = new();
    private readonly List<(int Given, int Family)> _read = [default];

    public (int Given, int Family) this[ReadOnlySpan<byte> text]
    {
        get
        {
            var code = _texts.Encode(text.Length > Folding.Longest ? text[..Folding.Longest] : text);
            if (code >= _read.Count)
            {
                _read.Add(read(Encoding.UTF8.GetString(text)));
            }

            return _read[code];
        }
    }

    public void BeginTemporary() => _texts.BeginTemporary();

    public void EndTemporary()
    {
        _texts.EndTemporary();
        _read.RemoveRange(_texts.Count, _read.Count - _texts.Count);
    }
}
