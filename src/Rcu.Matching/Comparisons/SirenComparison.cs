using Rcu.Matching.Normalisation;
using Rcu.Matching.Text;

namespace Rcu.Matching.Comparisons;

/// <summary>The number of the legal unit: near proof when equal, near proof against when two valid ones differ.</summary>
internal sealed class SirenComparison(FieldMap fields) : Comparison("siren",
[
    new Level("same", .9, 1e-9, Proves: true),
    new Level("near", .05, 2e-4),
    new Level("other", .05, .6),
    new Level("different", 1e-7, 1, Contradicts: true),
])
{
    private readonly int[] _sources = fields.Of(FieldKind.Siren, FieldKind.Siret, FieldKind.Vat);
    private readonly ValueTable _table = new();
    private readonly Column _column = new(1);
    private readonly List<bool> _valid = [false];
    private int[] _group = [];

    public override object? Read(IReadOnlyList<string?> values)
    {
        (string? Digits, bool Valid) best = (null, false);
        foreach (var source in _sources)
        {
            var read = SirenText.Read(values[source], fields.Fields[source].Kind);
            best = read.Valid && !best.Valid ? read : best.Digits is null ? read : best;
        }

        return best.Digits is null ? null : best;
    }

    public override void Reserve(int rows) => _column.Reserve(rows);

    public override void Store(int row, object? read)
    {
        _column.Clear(row);
        if (read is (string digits, bool valid))
        {
            var code = _table.Encode(digits);
            _column.Add(row, code);
            if (code == _valid.Count)
            {
                _valid.Add(valid);
            }
        }
    }

    public override void Complete(int rows) => _group = [.. Enumerable.Range(0, _table.Count)];

    public override void Forget(int row)
    {
        _column.Clear(row);
        _table.Forget(_group.Length);
        _valid.RemoveRange(_group.Length, _valid.Count - _group.Length);
    }

    /// <summary>Declares that two numbers are one legal unit.</summary>
    public void Alias(int left, int right)
    {
        var (from, to) = (Math.Max(GroupOf(left), GroupOf(right)), Math.Min(GroupOf(left), GroupOf(right)));
        for (var i = 0; i < _group.Length && from != to; i++)
        {
            _group[i] = _group[i] == from ? to : _group[i];
        }
    }

    public int CodeOf(string siren) => _table.Find(Folding.Digits(siren));

    /// <summary>The valid number of a record, aliases being one; 0 when it has none.</summary>
    public int Valid(int row)
    {
        var code = _column.First(row);
        return code != 0 && _valid[code] ? GroupOf(code) : 0;
    }

    /// <summary>The number of a record, even one that fails its check.</summary>
    public int Any(int row) => _column.First(row);

    public override int Compare(int left, int right)
    {
        var (a, b) = (_column.First(left), _column.First(right));
        if (a == 0 || b == 0)
        {
            return 0;
        }

        if (_valid[a] && _valid[b])
        {
            return GroupOf(a) == GroupOf(b) ? 1 : 4;
        }

        return a == b || Levenshtein.OneErrorApart(_table.Bytes(a), _table.Bytes(b)) ? 2 : 3;
    }

    public override string? Show(int row) => _table.Text(_column.First(row));

    private int GroupOf(int code) => code < _group.Length ? _group[code] : code;
}
