using System.Text.Json;
using Rcu.Activation;
using Rcu.Activation.Connectors.Csv;
using Rcu.Activation.Connectors.LinkedIn;

namespace Rcu.Tests.Activation.Vendors;

/// <summary>The list that LinkedIn takes is whole at each run, holds companies alone, and no formula.</summary>
public sealed class LinkedInTests : IDisposable
{
    private readonly ExportFolder _folder = new(Directory.CreateTempSubdirectory("rcu-linkedin").FullName);

    [Fact]
    public async Task Each_run_gives_the_whole_list_as_it_is_by_then()
    {
        var (destination, first, second) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await DeliverAsync(destination, first, Told.Company(1), Told.Company(2), Told.Company(3));
        await DeliverAsync(destination, second, Told.Company(1, city: "=Nancy, \"Est\""), Told.Company(2).Gone());

        Assert.Equal(4, Lines(first).Length);
        Assert.Equal("companyname,companywebsite,companyemaildomain,linkedincompanypageurl,stocksymbol,industry,city,state,companycountry,zipcode", Lines(second)[0]);
        Assert.Equal(
            ["Société 1,societe1.fr,,,,,\"'=Nancy, \"\"Est\"\"\",,,57000", "Société 3,societe3.fr,,,,,Metz,,,57000"], Lines(second)[1..].Order());
    }

    [Fact]
    public async Task A_person_has_no_place_there()
    {
        var outcomes = await DeliverAsync(Guid.CreateVersion7(), Guid.CreateVersion7(), Told.Person(1), Told.Company(1));

        Assert.Equal([typeof(Outcome.Rejected), typeof(Outcome.Delivered)], outcomes.Select(outcome => outcome.GetType()));
    }

    public void Dispose() => Directory.Delete(_folder.Path, recursive: true);

    private Task<IReadOnlyList<Outcome>> DeliverAsync(Guid destination, Guid run, params Change[] changes) =>
        new LinkedInConnector(_folder).DeliverAsync(new DeliveryBatch(destination, run, JsonSerializer.SerializeToElement(new { }), null, changes), default);

    private string[] Lines(Guid run) => File.ReadAllLines(_folder.FileOf(run));
}
