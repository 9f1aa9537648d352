using Rcu.Customers;
using Rcu.Matching;

namespace Rcu.Web.Commands;

/// <summary>What the columns of an unknown file mean, from their headers in French or English.</summary>
internal static class DedupeColumns
{
    // The first that holds decides; a word alone matches the whole header, so that « nom » is not « nom de rue ».
    private static readonly (FieldKind Kind, string[] Words)[] Known =
    [
        (FieldKind.Siret, ["siret", "n siret", "numero siret"]),
        (FieldKind.Siren, ["siren", "n siren"]),
        (FieldKind.Vat, ["tva", "num tva", "numero tva", "vat", "vat number", "tva intracom", "tva intracommunautaire"]),
        (FieldKind.Email, ["email", "mail", "e mail", "courriel", "adresse mail", "adresse email"]),
        (FieldKind.Phone, ["phone", "tel", "telephone", "mobile", "portable", "n tel", "sms", "phone number"]),
        (FieldKind.Website, ["website", "site", "site web", "web", "url", "domaine", "domain"]),
        (FieldKind.PostalCode, ["cp", "code postal", "postal code", "postcode", "zip", "billing zip postal code"]),
        (FieldKind.Town, ["ville", "city", "town", "commune", "billing city", "suburb"]),
        (FieldKind.Street, ["adresse", "address", "street", "rue", "voie", "billing street", "addr", "adresse 1", "address 1"]),
        (FieldKind.Region, ["region", "state"]),
        (FieldKind.Country, ["pays", "country", "billing country"]),
        (FieldKind.BirthDate, ["date de naissance", "dob", "date of birth", "birth date"]),
        (FieldKind.GivenName, ["prenom", "first name", "given name", "firstname"]),
        (FieldKind.FamilyName, ["nom de famille", "last name", "surname", "family name", "lastname"]),
        (FieldKind.FullName, ["nom prenom", "nom complet", "full name", "contact"]),
        (FieldKind.CompanyName, ["raison sociale", "rais soc", "societe", "entreprise", "company", "company name", "organisation", "org name",
            "organization", "account name", "intitule", "denomination", "name"]),
    ];

    public static (EntityKind Kind, IReadOnlyList<(string Column, FieldKind Kind)> Known) Guess(IReadOnlyList<string> columns)
    {
        var folded = columns.Select(c => (Column: c, Name: SearchText.Fold(c.Replace('_', ' ')))).ToList();
        var known = folded
            .Select(c => (c.Column, Kind: Known.Where(k => k.Words.Contains(c.Name)).Select(k => (FieldKind?)k.Kind).FirstOrDefault()))
            .Where(c => c.Kind is not null)
            .Select(c => (c.Column, c.Kind!.Value))
            .ToList();

        // « Nom » is a person's beside a « Prénom », else a company's.
        var person = known.Exists(k => k.Value is FieldKind.GivenName or FieldKind.FamilyName or FieldKind.FullName or FieldKind.BirthDate);
        if (folded.Find(c => c.Name is "nom").Column is { } name)
        {
            known.Add((name, person ? FieldKind.FamilyName : FieldKind.CompanyName));
        }

        return (person ? EntityKind.Person : EntityKind.Company, known);
    }
}
