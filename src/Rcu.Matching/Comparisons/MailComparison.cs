using Rcu.Matching.Normalisation;
using Rcu.Matching.Text;

namespace Rcu.Matching.Comparisons;

/// <summary>A person's own mailboxes. Contact@ and the like belong to nobody and are not even kept.</summary>
internal sealed class MailComparison : Comparison
{
    private const int MostBoxes = 3;
    private const int LongLocal = 6;
    private readonly int[] _mails;
    private readonly WordSet _free;
    private readonly WordSet _generic;
    private readonly ByteTable _table = new();
    private readonly Column _boxes;
    private readonly Column _locals;

    // A free domain is marked by its sign.
    private readonly Column _domains;
    private readonly Rarity _rarity = new(2e-4, 4096);

    public MailComparison(RowTable rows, FieldMap fields, WordSet free, WordSet generic)
        : base("mail",
        [
            new Level("same", .60, 2.4e-4, ByFrequency: true, Proves: true),
            new Level("near", .05, 1e-3),
            new Level("same_local", .05, 4e-3),
            new Level("colleague", 2e-4, .02, Contradicts: true),
            new Level("other_domain", .25, .50),
            new Level("personal", .34, .40),
        ])
    {
        (_free, _generic) = (free, generic);
        _mails = fields.Of(FieldKind.Email);
        var width = Math.Min(MostBoxes, _mails.Length);
        (_boxes, _locals, _domains) = (rows.Add(width), rows.Add(width), rows.Add(width));
    }

    public Func<int, int>? Witness { get; set; }

    public override void Store(int record, RecordText text)
    {
        _boxes.Clear(record);
        _locals.Clear(record);
        _domains.Clear(record);
        Span<byte> read = stackalloc byte[Folding.Longest];
        foreach (var field in _mails)
        {
            var (length, at) = Contacts.Mailbox(text[field], read);
            if (length > 0 && !_generic.Contains(read[..at]))
            {
                Add(record, read[..length], at);
            }
        }
    }

    public override void Complete(int rows) => _rarity.Count(_boxes, rows, _table.Count, Witness);

    public override void BeginTemporary() => _table.BeginTemporary();

    public override void EndTemporary() => _table.EndTemporary();

    public ReadOnlySpan<int> Boxes(int row) => _boxes[row];

    public ReadOnlySpan<int> Locals(int row) => _locals[row];

    // A mailbox read under several names is shared after all, whatever it is called.
    public override int Compare(int left, int right, out double bits)
    {
        bits = 0;
        var shared = _boxes.Shared(left, right);
        if (shared != 0)
        {
            bits = _rarity.Bits(shared) - (3 * Math.Log2(Math.Max(1, _rarity.HoldersOf(shared) / 3.0)));
            return 1;
        }

        var best = 0;
        for (var i = 0; i < _boxes.Width && _boxes[left][i] != 0; i++)
        {
            for (var j = 0; j < _boxes.Width && _boxes[right][j] != 0; j++)
            {
                var level = CompareBoxes(left, i, right, j);
                best = best == 0 || level < best ? level : best;
            }
        }

        return best;
    }

    public override string? Show(int row) => _table.Text(_boxes.First(row));

    private void Add(int record, ReadOnlySpan<byte> mailbox, int at)
    {
        var box = _table.Encode(mailbox);
        var slot = _boxes.Staged(record).IndexOf(0);
        if (slot >= 0 && !_boxes.Staged(record).Contains(box))
        {
            var domain = _table.Encode(mailbox[(at + 1)..]);
            _boxes.Set(record, slot, box);
            _locals.Set(record, slot, _table.Encode(mailbox[..at]));
            _domains.Set(record, slot, _free.Contains(mailbox[(at + 1)..]) ? -domain : domain);
        }
    }

    private int CompareBoxes(int left, int i, int right, int j)
    {
        var (localA, localB) = (_locals[left][i], _locals[right][j]);
        var (domainA, domainB) = (_domains[left][i], _domains[right][j]);
        var free = domainA < 0 || domainB < 0;
        if (domainA == domainB)
        {
            return Mistyped(_table.Bytes(localA), _table.Bytes(localB)) ? 2 : free ? 6 : 4;
        }

        if (localA == localB)
        {
            return NearDomains(_table.Bytes(Math.Abs(domainA)), _table.Bytes(Math.Abs(domainB))) ? 2
                : _table.Bytes(localA).Length >= LongLocal ? 3 : 5;
        }

        return free ? 6 : 5;
    }

    private static bool NearDomains(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b) =>
        Levenshtein.OneErrorApart(a, b) || a[..a.LastIndexOf((byte)'.')].SequenceEqual(b[..b.LastIndexOf((byte)'.')]);

    // "j.dupont" and "m.dupont", "dupont" and "dupont2" are one character apart and two colleagues.
    private static bool Mistyped(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b) =>
        Math.Min(a.Length, b.Length) >= 5 && Levenshtein.OneErrorApart(a, b) && !DigitText.HasDigit(a) && !DigitText.HasDigit(b)
        && a[0] == b[0] && !(a.Length == b.Length && a[^1] != b[^1] && a[^2] is (byte)'.' or (byte)'-');
}
