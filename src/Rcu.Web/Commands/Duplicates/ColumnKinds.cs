using Rcu.Matching;

namespace Rcu.Web.Commands.Duplicates;

/// <summary>The kinds of column as they are said on the command line, and what the engine calls them.</summary>
internal static class ColumnKinds
{
    /// <summary>The kind of a column that is copied and not compared.</summary>
    public const string Ignore = "ignore";

    private static readonly (string Name, FieldKind Kind)[] Names =
    [
        ("company_name", FieldKind.CompanyName),
        ("person_name", FieldKind.FullName),
        ("given_name", FieldKind.GivenName),
        ("family_name", FieldKind.FamilyName),
        ("street", FieldKind.Street),
        ("house_number", FieldKind.HouseNumber),
        ("address", FieldKind.Address),
        ("postal_code", FieldKind.PostalCode),
        ("city", FieldKind.Town),
        ("region", FieldKind.Region),
        ("country", FieldKind.Country),
        ("phone", FieldKind.Phone),
        ("email", FieldKind.Email),
        ("website", FieldKind.Website),
        ("siren", FieldKind.Siren),
        ("siret", FieldKind.Siret),
        ("vat", FieldKind.Vat),
        ("identifier", FieldKind.Identifier),
        ("date", FieldKind.Date),
        ("date_of_birth", FieldKind.BirthDate),
        ("job_title", FieldKind.JobTitle),
        ("category", FieldKind.Category),
        ("text", FieldKind.Text),
    ];

    public static IEnumerable<string> All => Names.Select(n => n.Name).Append(Ignore);

    public static bool IsKnown(string name) => name == Ignore || Find(name) is not null;

    public static FieldKind? Find(string name) => Names.Where(n => n.Name == name).Select(n => (FieldKind?)n.Kind).FirstOrDefault();

    public static string NameOf(FieldKind kind) => Names.First(n => n.Kind == kind).Name;

    /// <summary>Whether a record can be told from another by it: a town or a category alone cannot.</summary>
    public static bool Tells(FieldKind kind) => kind is FieldKind.CompanyName or FieldKind.FullName or FieldKind.GivenName or FieldKind.FamilyName
        or FieldKind.Street or FieldKind.Address or FieldKind.Phone or FieldKind.Email or FieldKind.Website or FieldKind.Siren or FieldKind.Siret
        or FieldKind.Vat or FieldKind.Identifier;

    /// <summary>
    /// People when their names are there, unless official numbers say that the rows are companies, or the only name beside a
    /// company's and its address is that of its contact.
    /// </summary>
    /// <param name="isTold">The kinds were told, not guessed: a company's contact would not have been named then.</param>
    public static EntityKind EntityOf(IReadOnlyCollection<FieldKind> kinds, bool isTold)
    {
        bool Has(params FieldKind[] some) => some.Any(kinds.Contains);
        var ofCompanies = Has(FieldKind.CompanyName) && Has(FieldKind.Siren, FieldKind.Siret, FieldKind.Vat);
        var withContact = Has(FieldKind.CompanyName) && Has(FieldKind.Street, FieldKind.Address, FieldKind.PostalCode);
        return (isTold || !ofCompanies) && (Has(FieldKind.GivenName, FieldKind.FamilyName, FieldKind.BirthDate) || Has(FieldKind.FullName) && !withContact)
            ? EntityKind.Person
            : EntityKind.Company;
    }
}
