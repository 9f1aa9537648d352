using Microsoft.EntityFrameworkCore;
using Npgsql;
using Rcu.Customers;
using Rcu.Insight;
using Rcu.Insight.Worth;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Insight;

/// <summary>What accounts are worth and how leads are scored, beside a plain reading of the same facts.</summary>
public class WorthTests
{
    private static readonly decimal[] Parts = [.2m, .4m, .6m, .8m];

    private static readonly DateTimeOffset Now = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Today = new(2026, 11, 20);

    [Fact]
    public async Task Recency_frequency_amount_and_expected_value_are_those_of_a_plain_reading()
    {
        await using var database = await TestDatabase.CreateAsync();
        var sample = await BillsAsync(database);
        await RunAsync(database);

        await using var db = sample.Open();
        var bills = (await db.Documents.AsNoTracking().Where(d => (d.Type == DocumentType.Invoice || d.Type == DocumentType.CreditNote) && d.Date <= Today).ToListAsync())
            .ToLookup(d => d.AccountId);
        var plain = sample.Accounts.Select(a => (a.Id, Bought: Plain(bills[a.Id]))).ToDictionary(a => a.Id, a => a.Bought);
        var customers = plain.Values.OfType<Bought>().ToList();
        decimal[] Cuts(Func<Bought, decimal> of)
        {
            var sorted = customers.Select(of).Order().ToList();
            return [.. Parts.Select(part => sorted[(int)Math.Ceiling(part * sorted.Count) - 1])];
        }

        var (recency, frequency, amount) = (Cuts(b => b.Recency), Cuts(b => b.Days), Cuts(b => b.Net));
        Assert.True(customers.Count > 10);
        foreach (var worth in await db.Set<AccountWorth>().AsNoTracking().ToListAsync())
        {
            var told = (worth.RecencyDays, worth.Frequency, worth.Monetary, worth.IntervalDays, worth.R, worth.F, worth.M);
            if (plain[worth.AccountId] is not { } bought)
            {
                Assert.Equal((null, 0, 0m, null, null, null, null), told);
                Assert.Equal(bills[worth.AccountId].Any(b => b.Type == DocumentType.Invoice) ? RfmClass.Lost : null, worth.Rfm);
                continue;
            }

            Assert.Equal(
                ((int?)bought.Recency, bought.Days, bought.Net, bought.Gap, (int?)(5 - recency.Count(c => bought.Recency > c)),
                    (int?)(1 + frequency.Count(c => bought.Days > c)), (int?)(1 + amount.Count(c => bought.Net > c))),
                told);
            Assert.InRange(worth.ValueNext!.Value, bought.Next - 0.02m, bought.Next + 0.02m);
            Assert.Equal(bills[worth.AccountId].Sum(b => b.Type == DocumentType.Invoice ? b.Net : -b.Net), worth.ValueToDate);
            Assert.InRange(worth.Churn!.Value, 0, 100);
            Assert.True(worth.Churn == 0 || worth.ChurnReasons.Count > 0);
            Assert.InRange((decimal)worth.Churn, Math.Min(100, worth.ChurnReasons.Sum(r => r.Points)) - 3, Math.Min(100, worth.ChurnReasons.Sum(r => r.Points)) + 3);
        }

        var trial = await db.Set<ValueTrial>().AsNoTracking().SingleAsync();
        Assert.True(trial.Customers > 0 && trial.Error >= 0);
    }

    [Fact]
    public async Task A_lead_fades_counts_more_from_a_decision_maker_and_changes_state_as_the_model_says()
    {
        await using var database = await TestDatabase.CreateAsync();
        var sample = await SampleCustomers.AddToAsync(database.App, Now);
        await using var db = sample.Open();
        var (plain, decided, old) = (sample.Accounts[4], sample.Accounts[8], sample.Accounts[12]); // prospects, all three
        var contact = await db.Contacts.SingleAsync(c => c.AccountId == decided.Id);
        db.Add(new Role { AccountId = decided.Id, ContactId = contact.Id, Function = RoleFunction.DecisionMaker, Source = "crm", Reason = "Essai" });
        db.AddRange(Form(plain.Id, null, 0), Form(decided.Id, contact.Id, 0), Form(old.Id, null, 30));
        await db.SaveChangesAsync();

        await RunAsync(database);

        var worths = await db.Set<AccountWorth>().AsNoTracking().ToDictionaryAsync(w => w.AccountId);
        Assert.Equal((20, LeadState.Warm), (worths[plain.Id].LeadScore, worths[plain.Id].State));
        Assert.Equal((40, LeadState.Hot), (worths[decided.Id].LeadScore, worths[decided.Id].State));
        Assert.Equal((10, LeadState.Cold), (worths[old.Id].LeadScore, worths[old.Id].State));
        Assert.Equal(new WorthReason("form_sent", 40, "DecisionMaker", 1), worths[decided.Id].LeadReasons.Single());
        Assert.Equal(LeadState.Suspect, worths[sample.Accounts[16].Id].State);
        Assert.Equal(LeadState.Customer, worths[sample.First.Account.Id].State);
        Assert.Equal(20, (await db.Set<ContactLead>().AsNoTracking().SingleAsync(l => l.ContactId == contact.Id)).Score);

        // A month later the same signals are worth half, and the moves are kept.
        await RunAsync(database, Now.AddDays(30));
        var moves = await db.Set<LeadMove>().AsNoTracking().Where(m => m.AccountId == decided.Id).OrderBy(m => m.At).ToListAsync();
        Assert.Equal([(null, LeadState.Hot, 40), (LeadState.Hot, LeadState.Warm, 20)], moves.Select(m => (m.FromState, m.ToState, m.Score)));
    }

    private static Interaction Form(Guid account, Guid? contact, int daysAgo) => new()
    {
        AccountId = account,
        Id = Guid.CreateVersion7(),
        ContactId = contact,
        Kind = "form_sent",
        Channel = "web",
        Direction = Direction.Inbound,
        At = Now.AddDays(-daysAgo),
        Source = "web",
    };

    // The definition, word for word.
    private static Bought? Plain(IEnumerable<Document> bills)
    {
        var known = bills.Where(b => b.Date > Today.AddDays(-730)).ToList();
        var days = known.Where(b => b.Type == DocumentType.Invoice).Select(b => b.Date).Distinct().Order().ToList();
        if (days.Count == 0)
        {
            return null;
        }

        var net = known.Sum(b => b.Type == DocumentType.Invoice ? b.Net : -b.Net);
        var gap = days.Count > 1 ? (int?)Math.Round((days[^1].DayNumber - days[0].DayNumber) / (decimal)(days.Count - 1), MidpointRounding.AwayFromZero) : null;
        var recency = Today.DayNumber - days[^1].DayNumber;
        var years = Math.Clamp((Today.DayNumber - days[0].DayNumber) / 365.25, 1, 2);
        var usual = gap ?? 180;
        var alive = Math.Pow(0.5, Math.Max(recency - usual, 0) / (double)Math.Max(usual, 30));
        return new Bought(recency, days.Count, net, gap, (decimal)((double)Math.Max(net, 0) / years * alive));
    }

    private static async Task<SampleCustomers> BillsAsync(TestDatabase database)
    {
        var sample = await SampleCustomers.AddToAsync(database.App, Now);
        await using var db = sample.Open();
        foreach (var (account, i) in sample.Accounts.Skip(1).Take(30).Select((a, i) => (a, i + 1)))
        {
            db.AddRange(Enumerable.Range(0, i % 7).Select(n => new Document
            {
                AccountId = account.Id,
                Id = Guid.CreateVersion7(),
                Number = $"V{i}-{n}",
                Type = n == 5 ? DocumentType.CreditNote : DocumentType.Invoice,
                Date = Today.AddDays(-(i * 11) - (n * (20 + (i * 5)))),
                Net = 500m + (i * 137) + (n * 60),
                Paid = true,
                Source = "erp",
            }));
        }

        await db.SaveChangesAsync();
        return sample;
    }

    private static async Task RunAsync(TestDatabase database, DateTimeOffset? now = null)
    {
        await using var source = NpgsqlDataSource.Create(database.App);
        await new InsightStage(source, new StillClock(now ?? Now)).RunAsync(new NoProgress(), default);
    }

    private sealed record Bought(int Recency, int Days, decimal Net, int? Gap, decimal Next);
}
