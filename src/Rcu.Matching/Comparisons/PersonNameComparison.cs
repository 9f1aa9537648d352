using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text;
using Rcu.Matching.Normalisation;
using Rcu.Matching.Text;

namespace Rcu.Matching.Comparisons;

/// <summary>A person's name: either way round, initials, diminutives, missing halves and a typing error allowed for.</summary>
internal sealed class PersonNameComparison : Comparison
{
    private readonly int[] _givens;
    private readonly int[] _families;
    private readonly int[] _fulls;
    private readonly int[] _mails;
    private readonly WordSet _generic;
    private readonly ByteTable _table = new();

    // Of each name, what tells it from most others.
    private readonly List<PersonNameFacts> _facts = [default];
    private readonly NameMemo _parts;
    private readonly NameMemo _wholes;
    private readonly Column _given;
    private readonly Column _family;
    private readonly Rarity _givenRarity = new(5e-3, 1000);
    private readonly Rarity _familyRarity = new(1.5e-3, 1000);

    public PersonNameComparison(RowTable rows, FieldMap fields, WordSet generic)
        : base("name", LevelsOf(ofFirm: false))
    {
        _generic = generic;
        _givens = fields.Of(FieldKind.GivenName);
        _families = fields.Of(FieldKind.FamilyName);
        _fulls = fields.Of(FieldKind.FullName);
        _mails = fields.Of(FieldKind.Email);
        (_given, _family) = (rows.Add(1), rows.Add(1));
        _parts = new NameMemo(text => (CodeOf(PersonNames.Part(text)), 0));
        _wholes = new NameMemo(text =>
        {
            var (given, family) = PersonNames.Whole(text);
            return (CodeOf(given), CodeOf(family));
        });
    }

    /// <summary>People in firms share much with their colleagues: only the name tells them apart.</summary>
    public bool OfFirm
    {
        set => Weigh(LevelsOf(value));
    }

    public override void Store(int record, RecordText text)
    {
        var given = _parts[First(text, _givens)].Given;
        var family = _parts[First(text, _families)].Given;
        if (given == 0 && family == 0)
        {
            (given, family) = _wholes[First(text, _fulls)];
        }

        if (family != 0 && given != 0 && _table.Bytes(family).Length == 1 && _table.Bytes(given).Length > 1)
        {
            (given, family) = (family, given);
        }

        if (given == 0 || family == 0 || _table.Bytes(given).Length == 1)
        {
            (given, family) = Complete(text, given, family);
        }

        _given.Set(record, given);
        _family.Set(record, family);
        Follow();
    }

    public override void Complete(int rows)
    {
        _givenRarity.Count(_given, rows, _table.Count);
        _familyRarity.Count(_family, rows, _table.Count);
    }

    public override void BeginTemporary()
    {
        _table.BeginTemporary();
        _parts.BeginTemporary();
        _wholes.BeginTemporary();
    }

    public override void EndTemporary()
    {
        _table.EndTemporary();
        _facts.RemoveRange(_table.Count, Math.Max(0, _facts.Count - _table.Count));
        _parts.EndTemporary();
        _wholes.EndTemporary();
    }

    /// <summary>Asks for what is known of a row's names.</summary>
    public unsafe void Prefetch(int row)
    {
        if (Sse.IsSupported)
        {
            var facts = CollectionsMarshal.AsSpan(_facts);
            Sse.Prefetch0(Unsafe.AsPointer(ref facts[_given.First(row)]));
            Sse.Prefetch0(Unsafe.AsPointer(ref facts[_family.First(row)]));
        }
    }

    public ref readonly PersonNameFacts Facts(int name) => ref CollectionsMarshal.AsSpan(_facts)[name];

    public int Given(int row) => _given.First(row);

    public int Family(int row) => _family.First(row);

    public ReadOnlySpan<byte> Bytes(int code) => code == 0 ? [] : _table.Bytes(code);

    /// <summary>Where records stand beside those of the same family name.</summary>
    public ulong Locality(int row) => Family(row) == 0 ? 0 : _table.HashOf(Family(row));

    public override int Compare(int left, int right, out double bits)
    {
        var level = PersonNamePair.LevelOf(this, left, right);
        bits = level is 0 or >= 5 ? 0 : BitsOf(left, right, level);
        return level;
    }

    public override string? Show(int row)
    {
        var shown = $"{_table.Text(Given(row))} {_table.Text(Family(row))}".Trim();
        return shown.Length == 0 ? null : shown;
    }

    private static Level[] LevelsOf(bool ofFirm) =>
    [
        new("same", .72, 2e-5, ByFrequency: true),
        new("near", .08, 4e-5, ByFrequency: true),
        new("initial", .06, 5e-4, ByFrequency: true),
        new("part", .08, 3e-3, ByFrequency: true),
        new("other_given", ofFirm ? .004 : .02, 4e-3, Contradicts: ofFirm),
        new("other_family", ofFirm ? .004 : .02, 6e-3),
        new("different", ofFirm ? .001 : .01, .98),
    ];

    private double BitsOf(int left, int right, int level)
    {
        var bits = Math.Min(Bits(Given(left), Family(left)), Bits(Given(right), Family(right)));
        return level switch
        {
            1 => bits,
            2 => bits - 2,
            3 => SharedFamily(left, right) + 2.5,
            _ => Family(left) == Family(right) && Family(left) != 0 ? SharedFamily(left, right) : SharedGiven(left, right),
        };
    }

    private double SharedFamily(int left, int right) =>
        Math.Min(_familyRarity.Bits(Family(left)), _familyRarity.Bits(Family(right)));

    private double SharedGiven(int left, int right) =>
        Math.Max(0, Math.Min(_givenRarity.Bits(Given(left)), _givenRarity.Bits(Given(right))));

    private double Bits(int given, int family) =>
        (given == 0 ? 0 : _givenRarity.Bits(given)) + (family == 0 ? 0 : _familyRarity.Bits(family));

    private void Follow()
    {
        while (_facts.Count < _table.Count)
        {
            _facts.Add(PersonNameFacts.Of(_table.Bytes(_facts.Count)));
        }
    }

    // The half that a mailbox tells: "rene.seguin@" of a René is a Seguin.
    private (int Given, int Family) Complete(RecordText text, int given, int family)
    {
        Span<byte> mailbox = stackalloc byte[Folding.Longest];
        foreach (var field in _mails)
        {
            var (length, at) = Contacts.Mailbox(text[field], mailbox);
            if (length > 0 && !_generic.Contains(mailbox[..at]))
            {
                var (fullGiven, fullFamily) = MailNames.Complete(
                    _table.Text(given), _table.Text(family), Encoding.ASCII.GetString(mailbox[..at]));
                (given, family) = (CodeOf(fullGiven), CodeOf(fullFamily));
            }
        }

        return (given, family);
    }

    private int CodeOf(string? name) => name is null ? 0 : _table.Encode(Encoding.ASCII.GetBytes(name));

    private static ReadOnlySpan<byte> First(RecordText text, int[] fields)
    {
        foreach (var field in fields)
        {
            if (text[field].Trim((byte)' ').Length > 0)
            {
                return text[field];
            }
        }

        return [];
    }
}
