using Rcu.Matching.Normalisation;
using Rcu.Matching.Text;

namespace Rcu.Matching.Comparisons;

/// <summary>A date of birth, or another date: equal, one error or day and month swapped, the same year, or another.</summary>
internal sealed class DateComparison(RowTable rows, string name, int field, FieldKind kind) : Comparison(name,
    kind == FieldKind.BirthDate
        ?
        [
            new Level("same", .85, 1e-4, ByFrequency: true),
            new Level("near", .08, 2e-3),
            new Level("same_year", .02, .015),
            new Level("different", .05, .98),
        ]
        :
        [
            new Level("same", .50, .005, ByFrequency: true),
            new Level("near", .05, .01),
            new Level("same_year", .10, .1),
            new Level("different", .35, .9),
        ])
{
    private readonly ByteTable _table = new();
    private readonly Column _column = rows.Add(1);
    private readonly Rarity _rarity = new(1e-4, 4096);

    public override void Store(int record, RecordText text)
    {
        Span<byte> digits = stackalloc byte[8];
        _column.Set(record, _table.Encode(digits[..Dates.Read(text[field], digits)]));
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
            bits = Math.Min(14, _rarity.Bits(a));
            return 1;
        }

        var x = _table.Bytes(a);
        var y = _table.Bytes(b);
        return Levenshtein.OneErrorApart(x, y) || DayAndMonthSwapped(x, y) ? 2 : x[..4].SequenceEqual(y[..4]) ? 3 : 4;
    }

    public override string? Show(int row) => _table.Text(_column.First(row));

    private static bool DayAndMonthSwapped(ReadOnlySpan<byte> x, ReadOnlySpan<byte> y) =>
        x.Length == 8 && y.Length == 8 && x[..4].SequenceEqual(y[..4])
        && x[4..6].SequenceEqual(y[6..8]) && x[6..8].SequenceEqual(y[4..6]);
}
