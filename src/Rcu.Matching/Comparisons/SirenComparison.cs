using Rcu.Matching.Normalisation;
using Rcu.Matching.Text;

namespace Rcu.Matching.Comparisons;

/// <summary>The number of the legal unit: near proof when equal, near proof against when two valid ones differ.</summary>
internal sealed class SirenComparison(RowTable rows, FieldMap fields) : Comparison("siren",
[
    new Level("same", .9, 1e-9, Proves: true),
    new Level("near", .05, 2e-4),
    new Level("other", .05, .6),
    new Level("different", 1e-7, 1, Contradicts: true),
])
{
    private readonly int[] _sources = fields.Of(FieldKind.Siren, FieldKind.Siret, FieldKind.Vat);
    private readonly ByteTable _table = new();

    // A number that fails its check is marked by its sign.
    private readonly Column _column = rows.Add(1);
    private readonly Dictionary<int, int> _alias = [];

    public override void Store(int record, RecordText text)
    {
        Span<byte> siren = stackalloc byte[SirenText.Length];
        Span<byte> best = stackalloc byte[SirenText.Length];
        var (length, valid) = (0, false);
        foreach (var source in _sources)
        {
            var read = SirenText.Read(text[source], fields.Fields[source].Kind, siren);
            if ((read.Valid && !valid) || (length == 0 && read.Length > 0))
            {
                (length, valid) = read;
                siren.CopyTo(best);
            }
        }

        var code = _table.Encode(best[..length]);
        _column.Set(record, valid ? code : -code);
    }

    public override void BeginTemporary() => _table.BeginTemporary();

    public override void EndTemporary() => _table.EndTemporary();

    /// <summary>Declares that two numbers are one legal unit.</summary>
    public void Alias(int left, int right)
    {
        var (from, to) = (Math.Max(GroupOf(left), GroupOf(right)), Math.Min(GroupOf(left), GroupOf(right)));
        if (from != to)
        {
            _alias[from] = to;
        }
    }

    public int CodeOf(string siren)
    {
        Span<byte> digits = stackalloc byte[24];
        return _table.Find(digits[..Folding.Digits(System.Text.Encoding.UTF8.GetBytes(siren), digits)]);
    }

    /// <summary>The valid number of a record, aliases being one; 0 when it has none.</summary>
    public int Valid(int row)
    {
        var code = _column.First(row);
        return code > 0 ? GroupOf(code) : 0;
    }

    /// <summary>The number of a record, even one that fails its check.</summary>
    public int Any(int row) => Math.Abs(_column.First(row));

    /// <summary>Whether two records have valid numbers that differ.</summary>
    public bool Differ(int left, int right)
    {
        var (a, b) = (_column.First(left), _column.First(right));
        return a > 0 && b > 0 && a != b && GroupOf(a) != GroupOf(b);
    }

    public override int Compare(int left, int right, out double bits)
    {
        bits = 0;
        var (a, b) = (_column.First(left), _column.First(right));
        if (a == 0 || b == 0)
        {
            return 0;
        }

        if (a > 0 && b > 0)
        {
            return a == b || GroupOf(a) == GroupOf(b) ? 1 : 4;
        }

        return Math.Abs(a) == Math.Abs(b)
            || _table.OneErrorApart(Math.Abs(a), Math.Abs(b)) ? 2 : 3;
    }

    public override string? Show(int row) => _table.Text(Any(row));

    private int GroupOf(int code)
    {
        while (_alias.Count > 0 && _alias.TryGetValue(code, out var same))
        {
            code = same;
        }

        return code;
    }
}
