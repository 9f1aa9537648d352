using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Identifiers;
using Rcu.Segmentation;

namespace Rcu.Web.Tests.Segmentation;

/// <summary>A small base with holes: values missing, figures not computed, contacts without account.</summary>
internal static class HoledBase
{
    public static readonly DateTimeOffset Now = new(2026, 3, 15, 10, 0, 0, TimeSpan.Zero);

    private static readonly DateOnly Today = new(2026, 3, 15);
    private static readonly string?[] Cities = ["Paris", "PARIS", "Metz", "Saint-Étienne", null, "", "100% Ville_1"];
    private static readonly string?[] Nafs = ["62.01Z", "43.21A", null, "47.11B"];

    public static RcuDb Open(string connection) => new(new DbContextOptionsBuilder<RcuDb>().UseNpgsql(connection).Options);

    public static async Task<SegmentSources> FillAsync(RcuDb db)
    {
        List<Account> accounts = [.. Enumerable.Range(0, 40).Select(OneAccount)];
        List<Contact> contacts = [.. Enumerable.Range(0, 60).Select(i => OneContact(i, accounts))];
        List<Role> roles = [.. contacts.Where(c => c.AccountId is not null).Select((c, i) => new Role
        {
            AccountId = c.AccountId!.Value,
            ContactId = c.Id,
            Function = (RoleFunction)(i % 6),
            Stance = i % 4 == 0 ? null : (Stance)(i % 5),
            IsOutsider = i % 7 == 0,
            JobTitle = c.JobTitle,
            Source = "crm",
            Reason = "essai",
        })];
        List<Establishment> establishments = [.. accounts.Select((a, i) => new Establishment
        {
            AccountId = a.Id,
            IsHeadOffice = i % 2 == 0,
            Address = Placed(i + 3) with { City = Cities[(i + 3) % Cities.Length], Department = i % 3 == 0 ? "57" : "75" },
        })];
        List<Document> documents = [.. accounts.SelectMany((a, i) => Enumerable.Range(0, i % 5).Select(n => new Document
        {
            AccountId = a.Id,
            Id = Guid.CreateVersion7(),
            ContactId = n == 1 ? contacts[i].Id : null,
            Number = $"F{i}-{n}",
            Type = n % 2 == 0 ? DocumentType.Invoice : DocumentType.Quote,
            Date = Today.AddDays(-40 * n * i),
            DueOn = n == 0 ? null : Today.AddDays(10 - (20 * n)),
            Net = (100m * i) + n,
            Paid = n switch { 0 => null, 1 => true, _ => false },
            Source = "erp",
        }))];
        List<Opportunity> opportunities = [.. accounts.Where((_, i) => i % 3 == 0).Select((a, i) => new Opportunity
        {
            AccountId = a.Id,
            Id = Guid.CreateVersion7(),
            ContactId = contacts[i].Id,
            Name = "Affaire",
            Stage = (OpportunityStage)(i % 6),
            Amount = i % 2 == 0 ? null : i * 1000,
            CloseOn = Today.AddDays(i),
            Source = "crm",
        })];
        List<Interaction> interactions = [.. accounts.Where((_, i) => i % 2 == 0).Select((a, i) => new Interaction
        {
            AccountId = a.Id,
            Id = Guid.CreateVersion7(),
            ContactId = contacts[i].Id,
            Kind = i % 2 == 0 ? "call" : "page_viewed",
            Channel = "phone",
            Direction = (Direction)(i % 3),
            At = Now.AddDays(-i * 9),
            Campaign = i % 2 == 0 ? null : "Salon",
            Source = "web",
        })];
        db.AddRange(accounts);
        db.AddRange(contacts);
        db.AddRange(roles);
        db.AddRange(establishments);
        db.AddRange(documents);
        db.AddRange(opportunities);
        db.AddRange(interactions);
        var extras = HoledExtras.Fill(db, accounts, contacts, documents);
        await db.SaveChangesAsync();
        db.ChangeTracker.Clear();
        return SegmentFacts.InMemory(
            accounts, contacts, establishments, roles, documents, opportunities, interactions,
            [.. accounts.SelectMany((a, i) => Own(SubjectKind.Account, a.Id, i)), .. contacts.SelectMany((c, i) => Own(SubjectKind.Contact, c.Id, i))],
            extras with { Places = await PlacesAsync(db, accounts) });
    }

    private static Task<List<Place>> PlacesAsync(RcuDb db, List<Account> accounts)
    {
        var (codes, communes) = (accounts.Select(a => a.Address.PostalCode).ToList(), accounts.Select(a => a.Address.CommuneCode).ToList());
        return db.Set<Place>().AsNoTracking().Where(p => p.IsCommune ? communes.Contains(p.Code) : codes.Contains(p.Code)).ToListAsync();
    }

    // Paris, its suburbs, a postal code of a large receiver of mail in Metz, one that nobody knows, and Tervuren, which is no Aisne.
    private static Address Placed(int i) => (i % 9) switch
    {
        0 => new Address { PostalCode = "75008", CommuneCode = "75108", Country = "FR" },
        1 => new Address { PostalCode = "92800" },
        2 => new Address { PostalCode = "57000", CommuneCode = "57463" },
        3 => new Address { PostalCode = "57045", CommuneCode = "57463" },
        4 => new Address { PostalCode = "99999", CommuneCode = "99999" },
        5 => new Address { PostalCode = "78000", Country = "BE" },
        6 => new Address(),
        7 => new Address { PostalCode = "78000", CommuneCode = "78646" },
        _ => new Address { PostalCode = $"{57000 + i}" },
    };

    // What a company keeps of its own, on two rows of three; as the hub keeps it, and as a segment reads it.
    private static Dictionary<string, Origin> OwnOrigins(SubjectKind kind, int i) => Own(kind, Guid.Empty, i)
        .ToDictionary(v => v.Name, v => new Origin(v.Text, "crm", Guid.Empty, Now, "only", []));

    private static IEnumerable<OwnValue> Own(SubjectKind kind, Guid id, int i)
    {
        var (of, day) = (kind is SubjectKind.Contact ? "contact_" : "", Today.AddDays(-i * 20));
        return i % 3 == 0 ? [] :
        [
            new OwnValue { Kind = kind, SubjectId = id, Name = $"own_text_{of}parc", Text = Cities[i % Cities.Length] ?? "vide" },
            new OwnValue { Kind = kind, SubjectId = id, Name = $"own_number_{of}postes", Text = $"{i}.5", Number = i + .5m },
            new OwnValue { Kind = kind, SubjectId = id, Name = $"own_date_{of}fin_de_bail", Text = $"{day:yyyy-MM-dd}", Day = day },
            new OwnValue { Kind = kind, SubjectId = id, Name = $"own_yesno_{of}export", Text = i % 2 == 0 ? "true" : "false", IsTrue = i % 2 == 0 },
        ];
    }

    public static Account OneAccount(int i)
    {
        var id = Guid.CreateVersion7();
        return new Account
        {
            Id = id,
            Origins = OwnOrigins(SubjectKind.Account, i),
            Name = $"Société {i:00}",
            Siren = i % 3 == 0 ? null : Siren.Parse(SirenOf(i), CultureInfo.InvariantCulture),
            Type = i % 5 == 4 ? null : (AccountType)(i % 4),
            LegalForm = i % 2 == 0 ? "SAS" : null,
            Naf = Nafs[i % 4],
            Headcount = i % 6 == 0 ? null : i * 3,
            HeadcountBand = i % 6 == 0 ? null : "12",
            SizeClass = "PME",
            FoundedOn = i % 4 == 0 ? null : Today.AddYears(-i),
            ClosedOn = i == 7 ? Today : null,
            InseeState = i % 9 == 0 ? "C" : "A",
            Diffusion = i % 10 == 0 ? "P" : "O",
            CustomerSince = i % 2 == 0 ? null : Today.AddDays(-i * 30),
            Email = i % 3 == 0 ? null : $"contact@societe{i}.example",
            Address = Placed(i) with { City = Cities[i % Cities.Length], Department = "57", Region = i % 2 == 0 ? "Grand Est" : "Île-de-France" },
            Sources = i % 2 == 0 ? ["crm", "erp"] : i % 3 == 0 ? [] : ["web"],
            RecordCount = i,
            Search = SearchText.Fold($"Société {i:00} l'Œuvre"),
            CreatedAt = Now,
            UpdatedAt = Now.AddDays(-i),
            Proceeding = i % 3 == 0 || i % 4 == 0 ? null : new Proceeding
            {
                Siren = Siren.Parse(SirenOf(i), CultureInfo.InvariantCulture),
                Kind = (ProceedingKind)(i % 7),
                Since = Today.AddDays(-i * 25),
                PublishedOn = Today,
                NoticeId = $"A{i}",
            },
            Score = i % 7 == 0 ? null : new AccountScore { AccountId = id, Total = i * 2, Completeness = i, Validity = 100 - i, ComputedAt = Now },
            Metrics = i % 5 == 0 ? null : new AccountMetrics
            {
                AccountId = id,
                Revenue12m = i * 1000,
                RevenuePrevious12m = (40 - i) * 1000,
                AverageBasket = i % 2 == 0 ? null : i,
                OrderCount = i,
                LastOrderOn = i % 4 == 1 ? null : Today.AddDays(-i * 20),
                OverdueAmount = i % 3 * 100,
                OpenOpportunities = i % 3,
                LastInteractionAt = i % 4 == 2 ? null : Now.AddDays(-i * 11),
                LastInteractionChannel = "phone",
                Engagement = i * 2,
                ContactCount = i % 4,
                ReachableByEmail = i % 2,
                ComputedAt = Now,
            },
        };
    }

    // A number that passes the check: eight digits and the one that completes them.
    private static string SirenOf(int i)
    {
        var start = $"9{i:0000000}";
        return Enumerable.Range(0, 10).Select(last => $"{start}{last}").First(siren => Siren.TryParse(siren, null, out _));
    }

    private static Contact OneContact(int i, List<Account> accounts)
    {
        var account = i % 8 == 0 ? null : accounts[i % accounts.Count];
        var id = Guid.CreateVersion7();
        return new Contact
        {
            Id = id,
            Score = i % 6 == 0 ? null : new ContactScore { ContactId = id, Total = i, Freshness = 100 - i, ComputedAt = Now },
            Origins = OwnOrigins(SubjectKind.Contact, i),
            Name = $"Personne {i:00}",
            AccountId = account?.Id,
            Account = account,
            Email = i % 5 == 0 ? null : $"p{i}@societe.example",
            Phone = i % 3 == 0 ? "+33199001234" : null,
            JobTitle = i % 4 == 0 ? null : i % 4 == 1 ? "Directeur financier" : "Acheteuse",
            Department = i % 4 == 1 ? "FINANCE" : null,
            Level = i % 2 == 0 ? "C_LEVEL" : null,
            InPostSince = i % 3 == 0 ? null : Today.AddDays(-i * 50),
            Interests = i % 2 == 0 ? ["Cloud"] : [],
            EmailReach = (Reach)(i % 5),
            EmailReachReason = "essai",
            PhoneReach = (Reach)(i % 3),
            Sources = ["crm"],
            RecordCount = 1,
            Search = $"personne {i:00}",
            CreatedAt = Now,
            UpdatedAt = Now.AddDays(-i),
        };
    }
}
