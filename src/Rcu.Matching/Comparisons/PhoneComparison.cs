using Rcu.Matching.Normalisation;
using Rcu.Matching.Text;

namespace Rcu.Matching.Comparisons;

/// <summary>Phones: a mobile is nearly a person; a number that many names share is a switchboard and says little.</summary>
internal sealed class PhoneComparison(RowTable rows, FieldMap fields, EntityKind kind) : Comparison("phone",
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
    private const int MostPhones = 4;
    private readonly int[] _phones = fields.Of(FieldKind.Phone);
    private readonly ByteTable _table = new();

    // A mobile is marked by its sign.
    private readonly Column _column = rows.Add(Math.Min(MostPhones, fields.Of(FieldKind.Phone).Length));
    private readonly Rarity _rarity = new(2e-4, 4096);

    /// <summary>People in firms: a land line is their firm's before it is theirs.</summary>
    public bool OfFirm { get; set; }

    public Func<int, int>? Witness { get; set; }

    public override void Store(int record, RecordText text)
    {
        _column.Clear(record);
        Span<byte> phone = stackalloc byte[Contacts.PhoneLength];
        foreach (var field in _phones)
        {
            var digits = phone[..Contacts.Phone(text[field], phone)];
            var code = _table.Encode(digits);
            _column.Add(record, Contacts.IsMobile(digits) ? -code : code);
        }
    }

    public override void Complete(int rows) => _rarity.Count(_column, rows, _table.Count, Witness);

    public override void BeginTemporary() => _table.BeginTemporary();

    public override void EndTemporary() => _table.EndTemporary();

    public ReadOnlySpan<int> Phones(int row) => _column[row];

    /// <summary>How many different names a number was seen with.</summary>
    public int HoldersOf(int phone) => _rarity.HoldersOf(Math.Abs(phone));

    public override int Compare(int left, int right, out double bits)
    {
        bits = 0;
        if (_column.First(left) == 0 || _column.First(right) == 0)
        {
            return 0;
        }

        var (shares, owns, shared) = (false, false, 0.0);
        foreach (var code in _column[left])
        {
            if (code != 0 && _column[right].Contains(code))
            {
                var holders = HoldersOf(code);
                var rarity = _rarity.Bits(Math.Abs(code));
                shares = true;
                owns |= holders <= FewNames && (!OfFirm || code < 0);
                bits = Math.Max(bits, rarity);
                shared = Math.Max(shared, Math.Min(rarity, SharedBits(holders)));
            }
        }

        if (shares)
        {
            bits = owns ? bits : shared;
            return owns ? 1 : kind == EntityKind.Person && HaveOtherMobiles(left, right) ? 4 : 2;
        }

        foreach (var a in _column[left])
        {
            foreach (var b in _column[right])
            {
                if (a != 0 && b != 0 && _table.OneErrorApart(Math.Abs(a), Math.Abs(b)))
                {
                    return 3;
                }
            }
        }

        return HaveOtherMobiles(left, right) ? 4 : 5;
    }

    public override string? Show(int row)
    {
        var shown = string.Join(' ', _column[row].ToArray().Where(code => code != 0).Select(code => _table.Text(Math.Abs(code))));
        return shown.Length == 0 ? null : shown;
    }

    // Each has a mobile, and they share none.
    private bool HaveOtherMobiles(int left, int right)
    {
        var (inLeft, inRight) = (false, false);
        foreach (var code in _column[left])
        {
            if (code < 0)
            {
                inLeft = true;
                if (_column[right].Contains(code))
                {
                    return false;
                }
            }
        }

        foreach (var code in _column[right])
        {
            inRight |= code < 0;
        }

        return inLeft && inRight;
    }

    // A number that several names hold is a switchboard: each further name makes it say less.
    private static double SharedBits(int holders) => 6.5 - (2 * Math.Log2(holders));
}
