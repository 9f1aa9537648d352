using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Identifiers;

namespace Rcu.Web.Tests.Support;

/// <summary>
/// Sixty invented companies written straight into the golden tables, for the tests of what reads them. The first one,
/// <see cref="SampleAccount"/>, has everything; the others fill the lists.
/// </summary>
public sealed class SampleCustomers
{
    public const int Count = 60;

    private static readonly string[] Trades =
        ["Carrosserie", "Menuiserie", "Transports", "Électricité", "Imprimerie", "Boulangerie", "Garage", "Maçonnerie", "Pépinières", "Éditions"];

    private static readonly string[] Families = ["Lefèvre", "Moreau", "Garnier", "Chevalier", "Noël", "Œuvrard", "Peltier", "Renaud", "Étienne", "Vasseur"];

    private static readonly (string City, string PostalCode, string Department, string Region)[] Towns =
    [
        ("Metz", "57000", "57", "Grand Est"), ("Lyon", "69003", "69", "Auvergne-Rhône-Alpes"), ("Épinal", "88000", "88", "Grand Est"),
        ("Nantes", "44000", "44", "Pays de la Loire"), ("Ajaccio", "20000", "2A", "Corse"), ("Saint-Denis", "97400", "974", "La Réunion"),
    ];

    private static readonly string[] Activities = ["45.20A", "16.23Z", "49.41A", "43.21A", "18.12Z", "10.71C"];

    private SampleCustomers(string connectionString, DateTimeOffset now) => (ConnectionString, Now) = (connectionString, now);

    public string ConnectionString { get; }

    public DateTimeOffset Now { get; }

    public SampleAccount First { get; private set; } = null!;

    public List<Account> Accounts { get; } = [];

    public RcuDb Open() => Open(ConnectionString);

    public static RcuDb Open(string connectionString, params Microsoft.EntityFrameworkCore.Diagnostics.IInterceptor[] interceptors) =>
        new(new DbContextOptionsBuilder<RcuDb>().UseNpgsql(connectionString).AddInterceptors(interceptors).Options);

    /// <summary>Reads beside it, on the same database.</summary>
    public static SideReads Beside(RcuDb db) => new((DbContextOptions<RcuDb>)db.GetService<IDbContextOptions>());

    public static async Task<SampleCustomers> AddToAsync(string connectionString, DateTimeOffset? now = null)
    {
        var sample = new SampleCustomers(connectionString, now ?? DateTimeOffset.UtcNow);
        await using var db = sample.Open();
        sample.First = SampleAccount.Add(db, sample.Now);
        sample.Accounts.Add(sample.First.Account);
        for (var number = 1; number < Count; number++)
        {
            sample.Add(db, number);
        }

        db.Add(new CapitalLink
        {
            ParentId = sample.Accounts[1].Id,
            ChildId = sample.First.Account.Id,
            Percentage = 60,
            StartedOn = new DateOnly(2021, 4, 1),
            Source = "crm",
        });
        sample.First.AddDuplicate(db, sample.Accounts[2]);
        await db.SaveChangesAsync();
        return sample;
    }

    /// <summary>A SIREN that passes its check and that no register holds: it is made from a number.</summary>
    public static Siren SirenOf(int number) =>
        Enumerable.Range(0, 10).Select(check => $"9{number:0000000}{check}").Select(text => Siren.TryParse(text, null, out var siren) ? siren : null)
            .First(siren => siren is not null)!;

    private void Add(RcuDb db, int number)
    {
        var siren = SirenOf(number);
        var town = Towns[number % Towns.Length];
        var name = $"{Trades[number % 10]} {Families[number * 7 % 10]}{(number >= 10 ? $" {number}" : "")}";
        var account = new Account
        {
            Name = name,
            Siren = number % 9 == 0 ? null : siren,
            Vat = VatNumber.Of(siren).Value,
            LegalName = $"{name.ToUpperInvariant()} SARL",
            LegalForm = "SARL",
            Naf = Activities[number % 6],
            HeadcountBand = number % 3 == 0 ? "12" : "03",
            Type = number % 4 == 0 ? AccountType.Prospect : AccountType.Customer,
            InseeState = number % 17 == 0 ? "C" : "A",
            Phone = $"+3319900{number:0000}",
            Address = new()
            {
                Street = $"{number} rue des Essais",
                PostalCode = town.PostalCode,
                City = number % 11 == 0 ? null : town.City,
                Department = town.Department,
                Region = town.Region,
            },
            Sources = number % 2 == 0 ? ["crm", "erp"] : ["crm"],
            RecordCount = 2,
            Search = SearchText.Fold($"{name} {siren.Value}"),
            CreatedAt = Now.AddDays(-number),
            UpdatedAt = Now.AddHours(-number),
        };
        account.Score = new AccountScore { AccountId = account.Id, Total = 30 + number, Completeness = 30 + number, ComputedAt = Now };
        if (number % 5 != 0)
        {
            account.Metrics = MetricsOf(account.Id, number);
        }

        Accounts.Add(account);
        db.Add(account);
        db.Add(new Establishment
        {
            AccountId = account.Id,
            Siret = $"{siren.Value}00011",
            Nic = "00011",
            IsHeadOffice = true,
            State = "A",
            Address = account.Address with { },
        });
        db.Add(ContactOf(account, number));
    }

    private AccountMetrics MetricsOf(Guid id, int number) => new()
    {
        AccountId = id,
        Revenue12m = number % 6 == 0 ? 0 : number * 1250.5m,
        RevenuePrevious12m = number % 3 == 0 ? number * 4000m : number * 1200m,
        OrderCount = number,
        OverdueCount = number % 8 == 0 ? 2 : 0,
        OverdueAmount = number % 8 == 0 ? 1800 : 0,
        LastInteractionAt = number % 7 == 0 ? null : Now.AddDays(-number * 3),
        LastInteractionChannel = number % 7 == 0 ? null : "email",
        Engagement = number % 100,
        ContactCount = 1,
        ReachableByEmail = 1,
        ComputedAt = Now,
    };

    private Contact ContactOf(Account account, int number) => new()
    {
        Name = $"Camille {Families[number % 10]}",
        GivenName = "Camille",
        FamilyName = Families[number % 10],
        AccountId = account.Id,
        Email = $"camille{number}@societe{number}.example",
        Emails = [$"camille{number}@societe{number}.example"],
        JobTitle = "Gérante",
        Level = "C_LEVEL",
        EmailReach = Reach.Allowed,
        EmailReachReason = "Adresse professionnelle, aucune opposition.",
        PhoneReachReason = "Aucun numéro connu.",
        Sources = ["crm"],
        RecordCount = 1,
        Search = SearchText.Fold($"Camille {Families[number % 10]}"),
        CreatedAt = Now,
        UpdatedAt = Now,
    };
}
