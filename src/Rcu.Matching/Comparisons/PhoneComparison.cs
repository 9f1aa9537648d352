using Rcu.Matching.Normalisation;
using Rcu.Matching.Text;

namespace Rcu.Matching.Comparisons;

/// <summary>Phones: a mobile is nearly a person; a number that many names share is a switchboard and says little.</summary>
/// <param name="ofFirm">People in firms: a land line is their firm's before it is theirs.</param>
internal sealed class PhoneComparison(FieldMap fields, EntityKind kind, bool ofFirm) : Comparison("phone",
    kind == EntityKind.Company
        ?
        [
            new Level("same", .55, 2.4e-4, ByFrequency: true),
            new Level("shared", .10, 1e-2, ByFrequency: true),
            new Level("near", .03, 1e-3),
            new Level("other_mobile", .10, .3),
            new Level("different", .32, .95),
        ]
        :
        [
            new Level("same", .60, 2.4e-4, ByFrequency: true, Proves: true),
            new Level("shared", .50, 1e-2, ByFrequency: true),
            new Level("near", .03, 1e-3),
            new Level("other_mobile", .02, 1, Contradicts: true),
            new Level("different", .40, .6),
        ])
{
    private const int FewNames = 4;
    private readonly int[] _phones = fields.Of(FieldKind.Phone);
    private readonly ValueTable _table = new();
    private readonly Column _column = new(4);
    private readonly Column _mobiles = new(2);
    private int _known;
    private readonly Rarity _rarity = new(2e-4, 4096);

    public Func<int, int>? Witness { get; set; }

    public override object? Read(IReadOnlyList<string?> values)
    {
        List<string>? read = null;
        foreach (var field in _phones)
        {
            if (Contacts.Phone(values[field]) is { } phone)
            {
                (read ??= []).Add(phone);
            }
        }

        return read;
    }

    public override void Reserve(int rows)
    {
        _column.Reserve(rows);
        _mobiles.Reserve(rows);
    }

    public override void Store(int row, object? read)
    {
        _column.Clear(row);
        _mobiles.Clear(row);
        foreach (var phone in read as List<string> ?? [])
        {
            var code = _table.Encode(phone);
            _column.Add(row, code);
            _mobiles.Add(row, Contacts.IsMobile(phone) ? code : 0);
        }
    }

    public override void Complete(int rows)
    {
        _rarity.Count(_column, rows, _table.Count, Witness);
        _known = _table.Count;
    }

    public override void Forget(int row)
    {
        _column.Clear(row);
        _mobiles.Clear(row);
        _table.Forget(_known);
    }

    public ReadOnlySpan<int> Phones(int row) => _column[row];

    /// <summary>How many different names a number was seen with.</summary>
    public int HoldersOf(int phone) => _rarity.HoldersOf(phone);

    public override int Compare(int left, int right)
    {
        if (_column.First(left) == 0 || _column.First(right) == 0)
        {
            return 0;
        }

        if (_column.Shared(left, right) != 0)
        {
            return IsOwn(left, right) ? 1
                : kind == EntityKind.Person && _mobiles.First(left) != 0 && _mobiles.First(right) != 0
                    && _mobiles.Shared(left, right) == 0 ? 4 : 2;
        }

        foreach (var a in _column[left])
        {
            foreach (var b in _column[right])
            {
                if (a != 0 && b != 0 && Levenshtein.OneErrorApart(_table.Bytes(a), _table.Bytes(b)))
                {
                    return 3;
                }
            }
        }

        return _mobiles.First(left) != 0 && _mobiles.First(right) != 0 ? 4 : 5;
    }

    public override double Bits(int left, int right, int level)
    {
        double best = 0;
        foreach (var code in _column[left])
        {
            if (code != 0 && _column[right].Contains(code))
            {
                best = Math.Max(best, level == 1 ? _rarity.Bits(code) : Math.Min(_rarity.Bits(code), SharedBits(code)));
            }
        }

        return best;
    }

    public override string? Show(int row)
    {
        var shown = string.Join(' ', _column[row].ToArray().Where(code => code != 0).Select(code => _table.Text(code)));
        return shown.Length == 0 ? null : shown;
    }

    private bool IsOwn(int left, int right)
    {
        foreach (var code in _column[left])
        {
            if (code != 0 && _column[right].Contains(code) && _rarity.HoldersOf(code) <= FewNames
                && (!ofFirm || _mobiles[left].Contains(code)))
            {
                return true;
            }
        }

        return false;
    }

    // A number that several names hold is a switchboard: each further name makes it say less.
    private double SharedBits(int code) => 6.5 - (2 * Math.Log2(_rarity.HoldersOf(code)));
}
