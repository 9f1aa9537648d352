namespace Rcu.Demo;

/// <summary>The truth of the demonstration: its companies, their sites and people, and which record of which source is about whom.</summary>
internal sealed class DemoWorld
{
    private DemoWorld(KeyedChoices choices, DateOnly today) => (Choices, Today) = (choices, today);

    public KeyedChoices Choices { get; }

    public DateOnly Today { get; }

    public List<DemoCompany> Companies { get; } = [];

    public List<DemoLink> Links { get; } = [];

    public IEnumerable<DemoPerson> People => Companies.SelectMany(company => company.People);

    public static DemoWorld Invent(string seed, DateOnly today, int companies, CancellationToken ct)
    {
        var choices = new KeyedChoices(seed);
        var world = new DemoWorld(choices, today);
        var surnames = DemoPeople.Surnames();
        var maker = new DemoCompanies(world, new DemoNames(choices, surnames));
        var people = new DemoPeople(world, surnames, maker.Phones);
        for (var i = 0; i < companies; i++)
        {
            ct.ThrowIfCancellationRequested();
            var company = maker.Add(i);
            people.Hire(company);
        }

        return world;
    }

    /// <summary>A past day: <paramref name="least"/> to <paramref name="most"/> days ago.</summary>
    public DateOnly DaysAgo(int least, int most, string purpose, string key) =>
        Today.AddDays(-Choices.Between(least, most, purpose, key));
}
