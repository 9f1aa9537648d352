using Rcu.Matching.Normalisation;
using Rcu.Matching.Text;

namespace Rcu.Matching.Comparisons;

/// <summary>A person's own mailboxes. Contact@ and the like belong to nobody and are not even kept.</summary>
internal sealed class MailComparison(FieldMap fields, MatchSettings settings) : Comparison("mail",
[
    new Level("same", .60, 2.4e-4, ByFrequency: true, Proves: true),
    new Level("near", .05, 1e-3),
    new Level("same_local", .05, 4e-3),
    new Level("colleague", 2e-4, .02, Contradicts: true),
    new Level("other_domain", .25, .50),
    new Level("personal", .34, .40),
])
{
    private readonly int[] _mails = fields.Of(FieldKind.Email);
    private readonly ValueTable _table = new();
    private readonly Column _boxes = new(3);
    private readonly Column _locals = new(3);
    private readonly Column _domains = new(3);
    private int _known;
    private readonly Rarity _rarity = new(2e-4, 4096);
    private readonly HashSet<int> _free = [];

    public Func<int, int>? Witness { get; set; }

    public override object? Read(IReadOnlyList<string?> values)
    {
        List<(string Local, string Domain)>? read = null;
        foreach (var field in _mails)
        {
            if (Contacts.Mailbox(values[field]) is { } mailbox && !settings.GenericMailboxes.Contains(mailbox.Local))
            {
                (read ??= []).Add(mailbox);
            }
        }

        return read;
    }

    public override void Reserve(int rows)
    {
        _boxes.Reserve(rows);
        _locals.Reserve(rows);
        _domains.Reserve(rows);
    }

    public override void Store(int row, object? read)
    {
        _boxes.Clear(row);
        _locals.Clear(row);
        _domains.Clear(row);
        foreach (var (local, domain) in read as List<(string, string)> ?? [])
        {
            var code = _table.Encode(domain);
            _boxes.Add(row, _table.Encode($"{local}@{domain}"));
            _locals.Add(row, _table.Encode(local));
            _domains.Add(row, code);
            if (settings.FreeMailDomains.Contains(domain))
            {
                _free.Add(code);
            }
        }
    }

    public override void Complete(int rows)
    {
        _rarity.Count(_boxes, rows, _table.Count, Witness);
        _known = _table.Count;
    }

    public override void Forget(int row)
    {
        _boxes.Clear(row);
        _locals.Clear(row);
        _domains.Clear(row);
        _table.Forget(_known);
        _free.RemoveWhere(code => code >= _known);
    }

    public ReadOnlySpan<int> Boxes(int row) => _boxes[row];

    public ReadOnlySpan<int> Locals(int row) => _locals[row];

    public override int Compare(int left, int right)
    {
        var best = 0;
        for (var i = 0; i < 3 && _boxes[left][i] != 0; i++)
        {
            for (var j = 0; j < 3 && _boxes[right][j] != 0; j++)
            {
                var level = CompareBoxes(left, i, right, j);
                best = best == 0 || level < best ? level : best;
            }
        }

        return best;
    }

    // A mailbox read under several names is shared after all, whatever it is called.
    public override double Bits(int left, int right, int level)
    {
        var box = _boxes.Shared(left, right);
        return _rarity.Bits(box) - (3 * Math.Log2(Math.Max(1, _rarity.HoldersOf(box) / 3.0)));
    }

    public override string? Show(int row) => _table.Text(_boxes.First(row));

    private int CompareBoxes(int left, int i, int right, int j)
    {
        if (_boxes[left][i] == _boxes[right][j])
        {
            return 1;
        }

        var (localA, localB) = (_locals[left][i], _locals[right][j]);
        var (domainA, domainB) = (_domains[left][i], _domains[right][j]);
        var free = _free.Contains(domainA) || _free.Contains(domainB);
        if (domainA == domainB)
        {
            return Mistyped(_table.Bytes(localA), _table.Bytes(localB)) ? 2 : free ? 6 : 4;
        }

        if (localA == localB)
        {
            return NearDomains(_table.Bytes(domainA), _table.Bytes(domainB)) ? 2 : Long(localA) ? 3 : 5;
        }

        return free ? 6 : 5;
    }

    private bool Long(int local) => _table.Bytes(local).Length >= 6;

    private static bool NearDomains(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b) =>
        Levenshtein.OneErrorApart(a, b) || a[..a.LastIndexOf((byte)'.')].SequenceEqual(b[..b.LastIndexOf((byte)'.')]);

    // "j.dupont" and "m.dupont", "dupont" and "dupont2" are one character apart and two colleagues.
    private static bool Mistyped(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b) =>
        Math.Min(a.Length, b.Length) >= 5 && Levenshtein.OneErrorApart(a, b) && !DigitText.HasDigit(a) && !DigitText.HasDigit(b)
        && a[0] == b[0] && !(a.Length == b.Length && a[^1] != b[^1] && a[^2] is (byte)'.' or (byte)'-');
}
