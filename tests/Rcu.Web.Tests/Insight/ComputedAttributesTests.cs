using Microsoft.EntityFrameworkCore;
using Npgsql;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Insight;
using Rcu.Insight.Computed;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Insight;

/// <summary>Attributes computed without code: each gives what a plain reading of the facts gives, and only what changed is computed again.</summary>
public class ComputedAttributesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Every_measure_at_every_level_gives_what_a_plain_reading_gives()
    {
        await using var database = await TestDatabase.CreateAsync();
        var sample = await FactsAsync(database);
        await using var db = sample.Open();
        var today = DateOnly.FromDateTime(Now.UtcDateTime);
        FactFilter[] large = [new("net", FactTest.AtLeast, "5000")];
        Formula[] formulas =
        [
            .. from level in Enum.GetValues<ComputedLevel>()
               where level is not ComputedLevel.Establishment
               from measure in Enum.GetValues<ComputedMeasure>()
               from days in new int?[] { null, 200 }
               select new Formula(level, measure, "invoices", measure is ComputedMeasure.Count or ComputedMeasure.Frequency ? null : "net", days, days is null ? null : large, [new("paid", FactTest.Is, "oui")]),
        ];
        foreach (var (formula, number) in formulas.Select((f, i) => (f, i + 1)))
        {
            db.Add(Attribute(number, formula));
        }

        await db.SaveChangesAsync();
        await RunAsync(database, Now);

        var values = await db.Set<ComputedValue>().AsNoTracking().ToListAsync();
        var invoices = await db.Documents.AsNoTracking().Where(d => d.Type == DocumentType.Invoice).ToListAsync();
        var accounts = await db.Accounts.AsNoTracking().Select(a => a.Id).ToListAsync();
        var contacts = await db.Contacts.AsNoTracking().Select(c => c.Id).ToListAsync();
        var parent = sample.Accounts[1].Id;
        var child = sample.First.Account.Id;
        foreach (var (formula, number) in formulas.Select((f, i) => (f, i + 1)))
        {
            var told = values.Where(v => v.Name == NameOf(number, formula)).ToDictionary(v => v.SubjectId, v => Math.Round(v.Number!.Value, 4));
            var read = new Dictionary<Guid, decimal>();
            foreach (var subject in formula.Level is ComputedLevel.Contact ? contacts : accounts)
            {
                var mine = invoices.Where(d => formula.Level switch
                {
                    ComputedLevel.Contact => d.ContactId == subject,
                    ComputedLevel.Group when subject == parent || subject == child => d.AccountId == parent || d.AccountId == child,
                    _ => d.AccountId == subject,
                });
                if (Plain(formula, [.. mine], today) is { } value)
                {
                    read[subject] = Math.Round(value, 4);
                }
            }

            Assert.NotEmpty(read);
            Assert.Equal(read.OrderBy(r => r.Key), told.OrderBy(r => r.Key));
        }
    }

    [Fact]
    public async Task Only_the_accounts_that_changed_are_computed_again_and_a_new_day_computes_them_all()
    {
        await using var database = await TestDatabase.CreateAsync();
        var sample = await FactsAsync(database);
        await using var db = sample.Open();
        db.Add(Attribute(1, new Formula(ComputedLevel.Account, ComputedMeasure.Sum, "billing", "net", 365)));
        await db.SaveChangesAsync();
        await RunAsync(database, Now);
        var other = sample.Accounts[3].Id;
        var before = await SumAsync(db, other);

        // Nobody noted anything: the figure that was spoiled stays as it is.
        await db.Database.ExecuteSqlAsync($"update computed_values set number = 1 where subject_id = {sample.First.Account.Id}");
        await db.Documents.Where(d => d.AccountId == other).ExecuteUpdateAsync(set => set.SetProperty(d => d.Net, d => d.Net + 100));
        await RunAsync(database, Now.AddHours(1));

        Assert.Equal(before + 100, await SumAsync(db, other));
        Assert.Equal(1, await SumAsync(db, sample.First.Account.Id));

        await RunAsync(database, Now.AddDays(1));
        Assert.NotEqual(1, await SumAsync(db, sample.First.Account.Id));

        // The facts went, and the account with them: so do the values.
        await db.Documents.Where(d => d.AccountId == other).ExecuteDeleteAsync();
        await db.Accounts.Where(a => a.Id == sample.First.Account.Id).ExecuteDeleteAsync();
        await RunAsync(database, Now.AddDays(1).AddHours(1));
        Assert.Null(await SumAsync(db, other));
        Assert.Null(await SumAsync(db, sample.First.Account.Id));
        Assert.False(await db.AccountMetrics.AnyAsync(m => m.AccountId == sample.First.Account.Id));
    }

    [Theory]
    [InlineData("factures", null, "computed.unknown_source")]
    [InlineData("invoices", "net'; drop table accounts; --", "computed.unknown_field")]
    [InlineData("invoices", "number", "computed.wrong_field")]
    public void What_makes_no_sense_is_refused(string over, string? field, string code)
    {
        var compiled = CompiledFormula.Compile(new Formula(ComputedLevel.Account, ComputedMeasure.Sum, over, field), new DateOnly(2026, 11, 20));

        Assert.Equal(code, compiled.Error?.Code);
    }

    [Fact]
    public void What_people_type_is_never_text_of_the_statement()
    {
        const string evil = "x') or true; drop table accounts; --";
        var formula = new Formula(ComputedLevel.Account, ComputedMeasure.Count, "interactions", Filters: [new("campaign", FactTest.Is, evil)]);

        var compiled = CompiledFormula.Compile(formula, new DateOnly(2026, 11, 20)).Value!;

        Assert.DoesNotContain("drop", compiled.Sql, StringComparison.Ordinal);
        Assert.Contains(evil, compiled.Values);
    }

    // The formula read word for word, one subject at a time.
    internal static decimal? Plain(Formula formula, List<Document> facts, DateOnly today)
    {
        facts = [.. facts.Where(d => d.Date <= today && (formula.Days is null || (d.Date > today.AddDays(-formula.Days.Value) && d.Net >= 5000)))];
        if (facts.Count == 0)
        {
            return null;
        }

        var inOrder = facts.OrderBy(d => d.Date).ThenBy(d => d.Id).ToList();
        var months = formula.Days is { } days ? days / 30.4375m : Math.Max((today.DayNumber - inOrder[0].Date.DayNumber + 1) / 30.4375m, 1);
        return formula.Measure switch
        {
            ComputedMeasure.Count => facts.Count,
            ComputedMeasure.Sum => facts.Sum(d => d.Net),
            ComputedMeasure.Average => facts.Average(d => d.Net),
            ComputedMeasure.First => inOrder[0].Net,
            ComputedMeasure.Last => inOrder.OrderByDescending(d => d.Date).ThenBy(d => d.Id).First().Net,
            ComputedMeasure.Frequency => facts.Count / months,
            ComputedMeasure.Distinct => facts.Select(d => d.Net).Distinct().Count(),
            _ => facts.Where(d => d.Paid == true).Sum(d => d.Net) / facts.Sum(d => d.Net),
        };
    }

    private static async Task<SampleCustomers> FactsAsync(TestDatabase database)
    {
        var sample = await SampleCustomers.AddToAsync(database.App, Now);
        await using var db = sample.Open();
        var contacts = await db.Contacts.AsNoTracking().Where(c => c.AccountId != null).ToDictionaryAsync(c => c.Id, c => c.AccountId!.Value);
        foreach (var (account, i) in sample.Accounts.Skip(1).Take(8).Select((a, i) => (a, i + 1)))
        {
            db.AddRange(Enumerable.Range(0, i).Select(n => new Document
            {
                AccountId = account.Id,
                Id = Guid.CreateVersion7(),
                ContactId = n % 2 == 0 ? contacts.First(c => c.Value == account.Id).Key : null,
                Number = $"T{i}-{n}",
                Type = DocumentType.Invoice,
                Date = DateOnly.FromDateTime(Now.AddDays(-30 * n * i).UtcDateTime),
                Net = 1_000m * (1 + n) * i,
                Paid = n % 3 != 0,
                Source = "erp",
            }));
        }

        await db.SaveChangesAsync();
        var only = sample.Accounts[3].Id;
        await db.Documents.Where(d => d.AccountId == only && d.Number != "T3-0").ExecuteDeleteAsync();
        return sample;
    }

    internal static ComputedAttribute Attribute(int number, Formula formula) => new()
    {
        Number = number,
        Version = 1,
        Name = NameOf(number, formula),
        Label = $"Calcul {number}",
        Purpose = "Essai",
        Formula = formula,
        State = ComputedState.On,
        SetBy = "test",
        SetAt = Now,
    };

    internal static string NameOf(int number, Formula formula) => ComputedAttribute.NameOf(number, formula, CustomValue.Number);

    private static Task<decimal?> SumAsync(RcuDb db, Guid id) =>
        db.Set<ComputedValue>().AsNoTracking().Where(v => v.SubjectId == id).Select(v => v.Number).SingleOrDefaultAsync();

    private static async Task RunAsync(TestDatabase database, DateTimeOffset now)
    {
        await using var source = NpgsqlDataSource.Create(database.App);
        await new InsightStage(source, new StillClock(now)).RunAsync(new NoProgress(), default);
    }
}
