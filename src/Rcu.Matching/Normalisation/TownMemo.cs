using Rcu.Matching.Text;

namespace Rcu.Matching.Normalisation;

/// <summary>The words of each town as it was written: towns come back by the thousand, and are read once.</summary>
internal sealed class TownMemo
{
    private readonly ByteTable _texts = new();
    private readonly List<int[]> _words = [[]];

    /// <summary>The words of a town; read when it is met for the first time.</summary>
    public ReadOnlySpan<int> Of(ReadOnlySpan<byte> town, CompanyNames reader)
    {
        var code = _texts.Encode(town);
        if (code == _words.Count)
        {
            Span<int> words = stackalloc int[CompanyNames.MostWords];
            _words.Add(words[..reader.ReadTown(town, words)].ToArray());
        }

        return _words[code];
    }

    public void BeginTemporary() => _texts.BeginTemporary();

    public void EndTemporary()
    {
        _texts.EndTemporary();
        _words.RemoveRange(_texts.Count, _words.Count - _texts.Count);
    }
}
