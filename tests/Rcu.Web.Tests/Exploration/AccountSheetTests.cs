using Rcu.Customers;
using Rcu.Data;
using Rcu.Exploration;
using Rcu.Security;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Exploration;

public class AccountSheetTests
{
    private static readonly AccountScope Reader = new("test");

    [Fact]
    public async Task A_sheet_is_read_in_eight_queries()
    {
        await using var database = await TestDatabase.CreateAsync();
        var first = (await SampleCustomers.AddToAsync(database.App)).First;
        var counter = new QueryCounter();
        await using var db = SampleCustomers.Open(database.App, counter);

        var sheet = await SheetsOf(db).ReadAsync(Reader, first.Account.Id, CancellationToken.None);

        Assert.True(sheet.Succeeded);
        Assert.Equal(8, counter.Count);
    }

    [Fact]
    public async Task The_sheet_says_whom_to_call_and_why()
    {
        await using var database = await TestDatabase.CreateAsync();
        var first = (await SampleCustomers.AddToAsync(database.App)).First;
        await using var db = SampleCustomers.Open(database.App);

        var sheet = (await SheetsOf(db).ReadAsync(Reader, first.Account.Id, CancellationToken.None)).Value!;

        // Three invoices are overdue: the one who pays comes before the one who decides.
        Assert.Equal("Jean-François Müller", sheet.Call?.Contact.Name);
        Assert.Equal(["pays_overdue", "leads", "reachable"], sheet.Call?.Reasons);
        Assert.Equal(["overdue", "complaint", "falling", "opportunity_near", "opportunity_late"], sheet.Notables.Select(n => n.Code));
        Assert.Equal(6, sheet.Contacts.Count);
        Assert.Equal("Paul Vasseur", sheet.Contacts[^1].Name);
        Assert.Equal(2, sheet.OpenEstablishments);
        Assert.Equal(2, sheet.Opportunities.Count(o => o.IsOpen));
        Assert.Single(sheet.Duplicates);
        Assert.Equal(12_400_000, sheet.LastYear?.Turnover);
    }

    [Fact]
    public async Task The_timeline_shows_everything_once_newest_first()
    {
        await using var database = await TestDatabase.CreateAsync();
        var first = (await SampleCustomers.AddToAsync(database.App)).First;
        await using var db = SampleCustomers.Open(database.App);
        var timeline = new Timeline(db);

        List<TimelineItem> items = [];
        for (TimelineCursor? after = null; ;)
        {
            var page = await timeline.ReadAsync(Reader, new TimelineFilter(first.Account.Id), after, CancellationToken.None, size: 7);
            items.AddRange(page.Items);
            if (page.Next is null)
            {
                break;
            }

            after = TimelineCursor.Parse(page.Next.ToString());
        }

        Assert.Equal(45 + 20 + 1, items.DistinctBy(i => i.Id).Count());
        Assert.Equal(66, items.Count);
        Assert.Equal(items.Select(i => i.At).OrderDescending(), items.Select(i => i.At));
    }

    [Fact]
    public async Task A_timeline_is_narrowed_by_channel_source_and_person()
    {
        await using var database = await TestDatabase.CreateAsync();
        var first = (await SampleCustomers.AddToAsync(database.App)).First;
        await using var db = SampleCustomers.Open(database.App);
        var timeline = new Timeline(db);
        var id = first.Account.Id;

        var calls = await timeline.ReadAsync(Reader, new TimelineFilter(id, Channel: "phone"), null, CancellationToken.None);
        var erp = await timeline.ReadAsync(Reader, new TimelineFilter(id, Source: "erp"), null, CancellationToken.None);
        var person = await timeline.ReadAsync(Reader, new TimelineFilter(null, first.Contacts[0].Id), null, CancellationToken.None, 100);

        Assert.All(calls.Items, i => Assert.Equal("phone", i.Channel));
        Assert.Equal(20, erp.Items.Count);
        Assert.All(person.Items, i => Assert.Equal("Marie Dupont", i.ContactName));
    }

    [Fact]
    public async Task Lineage_tells_the_winner_the_losers_and_why_a_record_belongs()
    {
        await using var database = await TestDatabase.CreateAsync();
        var first = (await SampleCustomers.AddToAsync(database.App)).First;
        await using var db = SampleCustomers.Open(database.App);

        var lineage = await new Lineage(db).OfAccountAsync(Reader, first.Account.Id, CancellationToken.None);

        Assert.Equal(["erp", "crm", "marketing", "salon"], lineage.Records.Select(r => r.Source));
        Assert.Single(lineage.Records[3].Issues);
        Assert.Contains("raison_sociale", lineage.Records[0].Payload?.ToString(), StringComparison.Ordinal);
        Assert.Equal(3, lineage.Disagreements);
        Assert.Contains(lineage.Fields, f => f is { Name: "phone", IsDisputed: false });
    }

    [Fact]
    public async Task Sales_are_summed_by_month_and_credit_notes_count_against()
    {
        await using var database = await TestDatabase.CreateAsync();
        var sample = await SampleCustomers.AddToAsync(database.App);
        await using var db = SampleCustomers.Open(database.App);
        var sales = new AccountSales(db, TimeProvider.System);
        var id = sample.First.Account.Id;

        var months = await sales.MonthsAsync(Reader, id, CancellationToken.None);
        var (documents, next) = await sales.DocumentsAsync(Reader, id, null, CancellationToken.None);
        var lines = await sales.LinesAsync(Reader, id, documents[0].Id, CancellationToken.None);

        Assert.Equal(12, months.Count);
        var first = new DateOnly(sample.Now.UtcDateTime.Year, sample.Now.UtcDateTime.Month, 1).AddMonths(-11);
        Assert.Equal(
            documents.Where(d => d.Date >= first).Sum(d => d.Type switch { DocumentType.Invoice => d.Net, DocumentType.CreditNote => -d.Net, _ => 0 }),
            months.Sum(m => m.Net));
        Assert.Null(next);
        Assert.Equal(["Peinture", "Vernis"], lines.Select(l => l.Label));
    }

    [Fact]
    public async Task A_person_is_shown_with_their_parts_relations_and_consents()
    {
        await using var database = await TestDatabase.CreateAsync();
        var first = (await SampleCustomers.AddToAsync(database.App)).First;
        await using var db = SampleCustomers.Open(database.App);

        var sheet = (await new ContactSheets(db, new Timeline(db)).ReadAsync(Reader, first.Contacts[0].Id, CancellationToken.None)).Value!;
        var group = await new AccountGroup(db, TimeProvider.System).ReadAsync(Reader, first.Account.Id, CancellationToken.None);
        var people = await new ContactList(db).ReadAsync(
            Reader, new ContactFilter { AccountId = first.Account.Id, Function = RoleFunction.Payer }, ContactSort.Account, false, null, CancellationToken.None);

        Assert.Equal(2, sheet.Roles.Count);
        Assert.False(Assert.Single(sheet.Relations).IsOutgoing);
        Assert.Single(sheet.Consents);
        Assert.Equal(60, group.Line[^1].Link?.Percentage);
        Assert.Equal("Jean-François Müller", Assert.Single(people.Rows).Name);
    }

    private static AccountSheets SheetsOf(RcuDb db) => new(db, SampleCustomers.Beside(db), TimeProvider.System);
}
