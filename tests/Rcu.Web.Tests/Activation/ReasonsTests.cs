using Rcu.Activation;

namespace Rcu.Web.Tests.Activation;

public class ReasonsTests
{
    [Fact]
    public async Task Reasons_are_counted_whoever_they_are_about_and_the_rarest_stand_together_so_that_all_are_told()
    {
        await using var bench = await ActivationBench.StartAsync(people: 1);
        var (destination, run) = (await bench.ConnectAsync(), Guid.CreateVersion7());
        await using var db = bench.Open();
        void Say(string reason, DeliveryStatus status = DeliveryStatus.Filtered) => db.Deliveries.Add(new Delivery
        {
            AccountId = Guid.CreateVersion7(),
            DestinationId = destination,
            RunId = run,
            ProfileId = Guid.CreateVersion7(),
            ProfileName = "Camille",
            Change = ChangeKind.Upsert,
            Status = status,
            Reason = reason,
            Attempt = 0,
            At = bench.Clock.GetUtcNow(),
        });
        for (var day = 10; day < 15; day++)
        {
            Say($"Désinscription de « campagne-02 » le {day}/09/2026 : ne pas écrire.");
        }

        Say("Accord chez un employeur précédent : à revérifier avant d'écrire à lou.boulay@vins.example.");
        Say("Accord chez un employeur précédent : à revérifier avant d'écrire à a.pascal@vins.example.");
        for (var campaign = 'A'; campaign < 'A' + 22; campaign++)
        {
            Say($"Refus {campaign}.", DeliveryStatus.Rejected);
        }

        await db.SaveChangesAsync();

        var reasons = await new ActivationLog(db).ReasonsAsync(run, default);

        Assert.Equal(
            [
                new ReasonCount(DeliveryStatus.Filtered, "Désinscription de « campagne-02 » : ne pas écrire.", 5),
                new ReasonCount(DeliveryStatus.Filtered, "Accord chez un employeur précédent : à revérifier avant d'écrire.", 2),
                new ReasonCount(DeliveryStatus.Rejected, "Refus A.", 1),
            ],
            reasons.Take(3));
        Assert.Equal(new ReasonCount(DeliveryStatus.Rejected, null, 4), reasons[^1]);
        Assert.Equal((21, 29), (reasons.Count, reasons.Sum(r => r.Count)));
    }
}
