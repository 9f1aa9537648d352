using Rcu.Ingestion;
using Rcu.Resolution;
using Rcu.Unification;
using Rcu.Unification.Locks;

namespace Rcu.Tests.Unification;

public class LockedValuesTests
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_value_kept_beats_a_better_source_and_what_was_typed()
    {
        var won = Choose([Kept("phone", "1")], Claim("phone", "1", "erp", 20), Claim("phone", "2", "crm", 10), Claim("phone", "3", Source.Saisie, 0))["phone"];

        Assert.Equal(("1", "erp", "locked"), (won.Kept.Value, won.Kept.Source, won.Rule));
        Assert.Equal(["3", "2"], won.Lost.Select(l => l.Value));
    }

    [Fact]
    public void A_value_kept_stays_when_nobody_says_it_any_more()
    {
        var won = Choose([Kept("phone", "1")], Claim("phone", "2", "crm", 10))["phone"];

        Assert.Equal(("1", Source.Saisie, "locked"), (won.Kept.Value, won.Kept.Source, won.Rule));
        Assert.Equal("1", Choose([Kept("phone", "1")])["phone"].Kept.Value);
    }

    [Fact]
    public void A_source_preferred_here_follows_what_it_says_and_leaves_the_rules_alone_when_it_says_nothing()
    {
        var prefer = Lock("naf", source: "erp");

        Assert.Equal(("62.01Z", "preferred"), Won("naf", Claim("naf", "62.01Z", "erp", 20), Claim("naf", "45.20A", "crm", 10), Claim("naf", "45.20A", "web", 30)));
        Assert.Equal(("45.20A", "only"), Won("naf", Claim("naf", "45.20A", "crm", 10)));

        (string, string) Won(string field, params Claim[] claims) => Choose([prefer], claims)[field] is var won ? (won.Kept.Value, won.Rule) : default;
    }

    [Fact]
    public void An_address_is_kept_whole()
    {
        var (crm, erp) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        Claim[] said =
        [
            Claim("street", "1 rue A", "crm", 10, crm), Claim("city", "Metz", "crm", 10, crm), Claim("complement", "Bât B", "crm", 10, crm),
            Claim("street", "2 rue B", "erp", 20, erp), Claim("city", "Lyon", "erp", 20, erp),
        ];

        foreach (var held in new[] { Lock("city", new() { ["street"] = "2 rue B", ["city"] = "Lyon" }), Lock("street", source: "erp") })
        {
            var won = Choose([held], said);

            Assert.Equal(("2 rue B", "Lyon"), (won["street"].Kept.Value, won["city"].Kept.Value));
            Assert.False(won.ContainsKey("complement"));
        }
    }

    [Fact]
    public void A_lock_gives_way_when_the_source_it_overruled_changes_its_mind_and_holds_again_when_it_goes_back()
    {
        var crm = Guid.CreateVersion7();
        var held = Lock("phone", new() { ["phone"] = "1" }, watched: crm, watchedValue: "2");

        Assert.False(held.Look("2", Monday));
        Assert.Equal("locked", Choose([held], Claim("phone", "2", "crm", 10, crm), Claim("phone", "1", "erp", 20))["phone"].Rule);
        Assert.True(held.Look("3", Monday));
        var free = Choose([held], Claim("phone", "3", "crm", 10, crm), Claim("phone", "1", "erp", 20))["phone"];
        Assert.Equal(("3", "moved"), (free.Kept.Value, free.Rule));
        Assert.True(held.Look("2", Monday));
        Assert.Null(held.MovedTo);
    }

    [Fact]
    public void The_last_word_on_a_field_counts()
    {
        var won = Choose([Kept("phone", "2", Monday.AddDays(1)), Kept("phone", "1")], Claim("phone", "1", "erp", 20), Claim("phone", "2", "crm", 10));

        Assert.Equal("2", won["phone"].Kept.Value);
    }

    private static IReadOnlyDictionary<string, Survivor> Choose(ValueLock[] locks, params Claim[] claims) =>
        Survivorship.Choose(claims, SurvivorshipPolicy.Accounts, locks);

    private static ValueLock Kept(string field, string value, DateTimeOffset? at = null) => Lock(field, new() { [field] = value }, at: at);

    private static ValueLock Lock(
        string field, Dictionary<string, string>? kept = null, string? source = null, Guid? watched = null, string? watchedValue = null, DateTimeOffset? at = null) => new()
        {
            Kind = ClusterKind.Account,
            AnchorRecordId = Guid.CreateVersion7(),
            Field = field,
            Kept = kept ?? [],
            Source = source,
            Reason = "Vu avec l’accueil",
            WatchedRecordId = watched,
            WatchedValue = watchedValue,
            SetBy = "Camille",
            SetAt = at ?? Monday,
        };

    private static Claim Claim(string field, string value, string source, int priority, Guid? record = null) =>
        new(field, value, record ?? Guid.CreateVersion7(), source, priority, Monday);
}
