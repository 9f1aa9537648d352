using Rcu.Matching.Text;

namespace Rcu.Matching.Comparisons;

/// <summary>
/// The names as they are written, legal form included: where nothing but the name tells a company, a mistyped form must not
/// part two records, and another form is a hint.
/// </summary>
internal sealed class WrittenNames(RowTable rows, int field)
{
    private const int Shortest = 6;

    // Of ten letters, how many may be wrong in what is nearly the same name, and in what is perhaps the same.
    private const int NearErrors = 1;
    private const int PartialErrors = 4;
    private const double OtherFormBits = 2;
    private readonly ByteTable _table = new();
    private readonly Column _column = rows.Add(1);

    public void Store(int record, RecordText text)
    {
        Span<byte> read = stackalloc byte[Folding.Longest];
        var folded = read[..Folding.Fold(text[field], read)];
        _column.Set(record, _table.Encode(folded[..Folding.Squeeze(folded)]));
    }

    public void BeginTemporary() => _table.BeginTemporary();

    public void EndTemporary() => _table.EndTemporary();

    /// <summary>What two names are, once their spelling is looked at besides their words.</summary>
    public (NameSimilarity Level, double Bits) Refine(int left, int right, (NameSimilarity Level, double Bits) byWords, double rarity)
    {
        var (a, b) = (_column.First(left), _column.First(right));
        if (a == 0 || b == 0)
        {
            return byWords;
        }

        if (a == b)
        {
            return byWords.Level == NameSimilarity.Same ? byWords : (NameSimilarity.Same, rarity);
        }

        if (byWords.Level == NameSimilarity.Same)
        {
            return (NameSimilarity.Same, byWords.Bits - OtherFormBits);
        }

        var first = _table.Bytes(a);
        var second = _table.Bytes(b);
        var longest = Math.Max(first.Length, second.Length);
        if (longest < Shortest || longest - Math.Min(first.Length, second.Length) > longest * PartialErrors / 10)
        {
            return byWords;
        }

        var errors = Levenshtein.Distance(first, second);
        return byWords.Level > NameSimilarity.Near && errors <= Math.Max(1, longest * NearErrors / 10) ? (NameSimilarity.Near, rarity)
            : byWords.Level > NameSimilarity.Partial && errors <= longest * PartialErrors / 10 ? (NameSimilarity.Partial, 0)
            : byWords;
    }
}
