using System.Net;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Insight;
using Rcu.Insight.Computed;
using Rcu.Security;
using Rcu.Segmentation;
using Rcu.Web.Identity;
using Rcu.Web.Tests.Api;
using Rcu.Web.Tests.Support;
using Record = Rcu.Cleaning.Record;

namespace Rcu.Web.Tests.Insight;

/// <summary>What is computed of establishments: the facts that their source bears on a customer's record of the place, and no others.</summary>
public class PlaceFiguresTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Today = DateOnly.FromDateTime(Now.UtcDateTime);
    private static readonly Guid Source = Guid.CreateVersion7();

    [Fact]
    public async Task Every_measure_of_an_establishment_gives_what_a_plain_reading_gives_and_segments_ask_for_it()
    {
        await using var database = await TestDatabase.CreateAsync();
        var sample = await SampleCustomers.AddToAsync(database.App, Now);
        await using var db = sample.Open();
        var placed = await PlaceAsync(db, sample);
        FactFilter[] large = [new("net", FactTest.AtLeast, "5000")];
        List<Formula> formulas =
        [
            .. from measure in Enum.GetValues<ComputedMeasure>()
               from days in new int?[] { null, 200 }
               select new Formula(ComputedLevel.Establishment, measure, "invoices", measure is ComputedMeasure.Count or ComputedMeasure.Frequency ? null : "net", days, days is null ? null : large, [new("paid", FactTest.Is, "oui")]),
            new Formula(ComputedLevel.Establishment, ComputedMeasure.Sum, "purchases", "net"),
            new Formula(ComputedLevel.Establishment, ComputedMeasure.Count, "interactions", null, null, [new("kind", FactTest.Is, "visit")]),
        ];
        db.AddRange(formulas.Select((formula, i) => ComputedAttributesTests.Attribute(i + 1, formula)));
        await db.SaveChangesAsync();
        await RunAsync(database.App, Now);

        var invoices = (await db.Documents.AsNoTracking().Where(d => d.Type == DocumentType.Invoice).ToListAsync()).ToLookup(d => placed.GetValueOrDefault(d.Id));
        var places = await db.Establishments.AsNoTracking().ToListAsync();
        foreach (var (formula, number) in formulas.Select((f, i) => (f, i + 1)))
        {
            var told = await ValuesAsync(db, number, formula);
            var read = places.Select(e => (e.Id, Value: formula.Over switch
            {
                "invoices" => ComputedAttributesTests.Plain(formula, [.. invoices[e.Id]], Today),
                "purchases" => invoices[e.Id].Any() ? invoices[e.Id].Sum(d => d.Net / 2) : null,
                _ => e.Siret is null && placed.ContainsValue(e.Id) ? 1m : null,
            })).Where(one => one.Value is not null).ToDictionary(one => one.Id, one => Math.Round(one.Value!.Value, 4));

            Assert.NotEmpty(read);
            Assert.Equal(read.OrderBy(r => r.Key), told.OrderBy(r => r.Key));
        }

        // « Au moins un établissement dont la somme des achats dépasse 6 000 », by the set, by one record, and by hand.
        var sum = formulas.FindIndex(f => f is { Over: "purchases" });
        var name = ComputedAttributesTests.NameOf(sum + 1, formulas[sum]);
        var rule = new Condition.Related("establishments", Quantifier.AtLeast, new Condition.All([new Condition.Compare(name, Operator.AtLeast, ["6000"])]));
        var compiled = new ConditionCompiler(SegmentSources.Of(AccountScope.Hub, db), Now).Compile<Account>(rule);
        Assert.True(compiled.Succeeded, compiled.Error?.Message);
        var set = await db.Accounts.Where(compiled.Value).Select(a => a.Id).ToListAsync();
        var meant = places.Where(e => invoices[e.Id].Sum(d => d.Net / 2) >= 6000).Select(e => e.AccountId).Distinct();
        Assert.Equal(meant.Order(), set.Order());
        Assert.InRange(set.Count, 1, 4);
        foreach (var account in sample.Accounts.Skip(1).Take(5))
        {
            var facts = await SegmentFacts.LoadAsync(AccountScope.Hub, db, SegmentTarget.Accounts, [account.Id], rule, default);
            Assert.Equal(set.Contains(account.Id), new SegmentJudge(facts, Now).Explain(SegmentTarget.Accounts, account.Id, rule)?.Holds);
        }
    }

    [Fact]
    public async Task The_page_and_the_api_tell_the_same_and_what_moves_between_places_is_computed_again()
    {
        await using var api = await ApiHub.StartAsync();
        var sample = await api.AddSampleAsync();
        await using var db = sample.Open();
        var placed = await PlaceAsync(db, sample);
        var formula = new { level = "establishment", measure = "count", over = "invoices" };

        var (tried, preview) = await api.SendAsync(HttpMethod.Post, "/computed-attributes:try", new { label = "Factures du site", purpose = "Livrer", formula });
        Assert.Equal(HttpStatusCode.OK, tried.StatusCode);
        Assert.Equal(placed.Count(p => p.Value is not null) - 5, preview.GetProperty("coverage").GetProperty("counted").GetInt64());
        Assert.True(preview.GetProperty("coverage").GetProperty("facts").GetInt64() > preview.GetProperty("coverage").GetProperty("counted").GetInt64());
        var (made, _) = await api.SendAsync(HttpMethod.Post, "/computed-attributes", new { label = "Factures du site", purpose = "Livrer", formula }, "un-seul");
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        await RunAsync(api.Hub.ConnectionString, DateTimeOffset.UtcNow);

        var account = sample.Accounts[4];
        using var browser = await api.Hub.SignInAsync(HubRoles.Marketing);
        var shown = WebUtility.HtmlDecode(await browser.GetStringAsync($"/comptes/{account.Id}?onglet=etablissements"));
        var told = await FiguresAsync(api, account.Id);
        Assert.Equal(2, told.Count);
        Assert.All(told.Values, value => Assert.Contains($"Factures du site : <strong>{value:0}</strong>", shown, StringComparison.Ordinal));
        Assert.Contains("Pour un établissement est compté ce que sa source porte sur une fiche client", shown, StringComparison.Ordinal);

        using var form = await browser.PostFormAsync("/analyse/calculs/edition", "/analyse/calculs/edition?handler=Try",
            [new("Form.Label", "Factures du site"), new("Form.Purpose", "Livrer"), new("Form.Over", "invoices"), new("Form.Measure", "Count"), new("Form.Days", ""), new("Form.Level", "Establishment")]);
        var page = WebUtility.HtmlDecode(await form.Content.ReadAsStringAsync());
        Assert.Contains($"/comptes/{account.Id}?onglet=etablissements", page, StringComparison.Ordinal);
        Assert.Contains($"{preview.GetProperty("coverage").GetProperty("counted").GetInt64()} faits sur {preview.GetProperty("coverage").GetProperty("facts").GetInt64()} sont rattachés", page, StringComparison.Ordinal);

        // One record leaves a place for the other of the same account: the places are written anew, and both figures with them.
        var both = await db.Establishments.Where(e => e.AccountId == account.Id).OrderBy(e => e.Siret).ToListAsync();
        both[0].RecordIds = [.. both[0].RecordIds, .. both[1].RecordIds.Take(1)];
        both[1].RecordIds = [.. both[1].RecordIds.Skip(1)];
        await db.SaveChangesAsync();
        await RunAsync(api.Hub.ConnectionString, DateTimeOffset.UtcNow);

        var after = await FiguresAsync(api, account.Id);
        Assert.Equal(told.Values.Sum(), after.Values.Sum());
        Assert.NotEqual(told[both[0].Id], after[both[0].Id]);

        // A place that is no more has no figure.
        await db.Establishments.Where(e => e.Id == both[1].Id).ExecuteDeleteAsync();
        await RunAsync(api.Hub.ConnectionString, DateTimeOffset.UtcNow);
        Assert.False(await db.Set<ComputedValue>().AnyAsync(v => v.SubjectId == both[1].Id));
    }

    // Two places for five accounts: the first of one record, the second of two. One invoice of four is on no customer's record, and a
    // person of the second place was visited. Tells the place of each fact.
    private static async Task<Dictionary<Guid, Guid?>> PlaceAsync(RcuDb db, SampleCustomers sample)
    {
        Dictionary<Guid, Guid?> placed = [];
        var product = new Product { Code = "P-1", Label = "Peinture" };
        db.Add(product);
        foreach (var (account, i) in sample.Accounts.Skip(1).Take(5).Select((a, i) => (a, i + 1)))
        {
            var first = await db.Establishments.SingleAsync(e => e.AccountId == account.Id);
            var second = new Establishment { AccountId = account.Id, Address = account.Address with { Street = "2 quai des Essais" } };
            db.Add(second);
            Record[] customers = [.. Enumerable.Range(0, 3).Select(n => RecordOf(Guid.CreateVersion7(), RecordKind.Account, $"C{i}-{n}"))];
            first.RecordIds = [customers[0].Id];
            second.RecordIds = [customers[1].Id, customers[2].Id];
            db.AddRange(customers);
            for (var n = 0; n < 2 + (2 * i); n++)
            {
                var invoice = new Document
                {
                    AccountId = account.Id,
                    Id = Guid.CreateVersion7(),
                    Number = $"S{i}-{n}",
                    Type = DocumentType.Invoice,
                    Date = DateOnly.FromDateTime(sample.Now.AddDays(-40 * n).UtcDateTime),
                    Net = 1_000m * (1 + n) * i,
                    Paid = n % 3 != 0,
                    Source = "erp",
                };
                placed[invoice.Id] = n % 4 == 3 ? null : n % 4 == 0 ? first.Id : second.Id;
                db.AddRange(
                    invoice,
                    new DocumentLine { AccountId = account.Id, DocumentId = invoice.Id, Id = Guid.CreateVersion7(), ProductId = product.Id, Net = invoice.Net / 2, Source = "erp" },
                    RecordOf(invoice.Id, RecordKind.Document, $"S{i}-{n}", n % 4 == 3 ? [] : new() { ["account_key"] = $"C{i}-{n % 4}" }));
            }

            var visit = new Interaction
            {
                AccountId = account.Id,
                Id = Guid.CreateVersion7(),
                Kind = "visit",
                Channel = "meeting",
                Direction = Direction.Outbound,
                At = sample.Now.AddDays(-3),
                Source = "erp",
            };
            placed[visit.Id] = second.Id;
            db.AddRange(
                visit,
                RecordOf(visit.Id, RecordKind.Interaction, $"V{i}", new() { ["contact_key"] = $"P{i}" }),
                RecordOf(Guid.CreateVersion7(), RecordKind.Contact, $"P{i}", new() { ["account_key"] = $"C{i}-2" }));
        }

        await db.SaveChangesAsync();
        return placed;
    }

    private static Record RecordOf(Guid id, RecordKind kind, string key, Dictionary<string, string>? fields = null) => new()
    {
        Id = id,
        SourceId = Source,
        Kind = kind,
        ExternalKey = key,
        SourceRecordId = id,
        ContentHash = [1],
        RunId = id,
        Fields = fields ?? [],
        ChangedAt = Now,
        CleanedAt = Now,
    };

    internal static async Task<Dictionary<Guid, decimal>> ValuesAsync(RcuDb db, int number, Formula formula)
    {
        var name = ComputedAttributesTests.NameOf(number, formula);
        return await db.Set<ComputedValue>().AsNoTracking().Where(v => v.Name == name && v.Kind == SubjectKind.Establishment)
            .ToDictionaryAsync(v => v.SubjectId, v => Math.Round(v.Number!.Value, 4));
    }

    private static async Task<Dictionary<Guid, decimal>> FiguresAsync(ApiHub api, Guid account)
    {
        var (answer, body) = await api.GetAsync($"/accounts/{account}/establishments/computed-attributes");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return body.GetProperty("data").EnumerateArray().ToDictionary(one => one.GetProperty("establishmentId").GetGuid(), one => one.GetProperty("value").GetDecimal());
    }

    internal static async Task RunAsync(string connection, DateTimeOffset now)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await new InsightStage(source, new StillClock(now)).RunAsync(new NoProgress(), default);
    }
}
