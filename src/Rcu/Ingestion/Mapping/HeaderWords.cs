using System.Text.RegularExpressions;
using Rcu.Identifiers;
using Rcu.Matching;

namespace Rcu.Ingestion.Mapping;

/// <summary>What a column's header says it holds, in French or in English, whatever its case, accents, signs and numbers.</summary>
public static partial class HeaderWords
{
    // Whole headers, once the words that say whose they are have been taken away.
    private static readonly (FieldKind Kind, string Headers)[] Phrases =
    [
        (FieldKind.Siret, "SIRET|N SIRET|NO SIRET|NUM SIRET|NUMERO SIRET|CODE SIRET|SIRET SIEGE"),
        (FieldKind.Siren, "SIREN|N SIREN|NO SIREN|NUM SIREN|NUMERO SIREN|CODE SIREN"),
        (FieldKind.Vat, "TVA|NUM TVA|NUMERO TVA|N TVA|TVA INTRA|TVA INTRACOM|TVA INTRACOMMUNAUTAIRE|NUMERO TVA INTRACOMMUNAUTAIRE|N TVA INTRACOMMUNAUTAIRE"
            + "|VAT|VAT NUMBER|VAT NO|VAT ID|VAT REGISTRATION NUMBER|TAX ID|TAX NUMBER|CODE TVA INTRACOMMUNAUTAIRE"),
        (FieldKind.Email, "EMAIL|E MAIL|MAIL|MEL|COURRIEL|ADRESSE MAIL|ADRESSE EMAIL|ADRESSE E MAIL|ADRESSE ELECTRONIQUE|EMAIL ADDRESS|E MAIL ADDRESS|EMAILADDRESS|MAIL ADDRESS"),
        (FieldKind.Phone, "PHONE|PHONE NUMBER|PHONE NO|TEL|TELEPHONE|TELEPHONE NUMBER|NUMERO TELEPHONE|NUMERO DE TELEPHONE|N TELEPHONE|N TEL|NUM TEL|TEL FIXE|FIXE|STANDARD|TELEPHONE FIXE|TELEPHONE MOBILE"
            + "|MOBILE|MOBILE PHONE|MOBILE NUMBER|TEL MOBILE|TEL PORTABLE|PORTABLE|TELEPHONE PORTABLE|GSM|CELL|CELLPHONE|CELL PHONE|SMS|LANDLINE|LIGNE DIRECTE|DIRECT LINE|FAX|TELECOPIE"),
        (FieldKind.Website, "WEBSITE|WEB SITE|SITE|SITE WEB|SITE INTERNET|WEB|URL|SITE URL|WEBSITE URL|DOMAINE|DOMAIN|NOM DE DOMAINE|DOMAIN NAME|HOMEPAGE|HOME PAGE"),
        (FieldKind.PostalCode, "CP|CODE POSTAL|CODEPOSTAL|CODE POST|POSTAL CODE|POSTALCODE|POSTCODE|POST CODE|ZIP|ZIP CODE|ZIPCODE|ZIP POSTAL CODE|POSTAL ZIP CODE|PLZ|NPA"),
        (FieldKind.Town, "VILLE|CITY|TOWN|COMMUNE|LOCALITE|LOCALITY|SUBURB|MUNICIPALITY|BUREAU DISTRIBUTEUR|CITY NAME|NOM COMMUNE|LIBELLE COMMUNE|NOM VILLE"),
        (FieldKind.HouseNumber, "NUMERO DE VOIE|NUMERO VOIE|N VOIE|NUM VOIE|NUMERO DE RUE|NUMERO RUE|N RUE|HOUSE NUMBER|HOUSE NO|STREET NUMBER|STREET NO|HOUSENUMBER"),
        (FieldKind.Street, "ADRESSE|ADRESSE POSTALE|ADDRESS|ADDRESS LINE|STREET|STREET ADDRESS|STREET NAME|RUE|VOIE|NOM DE VOIE|NOM VOIE|LIBELLE VOIE|ADR|ADDR|ADRESSE RUE|LIGNE ADRESSE|ADRESSE LIGNE"
            + "|COMPLEMENT|COMPLEMENT ADRESSE|COMPLEMENT D ADRESSE|ADDRESS COMPLEMENT|LIEU DIT|RUE ET NUMERO"),
        (FieldKind.Address, "ADRESSE COMPLETE|FULL ADDRESS|COMPLETE ADDRESS|ADDRESS FULL|ADRESSE ENTIERE"),
        (FieldKind.Region, "REGION|STATE|PROVINCE|COUNTY|DEPARTEMENT|DEPT|DEP|STATE PROVINCE|CODE DEPARTEMENT|NOM DEPARTEMENT|CANTON"),
        (FieldKind.Country, "PAYS|COUNTRY|CODE PAYS|COUNTRY CODE|COUNTRY NAME|NOM PAYS|NATION"),
        (FieldKind.BirthDate, "DATE DE NAISSANCE|DATE NAISSANCE|NAISSANCE|DATE NAISS|NE LE|NEE LE|NE E LE|NE OU NEE LE|DOB|DATE OF BIRTH|BIRTH DATE|BIRTHDATE|BIRTHDAY|BIRTH DAY|ANNIVERSAIRE|DDN|DTN"),
        (FieldKind.GivenName, "PRENOM|PRENOMS|PRENOM USUEL|FIRST NAME|FIRSTNAME|GIVEN NAME|GIVENNAME|FORENAME|FNAME|FIRST|GIVEN|MIDDLE NAME|CHRISTIAN NAME"),
        (FieldKind.FamilyName, "NOM DE FAMILLE|NOM FAMILLE|NOM PATRONYMIQUE|PATRONYME|NOM USAGE|NOM D USAGE|NOM DE NAISSANCE|NOM MARITAL|LAST NAME|LASTNAME|SURNAME|FAMILY NAME|FAMILYNAME|LNAME|LAST|MAIDEN NAME"),
        (FieldKind.FullName, "NOM PRENOM|PRENOM NOM|NOM ET PRENOM|PRENOM ET NOM|NOM COMPLET|FULL NAME|FULLNAME|PERSON NAME|CONTACT|CONTACT NAME|NOM CONTACT|NOM DU CONTACT|INTERLOCUTEUR|DIRIGEANT|NOM DIRIGEANT|NOM DU DIRIGEANT|GERANT|PERSONNE|VISITEUR"),
        (FieldKind.CompanyName, "RAISON SOCIALE|RAISON SOC|RAIS SOC|RS|SOCIETE|NOM SOCIETE|NOM DE LA SOCIETE|ENTREPRISE|NOM ENTREPRISE|NOM DE L ENTREPRISE|COMPANY|COMPANY NAME|COMPANYNAME|ORGANISATION|ORGANISATION NAME"
            + "|ORG|ORG NAME|ORGANIZATION|ORGANIZATION NAME|ACCOUNT NAME|BUSINESS NAME|LEGAL NAME|TRADE NAME|BRAND|INTITULE|DENOMINATION|DENOMINATION SOCIALE|DENOMINATION USUELLE|DENOMINATION UNITE LEGALE|ENSEIGNE|NOM COMMERCIAL|NOM COMPTE"
            + "|COMPTE|ETABLISSEMENT|NOM ETABLISSEMENT|EMPLOYER|EMPLOYEUR|FIRM|SUPPLIER|VENDOR|FOURNISSEUR|CLIENT|NOM CLIENT|NOM DU CLIENT|CUSTOMER|CUSTOMER NAME|SUPPLIER NAME|VENDOR NAME|NOM FOURNISSEUR|STRUCTURE|LIBELLE CLIENT|SIGLE|RAISON SOCIALE CLIENT"),
        (FieldKind.JobTitle, "FONCTION|POSTE|JOB|JOB TITLE|JOBTITLE|INTITULE DE POSTE|INTITULE POSTE|METIER|PROFESSION|QUALITE|ROLE|POSITION|OCCUPATION"),
        (FieldKind.Category, "NAF|APE|CODE NAF|CODE APE|NAF CODE|INDUSTRY|SECTEUR|SECTEUR D ACTIVITE|SECTEUR ACTIVITE|ACTIVITE|SECTOR|CUISINE|SEXE|GENRE|GENDER|SEX|ACTIVITE PRINCIPALE"),
        (FieldKind.Identifier, "DUNS|DUNS NUMBER|LEI|RCS|RNA|FINESS|RPPS|ADELI|UAI|EORI|IBAN|NIR|NUMERO SECU|NUMERO SECURITE SOCIALE|SSN|SOC SEC ID|SOCIAL SECURITY NUMBER|NATIONAL ID|PASSPORT|PASSPORT NUMBER|LICENSE NUMBER|NPI|ABN|CRN|COMPANY NUMBER|REGISTRATION NUMBER"),
    ];

    // Whose or which: they change nothing to what the value is.
    private static readonly HashSet<string> Qualifiers =
    [
        "BILLING", "SHIPPING", "MAILING", "MAIN", "PRIMARY", "SECONDARY", "WORK", "HOME", "BUSINESS", "OFFICE", "PRO", "PROFESSIONNEL", "PROFESSIONNELLE", "PERSO",
        "PERSONNEL", "PERSONNELLE", "PRINCIPAL", "PRINCIPALE", "SIEGE", "FACTURATION", "LIVRAISON", "CLIENT", "CUSTOMER", "CONTACT", "PROSPECT", "COMPANY", "SOCIETE",
        "ENTREPRISE", "ETABLISSEMENT", "USER", "LEAD", "ACCOUNT", "COMPTE", "DE", "DU", "DES", "LA", "LE", "L", "D", "THE", "OF", "LIGNE", "LINE", "LIB", "LIBELLE", "ETAB", "UNITE", "LEGALE", "GENERAL",
    ];

    // What is said about the value rather than the value: « Email Opt Out », « Date création », « Nb téléphones ».
    private static readonly HashSet<string> About =
    [
        "OPT", "OPTIN", "OPTOUT", "OUT", "BLACKLISTED", "STATUT", "STATUS", "DATE", "NB", "NOMBRE", "COUNT", "TOTAL", "MONTANT", "AMOUNT", "CREATED", "CREATION", "UPDATED", "MODIFIED",
        "VALID", "VALIDE", "VERIFIED", "BOUNCE", "TYPE", "SOURCE", "CONSENT", "CONSENTEMENT", "FLAG", "SCORE", "RATE", "TAUX", "LATITUDE", "LONGITUDE", "LAT", "LON",
    ];

    private static readonly Dictionary<string, FieldKind> Known = Phrases
        .SelectMany(phrase => phrase.Headers.Split('|').Select(header => (header, phrase.Kind)))
        .ToDictionary(entry => entry.header, entry => entry.Kind, StringComparer.Ordinal);

    /// <summary>The kind that the header names; null when it names none that is known.</summary>
    public static FieldKind? Find(string header)
    {
        var words = Words(header);
        if (words.Count == 0)
        {
            return null;
        }

        if (Known.TryGetValue(string.Join(' ', words), out var exact))
        {
            return exact;
        }

        if (words.Exists(About.Contains))
        {
            return null;
        }

        var bare = words.Where(word => !Qualifiers.Contains(word)).ToList();
        return bare.Count == 0 ? null
            : Known.TryGetValue(string.Join(' ', bare), out var kind) ? kind
            : Almost(string.Join(' ', bare));
    }

    /// <summary>Whether the header speaks about a value (its date, its state, its count) rather than holds one.</summary>
    public static bool SpeaksAbout(string header) => Words(header) is var words && !Known.ContainsKey(string.Join(' ', words)) && words.Exists(About.Contains);

    /// <summary>The words of a header, in capitals, without the numbers that tell one column from its twin.</summary>
    public static List<string> Words(string header)
    {
        var words = Humps().Replace(header, "$1 $2").Folded().Split(' ')
            .Select(word => word.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9')).Where(word => word.Length > 0).ToList();
        // « C.P. » is one word.
        return words.Count > 1 && words.TrueForAll(word => word.Length == 1) ? [string.Concat(words)] : words;
    }

    // One slip in a long word: « Adrese », « Telehone ».
    private static FieldKind? Almost(string header) =>
        header.Length < 5 ? null : Known.Where(known => known.Key.Length >= 5 && IsOneSlipAway(header, known.Key)).Select(known => (FieldKind?)known.Value).FirstOrDefault();

    private static bool IsOneSlipAway(string left, string right)
    {
        if (Math.Abs(left.Length - right.Length) > 1)
        {
            return false;
        }

        var same = left.AsSpan().CommonPrefixLength(right);
        var (a, b) = (left[same..], right[same..]);
        return a.Length == b.Length ? a.Length > 0 && (a[1..] == b[1..] || a.Length > 1 && a[0] == b[1] && a[1] == b[0] && a[2..] == b[2..])
            : a.Length > b.Length ? a[1..] == b : b[1..] == a;
    }

    [GeneratedRegex(@"(\p{Ll})(\p{Lu})")]
    private static partial Regex Humps();
}
