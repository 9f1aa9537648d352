using Rcu.Matching.Normalisation;
using Rcu.Matching.Text;

namespace Rcu.Matching.Comparisons;

/// <summary>A person's name: either way round, initials, missing halves and a typing error allowed for.</summary>
/// <param name="ofFirm">People in firms share much with their colleagues: only the name tells them apart.</param>
internal sealed class PersonNameComparison(FieldMap fields, MatchSettings settings, bool ofFirm) : Comparison("name",
[
    new Level("same", .72, 2e-5, ByFrequency: true),
    new Level("near", .08, 4e-5, ByFrequency: true),
    new Level("initial", .06, 5e-4, ByFrequency: true),
    new Level("part", .08, 3e-3, ByFrequency: true),
    new Level("other_given", ofFirm ? .004 : .02, 4e-3),
    new Level("other_family", ofFirm ? .004 : .02, 6e-3),
    new Level("different", ofFirm ? .001 : .01, .98),
])
{
    private readonly int[] _givens = fields.Of(FieldKind.GivenName);
    private readonly int[] _families = fields.Of(FieldKind.FamilyName);
    private readonly int[] _fulls = fields.Of(FieldKind.FullName);
    private readonly int[] _mails = fields.Of(FieldKind.Email);
    private readonly ValueTable _table = new();
    private readonly Column _given = new(1);
    private readonly Column _family = new(1);
    private int _known;
    private readonly Rarity _givenRarity = new(5e-3, 1000);
    private readonly Rarity _familyRarity = new(1.5e-3, 1000);

    public override object? Read(IReadOnlyList<string?> values)
    {
        var (given, family) = PersonNames.Read(
            First(values, _givens), First(values, _families), First(values, _fulls));
        foreach (var field in _mails)
        {
            if (Contacts.Mailbox(values[field]) is { } mailbox && !settings.GenericMailboxes.Contains(mailbox.Local))
            {
                (given, family) = MailNames.Complete(given, family, mailbox.Local);
            }
        }

        return given is null && family is null ? null : (given, family);
    }

    public override void Reserve(int rows)
    {
        _given.Reserve(rows);
        _family.Reserve(rows);
    }

    public override void Store(int row, object? read)
    {
        _given.Clear(row);
        _family.Clear(row);
        if (read is ValueTuple<string?, string?> name)
        {
            _given.Add(row, _table.Encode(name.Item1));
            _family.Add(row, _table.Encode(name.Item2));
        }
    }

    public override void Complete(int rows)
    {
        _givenRarity.Count(_given, rows, _table.Count);
        _familyRarity.Count(_family, rows, _table.Count);
        _known = _table.Count;
    }

    public override void Forget(int row)
    {
        _given.Clear(row);
        _family.Clear(row);
        _table.Forget(_known);
    }

    public int Given(int row) => _given.First(row);

    public int Family(int row) => _family.First(row);

    public ReadOnlySpan<byte> Bytes(int code) => _table.Bytes(code);

    public override int Compare(int left, int right)
    {
        var straight = Compare(_given.First(left), _family.First(left), _given.First(right), _family.First(right));
        if (straight is 1 or 2)
        {
            return straight;
        }

        var swapped = Compare(_given.First(left), _family.First(left), _family.First(right), _given.First(right));
        return swapped is 1 or 2 ? swapped : straight;
    }

    public override double Bits(int left, int right, int level)
    {
        var bits = Math.Min(Bits(_given.First(left), _family.First(left)), Bits(_given.First(right), _family.First(right)));
        return level switch
        {
            1 => bits,
            2 => bits - 2,
            3 => SharedFamily(left, right) + 2.5,
            _ => _family.First(left) == _family.First(right) && _family.First(left) != 0
                ? SharedFamily(left, right)
                : Math.Max(_givenRarity.Bits(_given.First(left)), 0),
        };
    }

    public override string? Show(int row)
    {
        var shown = $"{_table.Text(_given.First(row))} {_table.Text(_family.First(row))}".Trim();
        return shown.Length == 0 ? null : shown;
    }

    private double SharedFamily(int left, int right) =>
        Math.Min(_familyRarity.Bits(_family.First(left)), _familyRarity.Bits(_family.First(right)));

    private double Bits(int given, int family) =>
        (given == 0 ? 0 : _givenRarity.Bits(given)) + (family == 0 ? 0 : _familyRarity.Bits(family));

    private int Compare(int givenA, int familyA, int givenB, int familyB)
    {
        if ((givenA | familyA) == 0 || (givenB | familyB) == 0)
        {
            return 0;
        }

        var given = Words(givenA, givenB);
        var family = Words(familyA, familyB);
        return (given, family) switch
        {
            (Likeness.Same, Likeness.Same) => 1,
            (Likeness.Same, Likeness.Near) or (Likeness.Near, Likeness.Same) or (Likeness.Near, Likeness.Near) => 2,
            (Likeness.Initial, Likeness.Same or Likeness.Near) => 3,
            (Likeness.Same, Likeness.Initial) => 3,
            (Likeness.Missing, Likeness.Same or Likeness.Near) => 4,
            (Likeness.Same or Likeness.Near, Likeness.Missing) => 4,
            (Likeness.Missing, Likeness.Missing) => 0,
            (Likeness.Different, Likeness.Same or Likeness.Near) => 5,
            (Likeness.Same or Likeness.Near, Likeness.Different) => 6,
            _ => 7,
        };
    }

    private enum Likeness
    {
        Missing,
        Same,
        Near,
        Initial,
        Different,
    }

    private Likeness Words(int a, int b)
    {
        if (a == 0 || b == 0)
        {
            return Likeness.Missing;
        }

        if (a == b)
        {
            return Likeness.Same;
        }

        var x = _table.Bytes(a);
        var y = _table.Bytes(b);
        if (x.Length == 1 || y.Length == 1)
        {
            return x[0] == y[0] ? Likeness.Initial : Likeness.Different;
        }

        var shorter = Math.Min(x.Length, y.Length);
        if ((shorter >= 4 && Levenshtein.OneErrorApart(x, y)) || (shorter >= 6 && JaroWinkler.Similarity(x, y) >= .94))
        {
            return Likeness.Near;
        }

        return SharesWord(x, y) || (shorter >= 3 && x.CommonPrefixLength(y) == shorter) ? Likeness.Initial : Likeness.Different;
    }

    /// <summary>"Jean-Pierre" and "Jean", "Martin Durand" and "Durand": one is a part of the other.</summary>
    private static bool SharesWord(ReadOnlySpan<byte> x, ReadOnlySpan<byte> y)
    {
        var longer = x.Length >= y.Length ? x : y;
        var shorter = x.Length >= y.Length ? y : x;
        return shorter.Length >= 3 && longer.Length > shorter.Length
            && ((longer.StartsWith(shorter) && longer[shorter.Length] == (byte)' ')
                || (longer.EndsWith(shorter) && longer[^(shorter.Length + 1)] == (byte)' '));
    }

    private static string? First(IReadOnlyList<string?> values, int[] fields)
    {
        foreach (var field in fields)
        {
            if (!string.IsNullOrWhiteSpace(values[field]))
            {
                return values[field];
            }
        }

        return null;
    }
}
