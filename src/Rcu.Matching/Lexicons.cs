using System.Text;
using Rcu.Matching.Normalisation;

namespace Rcu.Matching;

/// <summary>The word lists the engine ships with; a hub passes its own through the settings when it has better ones.</summary>
public static class Lexicons
{
    public static readonly IReadOnlySet<string> FreeMailDomains = new HashSet<string>(StringComparer.Ordinal)
    {
        "gmail.com", "googlemail.com", "hotmail.com", "hotmail.fr", "outlook.com", "outlook.fr", "live.com",
        "live.fr", "msn.com", "yahoo.com", "yahoo.fr", "ymail.com", "orange.fr", "wanadoo.fr", "free.fr",
        "sfr.fr", "neuf.fr", "laposte.net", "bbox.fr", "numericable.fr", "aol.com", "icloud.com", "me.com",
        "mac.com", "gmx.com", "gmx.fr", "gmx.de", "web.de", "proton.me", "protonmail.com", "pm.me", "mail.com",
        "cegetel.net", "club-internet.fr", "aliceadsl.fr", "noos.fr", "voila.fr", "caramail.com", "dbmail.com",
        "nordnet.fr", "libertysurf.fr", "infonie.fr", "9online.fr", "hotmail.co.uk", "yahoo.co.uk",
        "hotmail.be", "skynet.be", "telenet.be", "bluewin.ch", "tutanota.com", "zoho.com", "yandex.com",
        "mailo.com", "ik.me",
    };

    public static readonly IReadOnlySet<string> GenericMailboxes = new HashSet<string>(StringComparer.Ordinal)
    {
        "contact", "info", "infos", "information", "accueil", "secretariat", "administration", "admin",
        "direction", "commercial", "commerciale", "ventes", "sales", "compta", "comptabilite", "facturation",
        "factures", "fournisseurs", "achats", "rh", "recrutement", "jobs", "emploi", "job", "candidature",
        "support", "sav", "service-client", "serviceclient", "hotline", "help", "marketing", "communication",
        "presse", "press", "webmaster", "postmaster", "abuse", "noreply", "no-reply", "ne-pas-repondre",
        "nepasrepondre", "newsletter", "bonjour", "hello", "mairie", "mail", "courrier", "standard",
        "reception", "magasin", "boutique", "atelier", "technique", "informatique", "it", "dsi", "dpo", "rgpd",
        "qualite", "hse", "logistique", "export", "devis", "commande", "commandes", "reservation",
        "reservations", "agence", "cabinet", "bureau", "gerance", "gerant", "syndic", "tresorier", "president",
        "association",
    };

    public static readonly IReadOnlyList<LegalForm> LegalForms =
    [
        new("SA", ["sa", "societe anonyme", "ste anonyme"]),
        new("SAS", ["sas", "societe par actions simplifiee", "ste par actions simplifiee"]),
        new("SASU", ["sasu", "sas unipersonnelle", "sas a associe unique"]),
        new("SARL", ["sarl", "societe a responsabilite limitee", "ste a responsabilite limitee"]),
        new("EURL", ["eurl", "sarl unipersonnelle", "sarlu"]),
        new("EI", ["ei", "entreprise individuelle", "entrepreneur individuel"]),
        new("EIRL", ["eirl"]),
        new("AE", ["auto entrepreneur", "autoentrepreneur", "micro entrepreneur", "micro-entreprise", "micro entreprise"]),
        new("SNC", ["snc", "societe en nom collectif", "ste en nom collectif"]),
        new("SCS", ["scs", "societe en commandite simple"]),
        new("SCA", ["sca", "societe en commandite par actions"]),
        new("SE", ["se", "societe europeenne", "societas europaea"]),
        new("SCI", ["sci", "societe civile immobiliere", "ste civile immobiliere"]),
        new("SCCV", ["sccv", "societe civile de construction vente", "societe civile immobiliere de construction vente"]),
        new("SCPI", ["scpi", "societe civile de placement immobilier"]),
        new("SC", ["sc", "societe civile", "ste civile"]),
        new("SCM", ["scm", "societe civile de moyens"]),
        new("SCP", ["scp", "societe civile professionnelle"]),
        new("SCEA", ["scea", "societe civile d exploitation agricole"]),
        new("EARL", ["earl", "exploitation agricole a responsabilite limitee"]),
        new("GAEC", ["gaec", "groupement agricole d exploitation en commun"]),
        new("GFA", ["gfa", "groupement foncier agricole"]),
        new("GIE", ["gie", "groupement d interet economique"]),
        new("GEIE", ["geie", "groupement europeen d interet economique"]),
        new("GIP", ["gip", "groupement d interet public"]),
        new("SCIC", ["scic", "societe cooperative d interet collectif"]),
        new("SCOP", ["scop", "societe cooperative et participative", "societe cooperative ouvriere de production"]),
        new("SEM", ["sem", "saem", "saeml", "seml", "societe d economie mixte"]),
        new("SPL", ["spl", "societe publique locale"]),
        new("SELARL", ["selarl", "selurl"]),
        new("SELAS", ["selas", "selasu"]),
        new("SELAFA", ["selafa"]),
        new("SELCA", ["selca"]),
        new("SPFPL", ["spfpl", "spfplarl"]),
        new("SICA", ["sica"]),
        new("SICAV", ["sicav"]),
        new("EPIC", ["epic", "etablissement public industriel et commercial"]),
        new("EPA", ["epa", "etablissement public administratif"]),
        new("LTD", ["ltd", "limited", "co ltd", "company limited"]),
        new("LLC", ["llc", "l l c"]),
        new("INC", ["inc", "incorporated"]),
        new("CORP", ["corp", "corporation"]),
        new("GMBH", ["gmbh", "gmbh co kg", "mbh"]),
        new("AG", ["ag"]),
        new("KG", ["kg"]),
        new("UG", ["ug"]),
        new("BV", ["bv", "b v"]),
        new("NV", ["nv"]),
        new("SPA", ["spa", "societa per azioni"]),
        new("SRL", ["srl", "srls"]),
        new("SL", ["sl", "slu"]),
        new("PLC", ["plc"]),
        new("LLP", ["llp"]),
        new("LP", ["lp"]),
        new("OY", ["oy", "oyj"]),
        new("AB", ["ab"]),
        new("APS", ["aps"]),
        new("AS", ["as"]),
        new("LDA", ["lda"]),
        new("SPRL", ["sprl", "bvba"]),
        new("ZOO", ["sp z oo"]),
        new("DOO", ["doo"]),
        new("KFT", ["kft"]),
        new("PTY", ["pty", "pty ltd"]),
    ];

    /// <summary>Words that make a company the parent or the owner of another that bears the same name, in their canonical form.</summary>
    private static readonly HashSet<string> RelativeWords = new(new[]
    {
        "holding", "groupe", "participation", "participations", "finance", "finances", "financiere", "invest",
        "investissement", "investissements", "immobilier", "immobiliere", "immo", "foncier", "fonciere", "patrimoine", "sci",
    }.Select(Abbreviations.OfCompany), StringComparer.Ordinal);

    private const int LongestGeneric = 16;

    /// <summary>Words that say what a company does or where, not which one it is, in their canonical form.</summary>
    private static readonly HashSet<string> GenericWords = new(new[]
    {
        "transport", "transports", "service", "services", "france", "groupe", "group", "restaurant",
        "pharmacie", "boulangerie", "garage", "hotel", "cafe", "bar", "brasserie", "immobilier", "immobiliere",
        "conseil", "consulting", "construction", "batiment", "travaux", "international", "industrie",
        "industries", "distribution", "commerce", "centre", "agence", "cabinet", "maison", "entreprise",
        "atelier", "ateliers", "auto", "automobile", "formation", "informatique", "technologie", "technologies",
        "solutions", "systems", "systemes", "securite", "sante", "medical", "association", "syndicat",
        "copropriete", "residence", "immeuble", "amicale", "comite", "club", "ecole", "college", "lycee",
        "mairie", "commune", "energie", "energies", "electricite", "plomberie", "menuiserie", "peinture",
        "nettoyage", "holding", "investissement", "investissements", "participations", "gestion", "patrimoine",
        "invest", "management", "developpement", "environnement", "participation", "communication", "media",
        "design", "production", "productions", "negoce", "logistique", "location", "vente", "nord", "sud",
        "est", "ouest", "europe", "francaise", "francais", "national", "regional", "general", "generale",
        "nouveau", "nouvelle", "grand", "grande", "petit", "saint", "company", "trading", "partners", "global",
        "world", "first", "city", "house", "royal", "new", "best", "food", "shop", "store", "market", "digital",
        "studio", "net", "web", "tech", "data",
    }.Select(Abbreviations.OfCompany), StringComparer.Ordinal);

    internal static bool IsGeneric(ReadOnlySpan<byte> word) => Holds(GenericWords, word);

    internal static bool IsRelative(ReadOnlySpan<byte> word) => Holds(RelativeWords, word);

    private static bool Holds(HashSet<string> words, ReadOnlySpan<byte> word)
    {
        Span<char> text = stackalloc char[LongestGeneric];
        return word.Length <= LongestGeneric
            && words.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text[..Encoding.ASCII.GetChars(word, text)]);
    }
}
