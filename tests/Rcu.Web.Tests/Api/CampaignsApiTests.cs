using System.Net;
using Rcu.Customers;

namespace Rcu.Web.Tests.Api;

/// <summary>Campaigns by the API: what one brought is counted from the facts, and its return from its cost.</summary>
public class CampaignsApiTests
{
    [Fact]
    public async Task The_return_of_a_campaign_is_computed_from_its_cost_and_what_was_won()
    {
        await using var api = await ApiHub.StartAsync();
        var sample = await api.AddSampleAsync();
        await using var db = sample.Open();
        var day = DateOnly.FromDateTime(sample.Now.UtcDateTime);
        foreach (var (account, i) in sample.Accounts.Skip(1).Take(3).Select((a, i) => (a, i)))
        {
            db.Add(new Interaction
            {
                AccountId = account.Id,
                Id = Guid.CreateVersion7(),
                Kind = "email_clicked",
                Channel = "email",
                Direction = Direction.Inbound,
                At = sample.Now.AddDays(-20),
                Campaign = i == 0 ? "PRINTEMPS" : "Printemps",
                Source = "marketing",
            });
        }

        db.AddRange(
            Sale(sample.Accounts[1].Id, OpportunityStage.Won, 3_000, day.AddDays(-5)), Sale(sample.Accounts[2].Id, OpportunityStage.Proposal, 9_000, day.AddDays(30)),
            Sale(sample.Accounts[3].Id, OpportunityStage.Won, 7_000, day.AddDays(-60))); // won before the campaign
        await db.SaveChangesAsync();

        var (created, campaign) = await api.SendAsync(
            HttpMethod.Post, "/campaigns", new { name = "Printemps", channel = "email", startsOn = $"{day.AddDays(-30):yyyy-MM-dd}", cost = 1000 });
        var (again, _) = await api.SendAsync(HttpMethod.Post, "/campaigns", new { name = "printemps", channel = "email", startsOn = "2026-01-01", cost = 1 });
        var (_, figure) = await api.GetAsync($"/figures/campaign_won?from={day.AddDays(-30):yyyy-MM-dd}&campaign=Printemps");
        var (unknown, _) = await api.GetAsync("/figures/nothing");

        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.Equal((3, 2, 1), (campaign.GetProperty("touched").GetInt32(), campaign.GetProperty("opened").GetInt32(), campaign.GetProperty("won").GetInt32()));
        Assert.Equal((3_000m, 2d, 333.33m), (campaign.GetProperty("wonAmount").GetDecimal(), campaign.GetProperty("roi").GetDouble(), campaign.GetProperty("costPerAccount").GetDecimal()));
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Equal(sample.Accounts[1].Id, figure.GetProperty("rows")[0].GetProperty("accountId").GetGuid());
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    private static Opportunity Sale(Guid account, OpportunityStage stage, decimal amount, DateOnly close) => new()
    {
        AccountId = account,
        Id = Guid.CreateVersion7(),
        Name = "Vente",
        Stage = stage,
        Amount = amount,
        CloseOn = close,
        Source = "crm",
    };
}
