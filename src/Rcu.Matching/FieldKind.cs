namespace Rcu.Matching;

/// <summary>What the values of a column mean: it decides how they are normalised, compared and blocked.</summary>
public enum FieldKind
{
    CompanyName,
    FullName,
    GivenName,
    FamilyName,
    Street,
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
    Category,
    Text,
}
