using Rcu.Matching.Normalisation;
using Rcu.Matching.Text;

namespace Rcu.Matching.Comparisons;

/// <summary>Street, postal code, town and region as one evidence: apart, they would say the same thing several times.</summary>
/// <param name="ofFirm">People in firms: the place is their firm's, and says little once the firm is known.</param>
internal sealed class PlaceComparison(FieldMap fields, bool ofFirm) : Comparison("place",
[
    new Level("address", .40, 5e-4, ByFrequency: true),
    new Level("street", .08, 1e-3, ByFrequency: true),
    new Level("near_street", .12, 1e-3, ByFrequency: true),
    new Level("postal_code", .16, 4e-3, ByFrequency: true),
    new Level("town", .08, 6e-3, ByFrequency: true),
    new Level("other_street", .05, 4e-3, ByFrequency: true),
    new Level("department", .06, .06),
    new Level("different", ofFirm ? .30 : .10, .9),
])
{
    private const double FirmBits = 6;
    private readonly int[] _streets = fields.Of(FieldKind.Street);
    private readonly int[] _postalCodes = fields.Of(FieldKind.PostalCode);
    private readonly int[] _towns = fields.Of(FieldKind.Town);
    private readonly int[] _regions = fields.Of(FieldKind.Region);
    private readonly ValueTable _table = new();
    private readonly Column _address = new(1);
    private readonly Column _street = new(1);
    private readonly Column _number = new(1);
    private readonly Column _postalCode = new(1);
    private readonly Column _town = new(1);
    private readonly Column _department = new(1);
    private int _known;
    private readonly Rarity _addressRarity = new(5e-4, 4096);
    private readonly Rarity _streetRarity = new(1e-3, 4096);
    private readonly Rarity _postalCodeRarity = new(4e-3, 1000);
    private readonly Rarity _townRarity = new(6e-3, 1000);

    private sealed record Place(
        string? Address, string? Street, string? Number, string? PostalCode, string? Town, string? Department);

    public override object? Read(IReadOnlyList<string?> values)
    {
        var (number, street) = ReadStreet(values);
        var postalCode = First(values, _postalCodes, Streets.PostalCode);
        var town = First(values, _towns, Streets.Town);
        var department = Streets.Department(postalCode)
            ?? First(values, _regions, text => text is null ? null : Folding.LettersAndDigits(text));
        if (street is null && postalCode is null && town is null && department is null)
        {
            return null;
        }

        var address = street is null ? null : $"{number} {street} {(postalCode ?? town)}".Trim();
        return new Place(address, street, number, postalCode, town, department);
    }

    public override void Reserve(int rows)
    {
        foreach (var column in new[] { _address, _street, _number, _postalCode, _town, _department })
        {
            column.Reserve(rows);
        }
    }

    public override void Store(int row, object? read)
    {
        var place = read as Place;
        Set(_address, row, place?.Address);
        Set(_street, row, place?.Street);
        Set(_number, row, place?.Number);
        Set(_postalCode, row, place?.PostalCode);
        Set(_town, row, place?.Town);
        Set(_department, row, place?.Department);
    }

    public override void Complete(int rows)
    {
        _addressRarity.Count(_address, rows, _table.Count);
        _streetRarity.Count(_street, rows, _table.Count);
        _postalCodeRarity.Count(_postalCode, rows, _table.Count);
        _townRarity.Count(_town, rows, _table.Count);
        _known = _table.Count;
    }

    public override void Forget(int row)
    {
        Store(row, null);
        _table.Forget(_known);
    }

    public int Street(int row) => _street.First(row);

    public int Number(int row) => _number.First(row);

    public int PostalCode(int row) => _postalCode.First(row);

    public int Town(int row) => _town.First(row);

    public int Department(int row) => _department.First(row);

    public override int Compare(int left, int right)
    {
        var postalCodes = Pair(_postalCode, left, right);
        var towns = Pair(_town, left, right);
        var departments = Pair(_department, left, right);
        var streets = Pair(_street, left, right);
        if (postalCodes is null && towns is null)
        {
            return streets is null ? departments is null ? 0 : departments.Value ? 7 : 8 : CompareStreets(left, right, streets.Value, 8);
        }

        if (postalCodes is true || towns is true)
        {
            var area = postalCodes is true ? 4 : 5;
            return streets is null ? area : CompareStreets(left, right, streets.Value, 6);
        }

        // A wrong postal code or the commune next door: the same street and number still say so.
        if (streets is not null && departments is not false && CompareStreets(left, right, streets.Value, 8) is 1)
        {
            return 2;
        }

        return departments is true ? 7 : 8;
    }

    public override double Bits(int left, int right, int level) =>
        ofFirm ? Math.Min(FirmBits, BitsOf(left, right, level)) : BitsOf(left, right, level);

    private double BitsOf(int left, int right, int level) => level switch
    {
        1 => Math.Min(_addressRarity.Bits(_address.First(left)), _addressRarity.Bits(_address.First(right))),
        3 when Pair(_number, left, right) is true => Math.Min(
            _addressRarity.Bits(_address.First(left)), _addressRarity.Bits(_address.First(right))) - 1,
        2 or 3 => Math.Max(5, _streetRarity.Bits(_street.First(left)) - 1),
        4 => _postalCodeRarity.Bits(_postalCode.First(left)),
        5 => _townRarity.Bits(_town.First(left)),
        _ => _postalCode.First(left) == _postalCode.First(right) && _postalCode.First(left) != 0
            ? _postalCodeRarity.Bits(_postalCode.First(left))
            : _townRarity.Bits(_town.First(left)),
    };

    public override string? Show(int row)
    {
        var parts = new[] { _number, _street, _postalCode, _town }.Select(column => _table.Text(column.First(row)));
        var shown = string.Join(' ', parts.Where(part => part is not null));
        return shown.Length > 0 ? shown : _table.Text(_department.First(row));
    }

    private int CompareStreets(int left, int right, bool same, int otherwise)
    {
        var numbers = Pair(_number, left, right);
        if (same)
        {
            return numbers is false ? 3 : numbers is true ? 1 : 2;
        }

        return numbers is not false && NearStreets(_street.First(left), _street.First(right)) ? 3 : otherwise;
    }

    private bool NearStreets(int left, int right)
    {
        var a = _table.Bytes(left);
        var b = _table.Bytes(right);
        var shorter = Math.Min(a.Length, b.Length);
        return shorter >= 5 && (a.StartsWith(b) || b.StartsWith(a) || a.EndsWith(b) || b.EndsWith(a)
            || Levenshtein.Distance(a, b) <= Math.Max(1, shorter / 5) || JaroWinkler.Similarity(a, b) >= .93);
    }

    private static bool? Pair(Column column, int left, int right)
    {
        var (a, b) = (column.First(left), column.First(right));
        return a == 0 || b == 0 ? null : a == b;
    }

    private void Set(Column column, int row, string? text)
    {
        column.Clear(row);
        column.Add(row, _table.Encode(text));
    }

    private (string? Number, string? Name) ReadStreet(IReadOnlyList<string?> values)
    {
        string? number = null, name = null;
        foreach (var field in _streets)
        {
            var read = Streets.Street(values[field]);
            number ??= name is null ? read.Number : null;
            name ??= read.Name;
        }

        return (number, name);
    }

    private static string? First(IReadOnlyList<string?> values, int[] fields, Func<string?, string?> read)
    {
        foreach (var field in fields)
        {
            if (read(values[field]) is { } found)
            {
                return found;
            }
        }

        return null;
    }
}
