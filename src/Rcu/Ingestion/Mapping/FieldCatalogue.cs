using Rcu.Customers;
using Rcu.Matching;

namespace Rcu.Ingestion.Mapping;

/// <summary>The fields that the records of each kind may hold, and what French and English sources call them.</summary>
public static class FieldCatalogue
{
    private const string AccountKey =
        "ACCOUNT ID|ID ACCOUNT|ID COMPTE|COMPTE ID|CODE CLIENT|N CLIENT|NUMERO CLIENT|NUM CLIENT|ID CLIENT|CLIENT ID|CUSTOMER ID|CUSTOMER CODE|CUSTOMER NUMBER|COMPANY ID|ID SOCIETE|CODE TIERS|COMP AUX NUM|CODE SOCIETE";

    private const string Created =
        "DATE CREATION|DATE DE CREATION|CREE LE|CREATED|CREATED AT|CREATED DATE|CREATED ON|CREATE DATE|DATE CREATED|ADDED TIME|DATE AJOUT|DATE D AJOUT|DATE ENTREE";

    private static readonly CanonicalField[] Account =
    [
        new("name", "NOM|NAME|COMPANY|CLIENT|INTITULE|TIERS", FieldKind.CompanyName),
        new("legal_name", "RAISON SOCIALE LEGALE|LEGAL NAME|DENOMINATION SOCIALE|DENOMINATION LEGALE"),
        new("brand", "ENSEIGNE|MARQUE|BRAND|NOM COMMERCIAL|TRADE NAME"),
        new("siren", "", FieldKind.Siren),
        new("siret", "", FieldKind.Siret),
        new("vat", "", FieldKind.Vat),
        new("naf", "NAF|APE|CODE NAF|CODE APE|NAF CODE|ACTIVITE PRINCIPALE|CODE ACTIVITE|NACE"),
        new("legal_form", "FORME JURIDIQUE|FORME|LEGAL FORM|STATUT JURIDIQUE|CATEGORIE JURIDIQUE"),
        new("street", "ADRESSE 1|ADR 1", FieldKind.Street),
        new("complement", "COMPLEMENT|COMPLEMENT ADRESSE|COMPLEMENT D ADRESSE|ADDRESS COMPLEMENT|LIEU DIT|BATIMENT"),
        new("postal_code", "", FieldKind.PostalCode),
        new("city", "", FieldKind.Town),
        new("postal_city", "CP VILLE|CODE POSTAL VILLE|CODE POSTAL ET VILLE|CP ET VILLE|ZIP CITY"),
        new("country", "", FieldKind.Country),
        new("phone", "", FieldKind.Phone),
        new("email", "", FieldKind.Email),
        new("website", "", FieldKind.Website),
        new("type", "TYPE|TYPE CLIENT|TYPE COMPTE|TYPE DE COMPTE|STATUT|STATUS|STATUT CLIENT|CATEGORIE|ACCOUNT TYPE|LIFECYCLE STAGE"),
        new("headcount", "EFFECTIF|EFFECTIFS|NB SALARIES|NOMBRE DE SALARIES|SALARIES|EMPLOYEES|NUMBER OF EMPLOYEES|HEADCOUNT|NB EMPLOYES|TAILLE"),
        new("payment_terms", "REGLEMENT|MODE DE REGLEMENT|CONDITIONS DE REGLEMENT|PAYMENT TERMS|CONDITIONS DE PAIEMENT|ECHEANCE"),
        new("ledger_account", "COMPTE COMPTABLE|COMPTE COLLECTIF|COMPTE GENERAL|LEDGER ACCOUNT"),
        new("owner", "PROPRIETAIRE|OWNER|ACCOUNT OWNER|COMMERCIAL|VENDEUR|CHARGE DE CLIENTELE|CHARGE D AFFAIRES|SALES REP|REPRESENTANT|OWNER EMAIL|RESPONSABLE COMPTE"),
        new("routing_address", "ADRESSE DE ROUTAGE|ROUTAGE|ADRESSE FACTURATION ELECTRONIQUE|ADRESSE ELECTRONIQUE DE FACTURATION|ELECTRONIC ADDRESS|ROUTING ADDRESS|ENDPOINT ID|ADRESSE PPF|ADRESSE PDP"),
        new("blocked", "BLOQUE|BLOCKED|EN SOMMEIL|CLIENT BLOQUE"),
        new("created_on", Created),
        new(CanonicalField.Key, AccountKey + "|ID|CODE|REFERENCE|REF|EXTERNAL ID|RECORD ID|NUMERO|N", IsKey: true),
    ];

    private static readonly CanonicalField[] Contact =
    [
        new("civility", "CIVILITE|CIV|CIVILITY|SALUTATION|TITRE|TITLE|GENRE"),
        new("given_name", "", FieldKind.GivenName),
        new("family_name", "NOM", FieldKind.FamilyName),
        new("full_name", "NOM PRENOM|NOM ET PRENOM|CONTACT|INTERLOCUTEUR|NAME", FieldKind.FullName),
        new("email", "", FieldKind.Email),
        new("phone", "", FieldKind.Phone),
        new("mobile", "MOBILE|PORTABLE|TEL PORTABLE|TELEPHONE PORTABLE|TEL MOBILE|TELEPHONE MOBILE|GSM|SMS|CELL|CELL PHONE|MOBILE PHONE"),
        new("linkedin", "LINKEDIN|LINKEDIN URL|PROFIL LINKEDIN|URL LINKEDIN|LINKED IN"),
        new("job_title", "FONCTION|POSTE|JOB TITLE|TITLE|INTITULE DE POSTE|QUALITE", FieldKind.JobTitle),
        new("company_name", "", FieldKind.CompanyName),
        new("company_siren", "", FieldKind.Siren),
        new("company_siret", "", FieldKind.Siret),
        new("account_key", AccountKey),
        new("street", "", FieldKind.Street),
        new("postal_code", "", FieldKind.PostalCode),
        new("city", "", FieldKind.Town),
        new("postal_city", "CP VILLE|CODE POSTAL VILLE|CODE POSTAL ET VILLE|CP ET VILLE|ZIP CITY"),
        new("country", "", FieldKind.Country),
        new("opt_in", "OPTIN|OPT IN|CONSENTEMENT|CONSENT|ACCORD|ACCORD RGPD|RGPD|OPTIN EMAIL|EMAIL OPT IN|NEWSLETTER|ABONNE"),
        new("opt_in_source", "SOURCE|ORIGINE|ORIGINE DU CONSENTEMENT|CONSENT SOURCE|SOURCE OPTIN"),
        new("opt_out", "OPTOUT|OPT OUT|EMAIL OPT OUT|DESABONNE|DESINSCRIT|UNSUBSCRIBED|BLACKLIST|EMAIL BLACKLISTED|OPPOSITION|STOP EMAIL|NE PAS CONTACTER|HAS OPTED OUT OF EMAIL"),
        new("note", "REMARQUES|REMARQUE|COMMENTAIRE|COMMENTAIRES|NOTE|NOTES|OBSERVATIONS|COMMENTS"),
        new("created_on", Created),
        new("seen_at", "DATE|VU LE|DATE RENCONTRE|DATE SCAN|DATE DE PASSAGE"),
        new(CanonicalField.Key, "CONTACT ID|ID CONTACT|ID|REFERENCE|REF|EXTERNAL ID|RECORD ID|N|NUMERO|CODE CONTACT|USER ID|LEAD ID", IsKey: true),
    ];

    private static readonly CanonicalField[] Document =
    [
        new("account_key", AccountKey),
        new("type", "TYPE|TYPE DOCUMENT|TYPE PIECE|NATURE"),
        new("date", "DATE|DATE FACTURE|DATE DE FACTURE|DATE PIECE|DATE DOCUMENT|INVOICE DATE|DATE EMISSION|ISSUE DATE"),
        new("due_on", "ECHEANCE|DATE ECHEANCE|DATE D ECHEANCE|DUE DATE"),
        new("net", "HT|MONTANT HT|TOTAL HT|NET|NET AMOUNT|SUBTOTAL|CA HT|PRIX HT"),
        new("tax", "TVA|MONTANT TVA|TOTAL TVA|TAX|TAX AMOUNT|VAT AMOUNT"),
        new("gross", "TTC|MONTANT TTC|TOTAL TTC|TOTAL|GROSS|GROSS AMOUNT|MONTANT|AMOUNT|NET A PAYER"),
        new("paid", "REGLEE|REGLE|PAYE|PAYEE|PAID|ACQUITTEE|SOLDEE|STATUT PAIEMENT"),
        new("currency", "DEVISE|CURRENCY|MONNAIE"),
        new("number", "NUMERO|N FACTURE|NUM FACTURE|NUMERO FACTURE|NUMERO DE FACTURE|FACTURE|INVOICE NUMBER|INVOICE NO|INVOICE ID|NUM PIECE|N PIECE|NUMERO PIECE|NO FACTURE|N DOCUMENT|REFERENCE|NUMERO COMMANDE|N COMMANDE|ORDER NUMBER", IsKey: true),
    ];

    private static readonly CanonicalField[] DocumentLine =
    [
        new("number", "NUMERO|N FACTURE|NUM FACTURE|NUMERO FACTURE|NUMERO DE FACTURE|FACTURE|INVOICE NUMBER|PIECE REF|N PIECE|NUM PIECE"),
        new("account_key", AccountKey),
        new("date", "DATE|DATE FACTURE|PIECE DATE"),
        new("product_code", "REFERENCE|REF|CODE ARTICLE|ARTICLE|SKU|PRODUCT CODE|CODE PRODUIT"),
        new("product_range", "GAMME|FAMILLE|FAMILLE ARTICLE|FAMILLE PRODUIT|CATEGORIE PRODUIT|PRODUCT RANGE|PRODUCT FAMILY|PRODUCT CATEGORY"),
        new("label", "DESIGNATION|LIBELLE|DESCRIPTION|PRODUIT|PRODUCT|PRODUCT NAME|ECRITURE LIB"),
        new("quantity", "QUANTITE|QTE|QUANTITY|QTY"),
        new("net", "HT|MONTANT HT|TOTAL HT|MONTANT LIGNE HT|NET|AMOUNT"),
        new(CanonicalField.Key, "LIGNE|N LIGNE|NUMERO LIGNE|LINE NUMBER|LINE ID|ID LIGNE|ID", IsKey: true),
    ];

    private static readonly CanonicalField[] Opportunity =
    [
        new("account_key", AccountKey),
        new("name", "OPPORTUNITY NAME|OPPORTUNITE|NOM OPPORTUNITE|AFFAIRE|NOM AFFAIRE|DEAL NAME|DEAL|NOM|INTITULE"),
        new("stage", "ETAPE|STAGE|DEAL STAGE|STATUT|PHASE|STAGE NAME"),
        new("amount", "MONTANT|AMOUNT|VALEUR|VALUE|CA PREVU|MONTANT HT"),
        new("close_on", "CLOSE DATE|DATE DE CLOTURE|DATE CLOTURE|DATE DE SIGNATURE|ECHEANCE|DATE PREVUE|EXPECTED CLOSE DATE"),
        new("currency", "DEVISE|CURRENCY"),
        new(CanonicalField.Key, "OPPORTUNITY ID|ID OPPORTUNITE|DEAL ID|ID AFFAIRE|ID|REFERENCE|N AFFAIRE", IsKey: true),
    ];

    private static readonly CanonicalField[] Interaction =
    [
        new("contact_key", "CONTACT ID|ID CONTACT|USER ID|CUSTOMER ID|ANONYMOUS ID"),
        new("account_key", AccountKey),
        new("email", "", FieldKind.Email),
        new("kind", "EVENT|EVENEMENT|TYPE|ACTION|TYPE D EVENEMENT|EVENT TYPE|ACTIVITE"),
        new("campaign", "CAMPAIGN|CAMPAGNE|NOM CAMPAGNE|CAMPAIGN NAME"),
        new("at", "DATE|HORODATAGE|TIMESTAMP|DATE HEURE|EVENT DATE|OCCURRED AT|LE"),
        new("channel", "CANAL|CHANNEL"),
        new("text", "COMMENTAIRE|TEXTE|MESSAGE|SUJET|NOTE|CONTENU|DESCRIPTION|COMPTE RENDU"),
        new(CanonicalField.Key, "ID|EVENT ID|MESSAGE ID|REFERENCE", IsKey: true),
    ];

    /// <summary>The kinds of record a person may bring in a file.</summary>
    public static readonly IReadOnlyList<RecordKind> Kinds =
        [RecordKind.Account, RecordKind.Contact, RecordKind.Document, RecordKind.DocumentLine, RecordKind.Opportunity, RecordKind.Interaction];

    public static IReadOnlyList<CanonicalField> For(RecordKind kind) => kind switch
    {
        RecordKind.Account => Account,
        RecordKind.Contact => Contact,
        RecordKind.Document => Document,
        RecordKind.DocumentLine => DocumentLine,
        RecordKind.Opportunity => Opportunity,
        RecordKind.Interaction => Interaction,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
