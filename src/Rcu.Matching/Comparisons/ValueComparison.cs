using Rcu.Matching.Text;

namespace Rcu.Matching.Comparisons;

/// <summary>An identifier, a category or a free text: the same, nearly the same, or something else.</summary>
internal sealed class ValueComparison(string name, int field, FieldKind kind) : Comparison(name, LevelsOf(kind))
{
    private readonly ValueTable _table = new();
    private readonly Column _column = new(1);
    private int _known;
    private readonly Rarity _rarity = kind == FieldKind.Identifier ? new(2e-4, 4096) : new(.02, 500);

    public FieldKind Kind => kind;

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

    public override object? Read(IReadOnlyList<string?> values)
    {
        var text = values[field];
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var words = Folding.Words(Folding.Fold(text));
        return kind == FieldKind.Text ? string.Join(' ', words) : string.Concat(words);
    }

    public override void Reserve(int rows) => _column.Reserve(rows);

    public override void Store(int row, object? read)
    {
        _column.Clear(row);
        _column.Add(row, _table.Encode(read as string));
    }

    public override void Complete(int rows)
    {
        _rarity.Count(_column, rows, _table.Count);
        _known = _table.Count;
    }

    public override void Forget(int row)
    {
        _column.Clear(row);
        _table.Forget(_known);
    }

    public int Code(int row) => _column.First(row);

    public override int Compare(int left, int right)
    {
        var (a, b) = (_column.First(left), _column.First(right));
        return a == 0 || b == 0 ? 0 : a == b ? 1 : Near(_table.Bytes(a), _table.Bytes(b)) ? 2 : 3;
    }

    public override double Bits(int left, int right, int level)
    {
        var bits = _rarity.Bits(_column.First(left));
        return kind == FieldKind.Identifier ? bits : Math.Min(bits, 6);
    }

    public override string? Show(int row) => _table.Text(_column.First(row));

    private bool Near(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b) => kind switch
    {
        FieldKind.Identifier => Math.Min(a.Length, b.Length) >= 5 && Levenshtein.OneErrorApart(a, b),
        FieldKind.Category => a.CommonPrefixLength(b) >= 3,
        _ => Math.Min(a.Length, b.Length) >= 4
            && (a.StartsWith(b) || b.StartsWith(a) || JaroWinkler.Similarity(a, b) >= .88),
    };
}
