using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Data;

namespace Rcu.Ingestion;

/// <summary>
/// The mappings the hub knows out of the box: five usual systems and their exports. They are rows like any other,
/// declared again as a new version when they change here.
/// </summary>
public static class KnownFeeds
{
    private const string Author = "rcu";

    private static readonly (string Name, string Label, int Priority)[] Sources =
    [
        (Source.Saisie, "Saisie", 0),
        ("crm", "CRM", 10),
        ("erp", "ERP", 20),
        ("marketing", "E-mailing", 30),
        ("salon", "Salon", 40),
        ("web", "Site web", 50),
        ("efacture", "Factures électroniques", 25),
    ];

    /// <summary>Makes sure the sources and the newest version of each feed are in the database.</summary>
    public static async Task DeclareAsync(RcuDb db, TimeProvider clock, CancellationToken ct)
    {
        await using var commit = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtext('rcu.known_feeds'))", ct);
        var now = clock.GetUtcNow();
        var sources = await db.Sources.ToDictionaryAsync(source => source.Name, ct);
        foreach (var (name, label, priority) in Sources.Where(source => !sources.ContainsKey(source.Name)))
        {
            sources[name] = new Source { Name = name, Label = label, Priority = priority, CreatedAt = now };
            db.Sources.Add(sources[name]);
        }

        await db.SaveChangesAsync(ct); // before the feeds that name them

        var feeds = await db.Feeds.ToListAsync(ct);
        foreach (var known in Declared())
        {
            var source = sources[known.Source];
            var last = feeds.Where(feed => feed.SourceId == source.Id && feed.Name == known.Name).MaxBy(feed => feed.Version);
            if (last is null || (last.CreatedBy == Author && !known.Says(last)))
            {
                last?.Active = false;
                db.Feeds.Add(known.ToFeed(source.Id, (last?.Version ?? 0) + 1, now, Author));
            }
        }

        await db.SaveChangesAsync(ct);
        await commit.CommitAsync(ct);
    }

    /// <summary>Every mapping, in the order of the sources.</summary>
    internal static IEnumerable<KnownFeed> Declared() =>
    [
        .. Saisie.Feeds,
        new("crm", "crm_accounts", RecordKind.Account, "crm_accounts*.csv", ["Account ID"],
            "name=Account Name; siret=SIRET; vat=VAT Number; naf=NAF Code; street=Billing Street; "
            + "postal_code=Billing Zip/Postal Code; city=Billing City; country=Billing Country; phone=Phone; website=Website; "
            + "type=Type; headcount=Employees; created_on=Created Date"),
        new("crm", "crm_contacts", RecordKind.Contact, "crm_contacts*.csv", ["Contact ID"],
            "account_key=Account ID; civility=Salutation; given_name=First Name; family_name=Last Name; email=Email; phone=Phone; "
            + "mobile=Mobile; job_title=Title; created_on=Created Date; opt_out=Email Opt Out"),
        new("crm", "crm_opportunities", RecordKind.Opportunity, "crm_opportunities*.csv", ["Opportunity ID"],
            "account_key=Account ID; name=Opportunity Name; stage=Stage; amount=Amount; close_on=Close Date"),
        new("erp", "erp_clients", RecordKind.Account, "erp_clients*.csv", ["CODE_CLIENT"],
            "account_code=CODE_CLIENT; name=INTITULE; street=ADRESSE; complement=COMPLEMENT; postal_code=CP; city=VILLE; country=PAYS; siret=SIRET; "
            + "vat=NUM_TVA; naf=APE; phone=TELEPHONE; email=EMAIL; ledger_account=COMPTE; payment_terms=REGLEMENT; "
            + "created_on=DATE_CREATION; blocked=BLOQUE"),
        new("erp", "erp_factures", RecordKind.Document, "erp_factures*.csv", ["NUM_FACTURE"],
            "number=NUM_FACTURE; account_key=CODE_CLIENT; date=DATE; net=HT; tax=TVA; gross=TTC; paid=REGLEE")
        {
            Constants = { ["type"] = "invoice", ["currency"] = "EUR" },
        },

        new("erp", "erp_lignes", RecordKind.DocumentLine, "erp_lignes*.csv", ["NUM_FACTURE", "LIGNE"],
            "number=NUM_FACTURE; account_key=CODE_CLIENT; date=DATE; product_code=REFERENCE; product_range=GAMME; label=DESIGNATION; "
            + "quantity=QUANTITE; net=HT"),

        // A ledger line books an invoice: it is a line of that document, found by its number, and never a second document.
        // One customer code and one amount may come back on several lines of an entry, so lines under one key are numbered.
        new("erp", "erp_fec", RecordKind.DocumentLine, "*FEC*.txt", ["JournalCode", "EcritureNum", "EcritureDate", "CompteNum", "CompAuxNum"],
            "number=PieceRef; date=PieceDate; account_key=CompAuxNum; account_name=CompAuxLib; journal=JournalCode; "
            + "entry_number=EcritureNum; entry_date=EcritureDate; ledger_account=CompteNum; ledger_label=CompteLib; "
            + "label=EcritureLib; debit=Debit; credit=Credit; lettering=EcritureLet; lettered_on=DateLet")
        {
            Options = new FeedOptions { NumberTwins = true },
            Conditional =
            [
                new FeedColumn("debit", ["Montant"], When: new FeedCondition("Sens", ["D", "+1", "1"])),
                new FeedColumn("credit", ["Montant"], When: new FeedCondition("Sens", ["C", "-1"])),
            ],
        },
        new("marketing", "marketing_contacts", RecordKind.Contact, "marketing_contacts*.csv", ["CONTACT ID"],
            "email=EMAIL; given_name=PRENOM; family_name=NOM; company_name=SOCIETE; job_title=FONCTION; postal_code=CODE_POSTAL; "
            + "mobile=SMS; opt_out=EMAIL_BLACKLISTED; opt_in_source=SOURCE; opt_in=OPTIN; created_on=ADDED_TIME"),
        new("marketing", "marketing_events", RecordKind.Interaction, "marketing_events*.csv", ["CONTACT ID", "EVENT", "CAMPAIGN", "DATE"],
            "contact_key=CONTACT ID; email=EMAIL; kind=EVENT; campaign=CAMPAIGN; at=DATE")
        {
            Constants = { ["channel"] = "email" },
        },
        new("salon", "salon_scans", RecordKind.Contact, "salon_scans*.xlsx", ["N°"],
            "company_name=Société; full_name=Nom / Prénom; job_title=Fonction; phone=Tél.; email=Mail; postal_city=CP Ville; "
            + "note=Remarques; seen_at=Date; opt_in=Accord RGPD")
        {
            Constants = { ["interaction_kind"] = "trade_show" },
        },
        new("web", "web_events", RecordKind.Interaction, "web_events*.ndjson", ["messageId"],
            "contact_key=anonymousId; kind=type; event=event; page=name; url=properties.url; path=properties.path; "
            + "form=properties.form; campaign=context.campaign.source; ip=context.ip; at=timestamp")
        {
            Constants = { ["channel"] = "web" },
            Options = new FeedOptions { Only = new FeedCondition("type", ["page", "track"]) },
        },
        new("web", "web_visitors", RecordKind.Contact, "web_events*.ndjson", ["anonymousId"],
            "email=traits.email; given_name=traits.firstName; family_name=traits.lastName; company_name=traits.company.name; "
            + "phone=traits.phone; job_title=traits.title; seen_at=timestamp; "
            + "campaign=context.campaign.source; user_id=userId")
        {
            // A box left unticked refuses nothing: only a consent given counts.
            Conditional = [new FeedColumn("opt_in", ["traits.consent.marketing"], When: new FeedCondition("traits.consent.marketing", ["true"]))],
            Options = new FeedOptions { Only = new FeedCondition("type", ["identify"]) },
        },
        Invoices("einvoice_buyers", RecordKind.Account, "buyer", ["buyer_key"],
            "account_code=customer_code; name=name; siren=siren; siret=siret; vat=vat; street=street; complement=complement; "
            + "postal_code=postal_code; city=city; country=country"),
        Invoices("einvoice_contacts", RecordKind.Contact, "contact", ["buyer_key", "email", "contact"],
            "account_key=buyer_key; full_name=contact; email=email; phone=phone; company_name=name"),
        Invoices("einvoice_documents", RecordKind.Document, "document", ["number", "seller_key"],
            "number=number; account_key=buyer_key; type=type; date=date; due_on=due_on; net=net; tax=tax; gross=gross; currency=currency"),
        Invoices("einvoice_lines", RecordKind.DocumentLine, "line", ["number", "line", "seller_key"],
            "number=number; date=date; account_key=buyer_key; product_code=item; product_range=item_class; label=label; quantity=quantity; net=net"),
    ];

    // One file speaks of the buyer, the person there, the invoice and its lines: each mapping takes its own.
    private static KnownFeed Invoices(string name, RecordKind kind, string record, string[] key, string mapping) =>
        new("efacture", name, kind, "*.xml", key, mapping)
        {
            Options = new FeedOptions { Only = new FeedCondition("record", [record]) },
        };
}
