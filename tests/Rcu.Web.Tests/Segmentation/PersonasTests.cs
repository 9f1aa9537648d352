using Microsoft.Extensions.DependencyInjection;
using Rcu.Segmentation;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Segmentation;

/// <summary>What the members of a persona have in common is counted from them, each persona on its own.</summary>
public class PersonasTests
{
    [Fact]
    public async Task Each_persona_shows_what_its_own_members_most_often_are()
    {
        await using var hub = await TestHub.StartAsync();
        var sample = await SampleCustomers.AddToAsync(hub.ConnectionString);
        await using var scope = hub.Services.CreateAsyncScope();
        var (segments, personas) = (scope.ServiceProvider.GetRequiredService<Segments>(), scope.ServiceProvider.GetRequiredService<Personas>());
        var city = sample.Accounts.First(a => a.Address.City is not null).Address.City!;
        await DescribeAsync("Tous", new Condition.Compare("record_count", Operator.AtLeast, ["0"]));
        await DescribeAsync("Ville", new Condition.Compare("city", Operator.Is, [city]));
        await DescribeAsync("Personne", new Condition.Compare("record_count", Operator.Above, ["1000"]));

        var sheets = (await personas.ListAsync(default)).ToDictionary(sheet => sheet.Persona.Name);

        var all = sample.Accounts;
        var ofCity = all.Where(a => a.Address.City == city).ToList();
        Assert.Equal((all.Count, ofCity.Count, 0), (sheets["Tous"].Members, sheets["Ville"].Members, sheets["Personne"].Members));
        Assert.Empty(sheets["Personne"].Traits);
        foreach (var (name, members) in new[] { ("Tous", all), ("Ville", ofCity) })
        {
            var plain = members.Where(a => a.Address.Region is not null).GroupBy(a => a.Address.Region!).ToDictionary(g => g.Key, g => (double)g.Count() / members.Count);
            var told = sheets[name].Traits.Where(t => t.Trait == "region").ToList();
            Assert.Equal(Math.Min(3, plain.Count), told.Count);
            Assert.All(told, trait => Assert.Equal(plain[trait.Value], trait.Share, 9));
            Assert.Equal(plain.Values.Max(), told[0].Share, 9);
        }

        async Task DescribeAsync(string name, Condition rule)
        {
            var segment = (await segments.CreateAsync(new SaveSegment(name, null, SegmentTarget.Accounts, rule), "test", default)).Value!;
            Assert.True((await personas.CreateAsync(new SavePersona(name, "Portrait", segment.Id), "test", default)).Succeeded);
        }
    }
}
