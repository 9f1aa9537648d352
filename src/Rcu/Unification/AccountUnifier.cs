using Rcu.Customers;
using Rcu.Identifiers;
using Rcu.Ingestion;
using Rcu.Unification.Locks;

namespace Rcu.Unification;

/// <summary>Computes a golden account and its establishments from the records of its cluster. Pure: it reads nothing else.</summary>
internal static class AccountUnifier
{
    // What a contact's record may say of the company it works for.
    private static readonly Dictionary<string, string> OfContacts = new()
    {
        ["company_name"] = "name",
        ["company_siren"] = "siren",
        ["company_domain"] = "domain",
    };

    public static Account? Unify(
        Guid id, IReadOnlyList<ClusterRecord> records, IReadOnlyCollection<ValueLock> locks, DateTimeOffset now, SurvivorshipPolicy? policy = null)
    {
        var owners = records.Where(r => !r.IsContact).ToList();
        if (owners.TrueForAll(r => r.Source == Source.Sirene))
        {
            return null;
        }

        var survivors = Survivors(records, locks, policy);
        string? Value(string field) => survivors.TryGetValue(field, out var survivor) ? survivor.Kept.Value : null;

        var name = Value("usual_name") ?? Value("brand") ?? Value("name") ?? Value("legal_name") ?? owners[0].Key;
        return new Account
        {
            Id = id,
            Name = name,
            Siren = Siren.TryParse(Value("siren"), null, out var siren) ? siren : null,
            Vat = Value("vat"),
            LegalName = Value("legal_name") ?? Value("name"),
            UsualName = Value("usual_name"),
            Brand = Value("brand"),
            LegalForm = Value("legal_form"),
            LegalCategory = Value("legal_category"),
            Naf = Value("naf"),
            Naf2025 = Value("naf2025"),
            Headcount = FieldText.Whole(Value("headcount")),
            HeadcountBand = Value("headcount_band"),
            SizeClass = Value("size_class"),
            FoundedOn = FieldText.Date(Value("founded_on")),
            ClosedOn = FieldText.Date(Value("closed_on")),
            InseeState = Value("insee_state"),
            Diffusion = Value("diffusion"),
            Type = TypeOf(survivors.GetValueOrDefault("type"), owners),
            Blocked = FieldText.Yes(Value("blocked")),
            PaymentTerms = Value("payment_terms"),
            Phone = Value("phone"),
            Email = Value("email"),
            Website = Value("website"),
            Domain = Value("domain"),
            Address = new Address
            {
                Street = Value("street"),
                Complement = Value("complement"),
                PostalCode = Value("postal_code"),
                City = Value("city"),
                CommuneCode = Value("commune_code"),
                Department = Value("department"),
                Region = Value("region"),
                Country = Value("country"),
            },
            CustomerSince = owners.Where(r => r["account_code"] is not null || r["payment_terms"] is not null)
                .Min(r => FieldText.Date(r["created_on"])),
            Sources = [.. records.Select(r => r.Source).Distinct().Order(StringComparer.Ordinal)],
            RecordCount = owners.Count,
            Origins = survivors.ToDictionary(s => s.Key, s => Survivorship.OriginOf(s.Value)),
            Search = Searchable(records),
            CreatedAt = GoldenId.MadeAt(id, now),
            UpdatedAt = now,
        };
    }

    /// <summary>Which value wins each field of the account these records are.</summary>
    public static IReadOnlyDictionary<string, Survivor> Survivors(
        IReadOnlyList<ClusterRecord> records, IReadOnlyCollection<ValueLock> locks, SurvivorshipPolicy? policy = null) =>
        Survivorship.Choose(records.SelectMany(Claims).Where(IsNews()), policy ?? SurvivorshipPolicy.Accounts, locks);

    private static IEnumerable<Claim> Claims(ClusterRecord record) => record.IsContact
        ? from pair in OfContacts
          where record[pair.Key] is not null
          select record.Says(pair.Value, record[pair.Key]!) with { IsHearsay = true, IsEcho = record.Echoes.Contains(pair.Key) }
        : from field in record.Fields
          select record.Says(field.Key, field.Value);

    // Twenty contacts who write their company's name alike say it once.
    private static Func<Claim, bool> IsNews()
    {
        var heard = new HashSet<(string, string, string)>();
        return claim => !claim.IsHearsay || heard.Add((claim.Field, claim.Source, SearchText.Fold(claim.Value)));
    }

    // A company the books know is a customer, or was one, whatever else the CRM still says of it; what a person typed wins even so.
    private static AccountType? TypeOf(Survivor? said, List<ClusterRecord> records)
    {
        var isTold = said is { Rule: LockedValues.Locked or LockedValues.Preferred } || said?.Kept.Source == Source.Saisie || said?.Kept.Value is "former";
        return !isTold && records.Exists(r => r["payment_terms"] is not null) ? AccountType.Customer : said?.Kept.Value switch
        {
            "client" or "customer" => AccountType.Customer,
            "former" => AccountType.FormerCustomer,
            "partner" => AccountType.Partner,
            "prospect" => AccountType.Prospect,
            _ => null,
        };
    }

    private static string Searchable(IEnumerable<ClusterRecord> records) => SearchText.Join(
        " | ",
        records.SelectMany(r => r.IsContact
                ? [r["company_name"]]
                : new[] { r["usual_name"], r["name"], r["brand"], r["legal_name"] })
            .Select(SearchText.Fold)
            .Where(text => text.Length > 0)
            .Distinct()
            .Order(StringComparer.Ordinal));
}
