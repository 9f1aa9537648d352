using Rcu.Matching.Text;

namespace Rcu.Matching.Comparisons;

/// <summary>An identifier, a category or a free text: the same, nearly the same, or something else.</summary>
internal sealed class ValueComparison(RowTable rows, string name, int place, FieldKind kind) : Comparison(name, LevelsOf(kind))
{
    private readonly ByteTable _table = new();
    private readonly Column _column = rows.Add(1);
    private readonly Rarity _rarity = kind == FieldKind.Identifier ? new(2e-4, 4096) : new(.02, 500);

    public FieldKind Kind => kind;

    public int Field => place;

    public override void Store(int record, RecordText text)
    {
        Span<byte> read = stackalloc byte[Folding.Longest];
        var folded = read[..Folding.Fold(text[place], read)];
        var length = kind is FieldKind.Text or FieldKind.JobTitle ? Spaced(folded) : Folding.Squeeze(folded);
        _column.Set(record, _table.Encode(folded[..length]));
    }

    public override void Complete(int rows) => _rarity.Count(_column, rows, _table.Count);

    public override void BeginTemporary() => _table.BeginTemporary();

    public override void EndTemporary() => _table.EndTemporary();

    public int Code(int row) => _column.First(row);

    public override int Compare(int left, int right, out double bits)
    {
        bits = 0;
        var (a, b) = (_column.First(left), _column.First(right));
        if (a == 0 || b == 0)
        {
            return 0;
        }

        if (a == b)
        {
            bits = _rarity.Bits(a);
            bits = kind == FieldKind.Identifier ? bits : Math.Min(bits, 6);
            return 1;
        }

        return Near(_table.Bytes(a), _table.Bytes(b)) ? 2 : 3;
    }

    public override string? Show(int row) => _table.Text(_column.First(row));

    private static Level[] LevelsOf(FieldKind kind) => kind switch
    {
        FieldKind.Identifier =>
        [
            new Level("same", .80, 2.4e-4, ByFrequency: true),
            new Level("near", .10, 1e-3),
            new Level("different", .10, 1),
        ],
        FieldKind.Category =>
        [
            new Level("same", .70, .02, ByFrequency: true),
            new Level("near", .10, .05),
            new Level("different", .20, .93),
        ],
        _ =>
        [
            new Level("same", .45, .02, ByFrequency: true),
            new Level("near", .15, .03),
            new Level("different", .40, .95),
        ],
    };

    // One space between two words.
    private static int Spaced(Span<byte> folded)
    {
        var length = 0;
        foreach (var c in folded)
        {
            if (Folding.IsWordByte(c))
            {
                folded[length++] = c;
            }
            else if (length > 0 && folded[length - 1] != ' ')
            {
                folded[length++] = (byte)' ';
            }
        }

        return length > 0 && folded[length - 1] == ' ' ? length - 1 : length;
    }

    private bool Near(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b) => kind switch
    {
        FieldKind.Identifier => Math.Min(a.Length, b.Length) >= 5 && Levenshtein.OneErrorApart(a, b),
        FieldKind.Category => a.CommonPrefixLength(b) >= 3,
        _ => Math.Min(a.Length, b.Length) >= 4
            && (a.StartsWith(b) || b.StartsWith(a) || JaroWinkler.Similarity(a, b) >= .88),
    };
}
