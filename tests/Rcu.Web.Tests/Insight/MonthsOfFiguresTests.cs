using Npgsql;
using Rcu.Customers;
using Rcu.Insight.Boards;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Insight;

public class MonthsOfFiguresTests
{
    // The fewer a month has, the later it is: by their number alone the last ones would be left out.
    [Fact]
    public async Task A_figure_by_months_shows_the_latest_in_their_order()
    {
        await using var database = await TestDatabase.CreateAsync();
        var sample = await SampleCustomers.AddToAsync(database.App);
        var first = new DateOnly(2023, 1, 1);
        await using (var db = sample.Open())
        {
            db.AddRange(Enumerable.Range(0, 25).SelectMany(month => Enumerable.Range(0, 30 - month).Select(n => new Document
            {
                AccountId = sample.Accounts[1].Id,
                Id = Guid.CreateVersion7(),
                Number = $"M{month}-{n}",
                Type = DocumentType.Invoice,
                Date = first.AddMonths(month),
                Net = 10,
                Source = "erp",
            })));
            await db.SaveChangesAsync();
        }

        await using var source = NpgsqlDataSource.Create(database.App);
        var labels = await new Figures(source).LabelsAsync(Figure.Find("invoiced")!, new FigureAsked(first, first.AddMonths(24).AddDays(27)), default);

        Assert.Equal(Enumerable.Range(5, 20).Select(month => $"{first.AddMonths(month):yyyy-MM}"), labels.Select(label => label.Label));
    }
}
