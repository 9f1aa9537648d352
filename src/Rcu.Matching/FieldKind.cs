namespace Rcu.Matching;

/// <summary>What the values of a column mean: it decides how they are normalised, compared and blocked.</summary>
public enum FieldKind
{
    CompanyName,
    FullName,
    GivenName,
    FamilyName,

    /// <summary>A street with its number, or without when <see cref="HouseNumber"/> holds it.</summary>
    Street,
    HouseNumber,

    /// <summary>A whole address in one value: street, postal code and town.</summary>
    Address,
    PostalCode,
    Town,
    Region,
    Country,
    Phone,
    Email,
    Website,
    Siren,
    Siret,
    Vat,
    Identifier,
    Date,
    BirthDate,
    JobTitle,
    Category,
    Text,
}
