namespace Rcu.Matching.Scoring;

/// <summary>The pairs that were worth keeping, with what it takes to weigh them again without comparing again.</summary>
internal sealed class PairTable
{
    private (int Left, int Right, byte Rule, PairScore Score)[] _pairs = new (int, int, byte, PairScore)[256];

    public int Count { get; private set; }

    public ref readonly (int Left, int Right, byte Rule, PairScore Score) this[int pair] => ref _pairs[pair];

    /// <summary>Which of two pairs comes first by its rows.</summary>
    public int CompareRows(int a, int b)
    {
        var byLeft = _pairs[a].Left.CompareTo(_pairs[b].Left);
        return byLeft != 0 ? byLeft : _pairs[a].Right.CompareTo(_pairs[b].Right);
    }

    public void Add(int left, int right, byte rule, in PairScore score)
    {
        if (Count == _pairs.Length)
        {
            Array.Resize(ref _pairs, Math.Max(256, Count * 2));
        }

        _pairs[Count++] = (left, right, rule, score);
    }

    public static PairTable Join(IReadOnlyList<PairTable?> parts)
    {
        var all = new PairTable { _pairs = new (int, int, byte, PairScore)[parts.Sum(part => part?.Count ?? 0)] };
        foreach (var part in parts)
        {
            if (part is not null)
            {
                part._pairs.AsSpan(0, part.Count).CopyTo(all._pairs.AsSpan(all.Count));
                all.Count += part.Count;
            }
        }

        return all;
    }
}
