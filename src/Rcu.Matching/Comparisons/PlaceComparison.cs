using System.Globalization;
using Rcu.Matching.Normalisation;
using Rcu.Matching.Text;

namespace Rcu.Matching.Comparisons;

/// <summary>Street, postal code, town and region as one evidence: apart, they would say the same thing several times.</summary>
internal sealed class PlaceComparison(RowTable rows, FieldMap fields) : Comparison("place", LevelsOf(ofFirm: false))
{
    private const double FirmBits = 6;
    private const int ShortestTown = 5;
    private const int AddressAt = 0, StreetAt = 1, NumberAt = 2, PostalCodeAt = 3, TownAt = 4, DepartmentAt = 5;
    private bool _ofFirm;
    private readonly PlaceReader _reader = new(fields);
    private readonly CodeTable _addresses = new();
    private readonly ByteTable _streets = new();
    private readonly ByteTable _postalCodes = new();
    private readonly ByteTable _towns = new();
    private readonly ByteTable _departments = new();

    // Of each street, which letters it has.
    private readonly List<uint> _streetLetters = [0];
    private readonly Column _address = rows.Add(1);
    private readonly Column _street = rows.Add(1);
    private readonly Column _number = rows.Add(1);
    private readonly Column _postalCode = rows.Add(1);
    private readonly Column _town = rows.Add(1);
    private readonly Column _department = rows.Add(1);
    private readonly Rarity _addressRarity = new(5e-4, 4096);
    private readonly Rarity _streetRarity = new(1e-3, 4096);
    private readonly Rarity _postalCodeRarity = new(4e-3, 1000);
    private readonly Rarity _townRarity = new(6e-3, 1000);

    /// <summary>People in firms: the place is their firm's, and says little once the firm is known.</summary>
    public bool OfFirm
    {
        get => _ofFirm;
        set
        {
            _ofFirm = value;
            Weigh(LevelsOf(value));
        }
    }

    public override void Store(int record, RecordText text)
    {
        var read = _reader.Read(text);
        var street = _reader.Street.AsSpan(0, read.Street);
        var postalCode = _reader.PostalCode.AsSpan(0, read.PostalCode);
        var town = _reader.Town.AsSpan(0, read.Town);
        var department = Streets.Department(postalCode);
        department = department.Length > 0 ? department : _reader.Region.AsSpan(0, read.Region);
        var (streetHash, codeHash, townHash, departmentHash) = (Hash.Of(street), Hash.Of(postalCode), Hash.Of(town), Hash.Of(department));
        var addressHash = street.Length == 0
            ? 0
            : Hash.With(Hash.With(streetHash, (uint)read.Number), postalCode.Length > 0 ? codeHash : townHash);
        _streets.Prefetch(streetHash);
        _addresses.Prefetch(addressHash);
        _postalCodes.Prefetch(codeHash);
        _towns.Prefetch(townHash);
        var code = _streets.Encode(street, streetHash);
        if (code == _streetLetters.Count)
        {
            _streetLetters.Add(Letters.Of(street));
        }

        _street.Set(record, code);
        _number.Set(record, read.Number);
        _postalCode.Set(record, _postalCodes.Encode(postalCode, codeHash));
        _town.Set(record, _towns.Encode(town, townHash));
        _department.Set(record, _departments.Encode(department, departmentHash));
        _address.Set(record, _addresses.Encode(addressHash));
    }

    public override void Complete(int rows)
    {
        _addressRarity.Count(_address, rows, _addresses.Count);
        _streetRarity.Count(_street, rows, _streets.Count);
        _postalCodeRarity.Count(_postalCode, rows, _postalCodes.Count);
        _townRarity.Count(_town, rows, _towns.Count);
    }

    public override void BeginTemporary()
    {
        _addresses.BeginTemporary();
        _streets.BeginTemporary();
        _postalCodes.BeginTemporary();
        _towns.BeginTemporary();
        _departments.BeginTemporary();
    }

    public override void EndTemporary()
    {
        _addresses.EndTemporary();
        _streets.EndTemporary();
        _streetLetters.RemoveRange(_streets.Count, _streetLetters.Count - _streets.Count);
        _postalCodes.EndTemporary();
        _towns.EndTemporary();
        _departments.EndTemporary();
    }

    public int Street(int row) => _street.First(row);

    public int Number(int row) => _number.First(row);

    public int PostalCode(int row) => _postalCode.First(row);

    public int Town(int row) => _town.First(row);

    public int Department(int row) => _department.First(row);

    /// <summary>Where records stand beside those of the same place: what is compared is then close in memory.</summary>
    public ulong Locality(int row)
    {
        var (postalCode, town) = (_postalCode.First(row), _town.First(row));
        return postalCode != 0 ? _postalCodes.HashOf(postalCode) : town != 0 ? _towns.HashOf(town) : 0;
    }

    public override int Compare(int left, int right, out double bits)
    {
        var a = Cells(left);
        var b = Cells(right);
        var level = LevelOf(a, b);
        bits = level is 0 or >= 7 ? 0 : _ofFirm ? Math.Min(FirmBits, BitsOf(a, b, level)) : BitsOf(a, b, level);
        return level;
    }

    public override string? Show(int row)
    {
        var number = _number.First(row);
        string?[] parts =
        [
            number == 0 ? null : number.ToString(CultureInfo.InvariantCulture),
            _streets.Text(_street.First(row)), _postalCodes.Text(_postalCode.First(row)), _towns.Text(_town.First(row)),
        ];
        var shown = string.Join(' ', parts.Where(part => part is not null));
        return shown.Length > 0 ? shown : _departments.Text(_department.First(row));
    }

    private static Level[] LevelsOf(bool ofFirm) =>
    [
        new("address", .40, 5e-4, ByFrequency: true),
        new("street", .08, 1e-3, ByFrequency: true),
        new("near_street", .12, 1e-3, ByFrequency: true),
        new("postal_code", .16, 4e-3, ByFrequency: true),
        new("town", .08, 6e-3, ByFrequency: true),
        new("other_street", .05, 4e-3, ByFrequency: true),
        new("department", .06, .06),
        new("different", ofFirm ? .30 : .10, .9),
    ];

    private ReadOnlySpan<int> Cells(int row) => rows.Cells(row, _address.Offset, DepartmentAt + 1);

    private int LevelOf(ReadOnlySpan<int> a, ReadOnlySpan<int> b)
    {
        var postalCodes = Pair(a[PostalCodeAt], b[PostalCodeAt]);
        var towns = Pair(a[TownAt], b[TownAt]) is false && IsPart(a[TownAt], b[TownAt]) ? true : Pair(a[TownAt], b[TownAt]);
        var departments = Pair(a[DepartmentAt], b[DepartmentAt]);
        var streets = Pair(a[StreetAt], b[StreetAt]);
        if (postalCodes is null && towns is null)
        {
            return streets is null ? departments is null ? 0 : departments.Value ? 7 : 8 : CompareStreets(a, b, 8);
        }

        if (postalCodes is true || towns is true)
        {
            var area = postalCodes is true ? 4 : 5;
            return streets is null ? area : CompareStreets(a, b, 6);
        }

        // A wrong postal code or the commune next door: the same street and number still say so.
        if (streets is true && departments is not false && Pair(a[NumberAt], b[NumberAt]) is true)
        {
            return 2;
        }

        return departments is true ? 7 : 8;
    }

    private double BitsOf(ReadOnlySpan<int> a, ReadOnlySpan<int> b, int level) => level switch
    {
        1 => AddressBits(a, b),
        3 when Pair(a[NumberAt], b[NumberAt]) is true => AddressBits(a, b) - 1,
        2 or 3 => Math.Max(5, Math.Min(_streetRarity.Bits(a[StreetAt]), _streetRarity.Bits(b[StreetAt])) - 1),
        4 => _postalCodeRarity.Bits(a[PostalCodeAt]),
        5 => Math.Min(_townRarity.Bits(a[TownAt]), _townRarity.Bits(b[TownAt])),
        _ => a[PostalCodeAt] == b[PostalCodeAt] && a[PostalCodeAt] != 0
            ? _postalCodeRarity.Bits(a[PostalCodeAt])
            : Math.Min(_townRarity.Bits(a[TownAt]), _townRarity.Bits(b[TownAt])),
    };

    private double AddressBits(ReadOnlySpan<int> a, ReadOnlySpan<int> b) =>
        Math.Min(_addressRarity.Bits(a[AddressAt]), _addressRarity.Bits(b[AddressAt]));

    private int CompareStreets(ReadOnlySpan<int> a, ReadOnlySpan<int> b, int otherwise)
    {
        var numbers = Pair(a[NumberAt], b[NumberAt]);
        if (a[StreetAt] == b[StreetAt])
        {
            return numbers is false ? 3 : numbers is true ? 1 : 2;
        }

        return numbers is not false && NearStreets(a[StreetAt], b[StreetAt]) ? 3 : otherwise;
    }

    private bool NearStreets(int left, int right)
    {
        var a = _streets.Bytes(left);
        var b = _streets.Bytes(right);
        var shorter = Math.Min(a.Length, b.Length);
        if (shorter < 5)
        {
            return false;
        }

        var errors = Math.Max(1, shorter / 5);
        if (a.StartsWith(b) || b.StartsWith(a) || a.EndsWith(b) || b.EndsWith(a))
        {
            return true;
        }

        return Letters.Within(_streetLetters[left], _streetLetters[right], errors + 1)
            && ((Math.Abs(a.Length - b.Length) <= errors && Levenshtein.Distance(a, b) <= errors)
                || JaroWinkler.Similarity(a, b) >= .93);
    }

    // "new york" and "new york city", "hollywood" and "w hollywood".
    private bool IsPart(int left, int right)
    {
        var a = _towns.Bytes(left);
        var b = _towns.Bytes(right);
        var longer = a.Length > b.Length ? a : b;
        var shorter = a.Length > b.Length ? b : a;
        return shorter.Length >= ShortestTown && longer.Length > shorter.Length + 1
            && ((longer[shorter.Length] == ' ' && longer.StartsWith(shorter))
                || (longer[longer.Length - shorter.Length - 1] == ' ' && longer.EndsWith(shorter)));
    }

    private static bool? Pair(int a, int b) => a == 0 || b == 0 ? null : a == b;
}
