namespace Rcu.Matching.Text;

/// <summary>The words of a folded text, letters and digits in a row, one after the other.</summary>
internal ref struct Words(ReadOnlySpan<byte> folded)
{
    private readonly ReadOnlySpan<byte> _text = folded;
    private int _at;

    public bool Next(out ReadOnlySpan<byte> word)
    {
        while (_at < _text.Length && !Folding.IsWordByte(_text[_at]))
        {
            _at++;
        }

        var start = _at;
        while (_at < _text.Length && Folding.IsWordByte(_text[_at]))
        {
            _at++;
        }

        word = _text[start.._at];
        return word.Length > 0;
    }
}
