using System.Globalization;
using System.Linq.Expressions;
using Rcu.Customers;

namespace Rcu.Segmentation;

/// <summary>
/// « À moins de 20 km de 75008 »: as the crow flies, on a sphere, between the places of two postal codes. A postal code that has no place
/// of its own, as those of large receivers of mail, lies where its commune does. Nowhere else than in France is anything near.
/// </summary>
internal static class Nearness
{
    public const int MostKilometres = 500;

    private const double EarthRadius = 6_371;
    private const double Radian = Math.PI / 180;

    // Every country whose mail goes by French postal codes.
    private static readonly List<string> French = ["FR", "GP", "MQ", "GF", "RE", "YT", "PM", "BL", "MF", "NC", "PF", "WF", "MC"];

    // Half the angle between two places, by its sine squared: it grows as the distance does.
    private static readonly Expression<Func<IQueryable<Place>, string, double, bool, IQueryable<string>>> Around = (places, centre, most, communes) => places
        .Where(c => !c.IsCommune && c.Code == centre)
        .SelectMany(c => places.Where(p => p.IsCommune == communes
            && Math.Pow(Math.Sin((p.Latitude - c.Latitude) * Radian / 2), 2)
            + (Math.Cos(p.Latitude * Radian) * Math.Cos(c.Latitude * Radian) * Math.Pow(Math.Sin((p.Longitude - c.Longitude) * Radian / 2), 2)) <= most))
        .Select(p => p.Code);

    private static readonly Expression<Func<IQueryable<Place>, IQueryable<string>>> Known = places => places.Where(p => !p.IsCommune).Select(p => p.Code);

    /// <summary>Whether an address lies within the distance a condition names: its kilometres, then its postal code.</summary>
    /// <param name="postalCode">The postal code of the address.</param>
    public static Expression Within(Expression places, Expression postalCode, Condition.Compare compare, string path)
    {
        var kilometres = Kilometres(compare, path);
        var most = FieldComparison.Parameter(Math.Pow(Math.Sin(kilometres / (2 * EarthRadius)), 2), typeof(double));
        var centre = FieldComparison.Parameter(Centre(compare, path), typeof(string));
        Expression Near(bool communes) => Inline(Around, places, centre, most, Expression.Constant(communes));
        var address = ((MemberExpression)postalCode).Expression!;
        var commune = Expression.Property(address, nameof(Address.CommuneCode));
        var country = Expression.Property(address, nameof(Address.Country));
        var isFrench = Expression.OrElse(Null(country), OneOf(FieldComparison.Parameter(French, typeof(List<string>)), country));
        var byCommune = Expression.AndAlso(
            Expression.Not(OneOf(Inline(Known, places), postalCode)), Expression.AndAlso(Expression.Not(Null(commune)), OneOf(Near(true), commune)));
        return Expression.AndAlso(
            Expression.AndAlso(Expression.Not(Null(postalCode)), isFrench), Expression.OrElse(OneOf(Near(false), postalCode), byCommune));
    }

    /// <summary>The postal code a condition measures from; refused when it is none.</summary>
    public static string Centre(Condition.Compare compare, string path) =>
        compare.Values[1].Trim() is { Length: 5 } code && code.All(char.IsAsciiDigit) ? code
            : throw new Refused(SegmentationErrors.UnknownPlace(path, compare.Values[1].Length > 60 ? compare.Values[1][..60] : compare.Values[1]));

    /// <summary>As the crow flies, in kilometres.</summary>
    public static double Between(Place from, Place to)
    {
        var (north, east) = ((to.Latitude - from.Latitude) * Radian / 2, (to.Longitude - from.Longitude) * Radian / 2);
        var half = Math.Pow(Math.Sin(north), 2) + (Math.Cos(from.Latitude * Radian) * Math.Cos(to.Latitude * Radian) * Math.Pow(Math.Sin(east), 2));
        return 2 * EarthRadius * Math.Asin(Math.Min(1, Math.Sqrt(half)));
    }

    /// <summary>Where an address lies, of the places given; null when nothing says.</summary>
    public static Place? Of(Address address, IEnumerable<Place> places) => address.Country is { } country && !French.Contains(country) ? null
        : places.FirstOrDefault(p => !p.IsCommune && p.Code == address.PostalCode)
            ?? (address.PostalCode is null ? null : places.FirstOrDefault(p => p.IsCommune && p.Code == address.CommuneCode));

    /// <summary>The accounts that lie somewhere known: the others are near nothing.</summary>
    public static IQueryable<Account> Placed(IQueryable<Account> accounts, IQueryable<Place> places)
    {
        var (codes, communes) = (places.Where(p => !p.IsCommune).Select(p => p.Code), places.Where(p => p.IsCommune).Select(p => p.Code));
        return accounts.Where(a => a.Address.PostalCode != null && (a.Address.Country == null || French.Contains(a.Address.Country))
            && (codes.Contains(a.Address.PostalCode) || (a.Address.CommuneCode != null && communes.Contains(a.Address.CommuneCode))));
    }

    private static int Kilometres(Condition.Compare compare, string path) =>
        int.TryParse(compare.Values[0].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var kilometres) && kilometres is >= 1 and <= MostKilometres
            ? kilometres
            : throw new Refused(SegmentationErrors.BadRadius(path, compare.Values[0].Length > 60 ? compare.Values[0][..60] : compare.Values[0], MostKilometres));

    private static MethodCallExpression OneOf(Expression codes, Expression code) => Expression.Call(
        codes.Type == typeof(List<string>) ? typeof(Enumerable) : typeof(Queryable), nameof(Enumerable.Contains), [typeof(string)], codes, code);

    private static BinaryExpression Null(Expression value) => Expression.Equal(value, Expression.Constant(null, value.Type));

    private static Expression Inline(LambdaExpression asked, params Expression[] by) =>
        new Replace(asked.Parameters.Zip(by).ToDictionary(pair => pair.First, pair => pair.Second)).Visit(asked.Body);

    private sealed class Replace(IReadOnlyDictionary<ParameterExpression, Expression> by) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => by.TryGetValue(node, out var other) ? other : node;
    }
}
