using Rcu.Matching.Normalisation;
using Rcu.Matching.Text;

namespace Rcu.Matching.Comparisons;

/// <summary>The parts of an address in their own fields, or found in one value that holds them all.</summary>
internal sealed class PlaceReader(FieldMap fields)
{
    private const int PostalCodeLength = 5;
    private readonly int[] _streets = fields.Of(FieldKind.Street);
    private readonly int[] _addresses = fields.Of(FieldKind.Address);
    private readonly int[] _numbers = fields.Of(FieldKind.HouseNumber);
    private readonly int[] _postalCodes = fields.Of(FieldKind.PostalCode);
    private readonly int[] _towns = fields.Of(FieldKind.Town);
    private readonly int[] _regions = fields.Of(FieldKind.Region);

    public byte[] Street { get; } = new byte[Folding.Longest];

    public byte[] PostalCode { get; } = new byte[Folding.Longest];

    public byte[] Town { get; } = new byte[Folding.Longest];

    public byte[] Region { get; } = new byte[Folding.Longest];

    public (int Street, int Number, int PostalCode, int Town, int Region) Read(RecordText text)
    {
        var (street, number, postalCode, town, region) = (0, 0, 0, 0, 0);
        foreach (var field in _streets)
        {
            Take(text[field], ref street, ref number);
        }

        foreach (var field in _numbers)
        {
            number = number != 0 ? number : Streets.Number(text[field]);
        }

        foreach (var field in _postalCodes)
        {
            postalCode = postalCode != 0 ? postalCode : Streets.PostalCode(text[field], PostalCode);
        }

        foreach (var field in _towns)
        {
            town = town != 0 ? town : Streets.Town(text[field], Town);
        }

        foreach (var field in _addresses)
        {
            ReadWhole(text[field], ref street, ref number, ref postalCode, ref town);
        }

        foreach (var field in _regions)
        {
            region = region != 0 ? region : Folding.Squeeze(Region.AsSpan(0, Folding.Fold(text[field], Region)));
        }

        return (street, number, postalCode, town, region);
    }

    private void Take(ReadOnlySpan<byte> value, ref int street, ref int number)
    {
        if (street > 0 || value.Length == 0)
        {
            return;
        }

        var read = Streets.Street(value, Street);
        number = number == 0 ? read.Number : number;
        street = read.Length;
    }

    // « 12 rue de la Paix, 75002 Paris »: what comes before the postal code is the street, what follows it the town.
    private void ReadWhole(ReadOnlySpan<byte> value, ref int street, ref int number, ref int postalCode, ref int town)
    {
        var at = PostalCodeAt(value);
        if (at < 0)
        {
            var comma = value.LastIndexOf((byte)',');
            Take(comma > 0 ? value[..comma] : value, ref street, ref number);
            town = town != 0 || comma < 0 ? town : Streets.Town(value[(comma + 1)..], Town);
            return;
        }

        Take(value[..at], ref street, ref number);
        postalCode = postalCode != 0 ? postalCode : Streets.PostalCode(value.Slice(at, PostalCodeLength), PostalCode);
        town = town != 0 ? town : Streets.Town(value[(at + PostalCodeLength)..], Town);
    }

    // The last number of five digits that does not begin the address.
    private static int PostalCodeAt(ReadOnlySpan<byte> value)
    {
        var found = -1;
        for (var i = 1; i + PostalCodeLength <= value.Length; i++)
        {
            var end = i + PostalCodeLength;
            if (!Folding.IsDigit(value[i - 1]) && (end == value.Length || !Folding.IsDigit(value[end]))
                && value[i..end].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0)
            {
                found = i;
            }
        }

        return found;
    }
}
