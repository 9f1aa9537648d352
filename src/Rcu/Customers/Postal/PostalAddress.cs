namespace Rcu.Customers.Postal;

/// <summary>
/// An address as the French post wants it written (NF Z10-011): six lines of 38 characters at most, in capitals without accent,
/// and a seventh for a country abroad.
/// </summary>
/// <param name="Addressee">Line 1: who it is for.</param>
/// <param name="Inside">Line 2: the person or the service inside, when line 1 is a company.</param>
/// <param name="Building">Line 3: entrance, building, residence, industrial estate.</param>
/// <param name="Street">Line 4: number and street.</param>
/// <param name="Place">Line 5: BP, CS or TSA, or the locality.</param>
/// <param name="Town">Line 6: postal code and town, with CEDEX.</param>
/// <param name="Country">Line 7, abroad only.</param>
/// <param name="Issues">What keeps it from being a good address.</param>
public sealed record PostalAddress(
    string? Addressee, string? Inside, string? Building, string? Street, string? Place, string? Town, string? Country, IReadOnlyList<PostalIssue> Issues)
{
    /// <summary>The longest a line may be.</summary>
    public const int Width = 38;

    /// <summary>The lines to print: the empty ones are left out.</summary>
    public IReadOnlyList<string> Lines => [.. new[] { Addressee, Inside, Building, Street, Place, Town, Country }.OfType<string>()];

    /// <summary>Whether a letter has a chance to arrive: a town, and a street or a place in it.</summary>
    public bool CanBeDelivered => Town is not null && !Issues.Any(issue => issue.Stops);
}

/// <summary>Something wrong with an address.</summary>
/// <param name="Code">Stable: <c>postal.no_street</c>.</param>
/// <param name="Message">A French sentence.</param>
/// <param name="Stops">Whether a letter would come back.</param>
public sealed record PostalIssue(string Code, string Message, bool Stops = false);
