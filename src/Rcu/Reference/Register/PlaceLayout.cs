using System.Globalization;
using System.Text;
using Rcu.Data;

namespace Rcu.Reference.Register;

/// <summary>
/// laposte_hexasmal: the postal codes of each commune with a point of it, as La Poste opens them (licence ouverte). What it says wins over
/// what was delivered; the rest stays.
/// </summary>
internal sealed class PlaceLayout() : RegisterLayout("places", "laposte_hexasmal", Official, "")
{
    private static readonly string[] Official = ["code_commune_insee", "code_postal", "_geopoint"];

    public override IReadOnlyDictionary<string, string[]> Fills { get; } = new Dictionary<string, string[]>();

    public override IReadOnlyList<string> Needed => [];

    public override string Table => "register.places_next (postal_code, commune, latitude, longitude, weight)";

    public override string Adding => "select register.add_places()";

    public override string? Write(IRegisterRows row, CopyRows rows)
    {
        if (Bytes(row, 2).IsEmpty)
        {
            return RegisterErrors.NoPoint;
        }

        if (!IsDigits(Bytes(row, 1), 5) || Bytes(row, 0).Length != 5 || !TryPoint(Encoding.UTF8.GetString(Bytes(row, 2)), out var latitude, out var longitude))
        {
            return RegisterErrors.BadPlace;
        }

        rows.Begin(5);
        rows.AddText(Bytes(row, 1));
        rows.AddText(Bytes(row, 0));
        rows.Add(latitude);
        rows.Add(longitude);
        rows.Add((double)Math.Max(1, Communes.Find(Encoding.UTF8.GetString(Bytes(row, 0)))?.Population ?? 1));
        return null;
    }

    protected override RegisterLayout Fresh() => new PlaceLayout();

    // « 48.8725,2.3125 »: north, then east.
    private static bool TryPoint(string point, out double latitude, out double longitude)
    {
        var parts = point.Split(',');
        longitude = 0;
        return TryDegrees(parts[0], 90, out latitude) && parts.Length == 2 && TryDegrees(parts[1], 180, out longitude);
    }

    private static bool TryDegrees(string text, int most, out double degrees) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out degrees)
        && Math.Abs(degrees) <= most;
}
