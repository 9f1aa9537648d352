using System.Text.Json;
using Rcu.Cleaning;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Identifiers;
using Rcu.Ingestion;
using Rcu.Matching;
using Rcu.Resolution;
using Record = Rcu.Cleaning.Record;

namespace Rcu.Web.Tests.Support;

/// <summary>The account of the sample that has everything: four sources that disagree, a group, people, papers, a past.</summary>
public sealed class SampleAccount
{
    public const string Name = "Carrosserie de l'Œuvre Générale";

    private readonly RcuDb _db;
    private readonly DateTimeOffset _now;
    private readonly Dictionary<string, Source> _sources = [];
    private readonly Dictionary<string, Record> _records = [];

    private SampleAccount(RcuDb db, DateTimeOffset now) => (_db, _now) = (db, now);

    public Account Account { get; private set; } = null!;

    public Siren Siren { get; } = Siren.Parse(SampleCustomers.SirenOf(5_521_005).Value);

    public string Siret => $"{Siren.Value}00013";

    /// <summary>An id this account had before two of them were joined.</summary>
    public Guid RetiredId { get; } = Guid.CreateVersion7();

    public List<Contact> Contacts { get; } = [];

    /// <summary>The head office's SIRET with the marks people type.</summary>
    public string SpacedSiret => $"{Siren.Display} 00013";

    internal static SampleAccount Add(RcuDb db, DateTimeOffset now)
    {
        var sample = new SampleAccount(db, now);
        sample.AddRecords();
        sample.AddAccount();
        new SamplePeople(db, now, sample.Account.Id).AddTo(sample.Contacts);
        new SampleFacts(db, now, sample.Account.Id, sample.Contacts).Add();
        db.Add(new Redirect { RetiredId = sample.RetiredId, Kind = ClusterKind.Account, SurvivorId = sample.Account.Id, RetiredAt = now.AddDays(-3) });
        return sample;
    }

    internal void AddDuplicate(RcuDb db, Account other)
    {
        var theirs = RecordOf("crm", "ACC-9000", new { nom = other.Name });
        db.Add(LinkOf(theirs, other.Id, "alone", 1, "Seul de son groupe."));
        var (left, right) = theirs.Id.CompareTo(_records["erp"].Id) < 0 ? (theirs.Id, _records["erp"].Id) : (_records["erp"].Id, theirs.Id);
        db.Add(new Match
        {
            Kind = ClusterKind.Account,
            LeftRecordId = left,
            RightRecordId = right,
            Probability = 0.91,
            Weight = 5.2,
            Rule = "name+town",
            Sentence = "Même nom à une abréviation près, même commune.",
            FoundAt = _now,
        });
    }

    private void AddRecords()
    {
        foreach (var (name, label, priority) in new[] { ("saisie", "Saisie", 0), ("erp", "ERP", 10), ("crm", "CRM", 20), ("marketing", "Marketing", 30), ("salon", "Salon", 40) })
        {
            var source = new Source { Name = name, Label = label, Priority = priority, CreatedAt = _now.AddYears(-1) };
            _sources[name] = source;
            _db.Add(source);
        }

        RecordOf("erp", "C00127", new { raison_sociale = "CARROSSERIE OEUVRE GENERALE", siren = Siren.Value, ville = "METZ CEDEX 03", tel = "0199001234" });
        RecordOf("crm", "ACC-0042", new { nom = Name, ville = "Metz", effectif = "52", site = "www.oeuvre-generale.example" });
        RecordOf("marketing", "lead-778", new { company = "Carrosserie Oeuvre Gale", city = "Metz" });
        RecordOf("salon", "L12", new { societe = "Carross. Œuvre Générale", tel = "01.99.00.12.34" });
        _db.Add(new RecordIssue
        {
            RecordId = _records["salon"].Id,
            Field = "phone",
            Code = "phone.dots",
            Value = "01.99.00.12.34",
            Severity = Severity.Warning,
            Message = "Les points ont été retirés du numéro.",
        });
    }

    private Record RecordOf(string source, string key, object payload)
    {
        var received = new SourceRecord
        {
            SourceId = _sources[source].Id,
            Kind = RecordKind.Account,
            ExternalKey = key,
            Payload = JsonSerializer.SerializeToElement(payload),
            ContentHash = [1],
            RunId = Guid.CreateVersion7(),
            FeedId = Guid.CreateVersion7(),
            Line = 12,
            ReceivedAt = _now.AddDays(-20),
        };
        var record = new Record
        {
            SourceId = received.SourceId,
            Kind = RecordKind.Account,
            ExternalKey = key,
            SourceRecordId = received.Id,
            ContentHash = [1],
            RunId = received.RunId,
            Fields = new Dictionary<string, string> { ["name"] = Name },
            ChangedAt = _now,
            CleanedAt = _now,
        };
        _records.TryAdd(source, record);
        _db.AddRange(received, record);
        return record;
    }

    private void AddAccount()
    {
        Account = new Account
        {
            Name = Name,
            Siren = Siren,
            Vat = VatNumber.Of(Siren).Value,
            LegalName = "CARROSSERIE DE L'OEUVRE GENERALE",
            UsualName = Name,
            LegalForm = "SAS",
            LegalCategory = "5710",
            Naf = "45.20A",
            Naf2025 = "95.31Y",
            Headcount = 52,
            HeadcountBand = "21",
            SizeClass = "PME",
            FoundedOn = new DateOnly(1998, 3, 12),
            InseeState = "A",
            Diffusion = "O",
            Type = AccountType.Customer,
            PaymentTerms = "45 jours fin de mois",
            Phone = "+33199001234",
            Email = "contact@oeuvre-generale.example",
            Website = "https://www.oeuvre-generale.example",
            Domain = "oeuvre-generale.example",
            Address = new() { Street = "12 bis rue de la Paix", PostalCode = "57000", City = "Metz", CommuneCode = "57463", Department = "57", Region = "Grand Est", Country = "FR" },
            CustomerSince = new DateOnly(2015, 9, 1),
            Sources = ["crm", "erp", "marketing", "salon"],
            RecordCount = 4,
            Origins = Origins(),
            Search = SearchText.Fold($"{Name} Carrosserie Œuvre Gale"),
            CreatedAt = _now.AddYears(-1),
            UpdatedAt = _now.AddHours(-3),
        };
        Account.Score = new AccountScore
        {
            AccountId = Account.Id,
            Total = 88,
            Completeness = 82,
            Validity = 100,
            Freshness = 90,
            Coherence = 75,
            Uniqueness = 50,
            Problems = ["uniqueness.duplicates", "completeness.email"],
            Costs = [500, 280],
            Duplicates = 1,
            ComputedAt = _now.AddMinutes(-4),
        };
        Account.Metrics = new AccountMetrics
        {
            AccountId = Account.Id,
            Revenue12m = 128_450.75m,
            RevenuePrevious12m = 181_200m,
            AverageBasket = 6_422.5m,
            OrderCount = 20,
            LastOrderOn = DateOnly.FromDateTime(_now.AddDays(-26).UtcDateTime),
            OverdueAmount = 48_200m,
            OverdueCount = 3,
            Outstanding = 61_300m,
            OpenOpportunities = 2,
            OpenAmount = 142_000m,
            LastInteractionAt = _now.AddDays(-4),
            LastInteractionChannel = "phone",
            Engagement = 72,
            ContactCount = 6,
            ReachableByEmail = 4,
            ComputedAt = _now.AddMinutes(-4),
        };
        _db.Add(Account);
        foreach (var record in _records.Values)
        {
            _db.Add(LinkOf(record, Account.Id, "name+town", 0.998, "Même nom, même commune et même téléphone que la fiche ERP C00127."));
        }
    }

    private Dictionary<string, Origin> Origins()
    {
        LosingValue Lost(string? value, string source, int days) => new(value, source, _records[source].Id, _now.AddDays(-days));
        Origin Kept(string value, string source, string rule, params LosingValue[] lost) =>
            new(value, source, _records[source].Id, _now.AddDays(-20), rule, lost);
        return new Dictionary<string, Origin>
        {
            ["name"] = Kept(Name, "crm", "frequent", Lost("CARROSSERIE OEUVRE GENERALE", "erp", 20), Lost("Carrosserie Oeuvre Gale", "marketing", 90)),
            ["siren"] = Kept(Siren.Value, "erp", "only"),
            ["phone"] = Kept("+33199001234", "erp", "source", Lost("+33199001234", "salon", 200)),
            ["headcount"] = Kept("52", "crm", "recent", Lost("48", "marketing", 400)),
            ["street"] = Kept("12 bis rue de la Paix", "erp", "source", Lost("12B r. de la Paix", "crm", 60)),
            ["postal_code"] = Kept("57000", "erp", "source", Lost("57000", "crm", 2) with { IsEcho = true }),
            ["city"] = Kept("Metz", "erp", "source", Lost("Metz", "crm", 60)),
            ["website"] = Kept("https://www.oeuvre-generale.example", "crm", "source"),
        };
    }

    private Link LinkOf(Record record, Guid cluster, string rule, double probability, string sentence) => new()
    {
        RecordId = record.Id,
        Kind = ClusterKind.Account,
        ClusterId = cluster,
        Rule = rule,
        Probability = probability,
        Sentence = sentence,
        Evidence = [new Evidence("name", "CARROSSERIE OEUVRE GENERALE", "CARROSSERIE OEUVRE GALE", "close", 6.1, 1.2)],
        LinkedAt = _now,
    };
}
