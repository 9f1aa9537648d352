using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Ingestion;
using Rcu.Matching;
using Rcu.Resolution;
using Rcu.Web.Identity;
using Rcu.Web.Tests.Support;
using Match = Rcu.Resolution.Match;
using Record = Rcu.Cleaning.Record;

namespace Rcu.Web.Tests.Pages;

/// <summary>A hub with three pairs of companies to judge, and a steward who has signed in.</summary>
internal sealed partial class StewardDesk : IAsyncDisposable
{
    public const string Email = "lea.martin@exemple.example";
    public const string Password = "quatre-mots-pour-entrer";

    private StewardDesk(TestHub hub) => Hub = hub;

    public TestHub Hub { get; }

    public HttpClient Browser { get; private set; } = null!;

    /// <summary>From the weightiest, which is the most urgent too; the last has two valid SIRENs.</summary>
    public List<Match> Pairs { get; } = [];

    public static async Task<StewardDesk> OpenAsync(bool listening = false, string role = "Steward")
    {
        var desk = new StewardDesk(listening ? await TestHub.ListenAsync() : await TestHub.StartAsync());
        await using (var scope = desk.Hub.Services.CreateAsyncScope())
        {
            var made = await scope.ServiceProvider.GetRequiredService<Users>()
                .CreateAsync(new CreateUser(Email, "Léa Martin", [role], Password), "test", default);
            Assert.True(made.Succeeded, made.Error?.Message);
        }

        await using var db = desk.Db();
        await KnownFeeds.DeclareAsync(db, TimeProvider.System, default);
        await desk.AddPairsAsync(db);
        if (listening)
        {
            return desk; // a real browser comes
        }

        desk.Browser = desk.Hub.CreateClient(new() { AllowAutoRedirect = false });
        var entered = await desk.PostAsync("/connexion", "/connexion", ("email", Email), ("password", Password));
        Assert.Equal(System.Net.HttpStatusCode.Redirect, entered.StatusCode);
        return desk;
    }

    public RcuDb Db() => new(new DbContextOptionsBuilder<RcuDb>().UseNpgsql(Hub.ConnectionString).Options);

    public Task<HttpResponseMessage> PostAsync(string page, string action, params (string Name, string Value)[] fields) =>
        PostAsync(page, action, htmx: false, fields);

    /// <summary>Posts a form of <paramref name="page"/> as a browser does, or as htmx does.</summary>
    public async Task<HttpResponseMessage> PostAsync(string page, string action, bool htmx, params (string Name, string Value)[] fields)
    {
        var content = fields.Append(("__RequestVerificationToken", await TokenAsync(page))).ToDictionary();
        using var post = new HttpRequestMessage(HttpMethod.Post, action) { Content = new FormUrlEncodedContent(content) };
        if (htmx)
        {
            post.Headers.Add("HX-Request", "true");
        }

        return await Browser.SendAsync(post);
    }

    public async Task<string> TokenAsync(string page) => Token().Match(await Browser.GetStringAsync(page)).Groups[1].Value;

    public async ValueTask DisposeAsync()
    {
        Browser?.Dispose();
        await Hub.DisposeAsync();
    }

    private async Task AddPairsAsync(RcuDb db)
    {
        var sources = await db.Sources.ToDictionaryAsync(s => s.Name);
        var now = DateTimeOffset.UtcNow;
        Add("Transports Garnier", "Transports Garnier SARL", 11.4, 10_000_000, null, new("name", "transports garnier", "transports garnier", "same", 8.2, 3.1), new("place", "57000 metz", "57050 metz", "town", 3.7, .4), new("phone", "+33199000001", "+33199000002", "different", -1.4, 0));
        Add("Menuiserie Chevalier", "Menuiserie Chevallier", 4.2, 100_000, null, new("name", "menuiserie chevalier", "menuiserie chevallier", "near", 7.1, 1), new("phone", "+33199000003", "+33199000003", "same", 9, 0), new("place", "69003 lyon", "44000 nantes", "different", -3.2, 0));
        Add("Imprimerie Noël", "Imprimerie Noël Frères", 2.1, 0, "siren", new("name", "imprimerie noel", "imprimerie noel freres", "similar", 6.3, 0), new("siren", "732829320", "552100554", "different", -23, 0));
        await db.SaveChangesAsync();

        void Add(string left, string right, double weight, double stake, string? veto, params Evidence[] evidence)
        {
            var one = RecordOf("crm", left, veto is null ? null : "732829320");
            var other = RecordOf("erp", right, veto is null ? null : "552100554");
            var (first, second) = one.CompareTo(other) < 0 ? (one, other) : (other, one);
            var match = new Match
            {
                Kind = ClusterKind.Account,
                LeftRecordId = first,
                RightRecordId = second,
                Probability = Math.Pow(2, weight) / (1 + Math.Pow(2, weight)),
                Weight = weight,
                Stake = stake,
                Rule = "name+place",
                Veto = veto,
                Sentence = "Même nom, même commune : plus de 99 % de chances.",
                Evidence = evidence,
                FoundAt = now.AddHours(-2),
            };
            Pairs.Add(match);
            db.Add(match);
        }

        Guid RecordOf(string source, string name, string? siren)
        {
            var fields = new Dictionary<string, string> { ["name"] = name, ["city"] = "Metz", ["phone"] = "+33199000001", ["country"] = "FR", ["postal_code"] = source == "crm" ? "57000" : "57050" };
            if (siren is not null)
            {
                fields["siren"] = siren;
            }

            var record = new Record
            {
                SourceId = sources[source].Id,
                Kind = RecordKind.Account,
                ExternalKey = $"{source}-{name.Length}{name[0]}",
                SourceRecordId = Guid.CreateVersion7(),
                ContentHash = [1],
                RunId = Guid.CreateVersion7(),
                Fields = fields,
                ChangedAt = now.AddDays(-3),
                CleanedAt = now,
            };
            var account = new Account { Name = name, Search = name, CreatedAt = now, UpdatedAt = now };
            account.Metrics = new AccountMetrics { AccountId = account.Id, Revenue12m = 84_300, ContactCount = 3, OpenOpportunities = 1, ComputedAt = now };
            db.AddRange(record, account, new Link { RecordId = record.Id, Kind = ClusterKind.Account, ClusterId = account.Id, Rule = "alone", Probability = 1, Sentence = "Seule.", LinkedAt = now });
            return record.Id;
        }
    }

    [GeneratedRegex("""name="__RequestVerificationToken" type="hidden" value="([^"]+)""")]
    private static partial Regex Token();
}
