using Rcu.Ingestion;
using Rcu.Unification;

namespace Rcu.Tests.Unification;

public class SurvivorshipTests
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_source_believed_most_wins_and_the_others_are_kept_as_lost()
    {
        var won = Choose(Claim("phone", "1", "erp", 20), Claim("phone", "2", "crm", 10))["phone"];

        Assert.Equal(("2", "source"), (won.Kept.Value, won.Rule));
        Assert.Equal("1", Assert.Single(won.Lost).Value);
    }

    [Fact]
    public void An_empty_value_never_wins()
    {
        var won = Choose(Claim("phone", " ", "crm", 10), Claim("phone", "1", "erp", 20))["phone"];

        Assert.Equal(("1", "only"), (won.Kept.Value, won.Rule));
    }

    [Fact]
    public void One_typo_loses_against_two_that_agree()
    {
        var won = Choose(
            Claim("usual_name", "Coritergei", "crm", 10), Claim("usual_name", "CORITERGIE", "erp", 20), Claim("usual_name", "Coritergie", "salon", 40))["usual_name"];

        Assert.Equal(("CORITERGIE", "frequent"), (won.Kept.Value, won.Rule));
    }

    [Fact]
    public void What_changes_with_time_follows_the_newest_word()
    {
        var won = Choose(Claim("headcount", "12", "crm", 10, Monday), Claim("headcount", "15", "web", 50, Monday.AddDays(1)))["headcount"];

        Assert.Equal(("15", "recent"), (won.Kept.Value, won.Rule));
    }

    [Fact]
    public void What_a_mapping_says_of_conflicts_comes_before_the_order_of_sources()
    {
        var (crm, file) = (Claim("phone", "1", "crm", 10), Claim("phone", "2", "salon", 40));

        string? Won(FieldConflict conflict) => Choose(crm, file with { Conflict = conflict })["phone"].Kept.Value;

        Assert.Equal(("1", "2", "1", "1"), (Won(FieldConflict.BySource), Won(FieldConflict.Replace), Won(FieldConflict.OnlyIfEmpty), Won(FieldConflict.Never)));
        Assert.Equal("2", Choose(file with { Conflict = FieldConflict.OnlyIfEmpty })["phone"].Kept.Value);
        Assert.Empty(Choose(file with { Conflict = FieldConflict.Never }));
        Assert.Equal("mapping", Choose(crm, file with { Conflict = FieldConflict.Replace })["phone"].Rule);
    }

    [Fact]
    public void What_a_person_typed_wins_over_any_mapping()
    {
        var won = Choose(Claim("phone", "1", Source.Saisie, 0), Claim("phone", "2", "salon", 40) with { Conflict = FieldConflict.Replace })["phone"];

        Assert.Equal("1", won.Kept.Value);
    }

    [Fact]
    public void An_address_stays_together()
    {
        var (crm, erp) = (Guid.CreateVersion7(), Guid.CreateVersion7());

        var won = Choose(
            Claim("city", "Metz", "crm", 10, record: crm),
            Claim("street", "3 rue Haute", "erp", 20, record: erp),
            Claim("postal_code", "13001", "erp", 20, record: erp),
            Claim("city", "Marseille", "erp", 20, record: erp));

        Assert.Equal(("3 rue Haute", "13001", "Marseille"), (won["street"].Kept.Value, won["postal_code"].Kept.Value, won["city"].Kept.Value));
        Assert.Equal("Metz", Assert.Single(won["city"].Lost).Value);
    }

    [Fact]
    public void What_a_person_typed_wins_over_all()
    {
        var won = Choose(
            Claim("phone", "1", "crm", 10), Claim("phone", "1", "erp", 20), Claim("phone", "2", Source.Saisie, 0))["phone"];

        Assert.Equal(("2", "steward"), (won.Kept.Value, won.Rule));
    }

    [Fact]
    public void What_contacts_write_of_their_company_never_outvotes_its_own_records()
    {
        Claim[] hearsay = [.. Enumerable.Range(0, 5).Select(i => Claim("name", "acme", "marketing", 30) with { IsHearsay = true })];

        Assert.Equal("ACME SAS", Choose([Claim("name", "ACME SAS", "erp", 20), .. hearsay])["name"].Kept.Value);
        Assert.Equal("acme", Choose(hearsay)["name"].Kept.Value);
    }

    [Fact]
    public void The_order_of_arrival_decides_nothing()
    {
        Claim[] claims = [.. Enumerable.Range(0, 6).Select(i => Claim("phone", $"{i}", "crm", 10))];

        Assert.Equal(Choose(claims)["phone"].Kept, Choose([.. claims.Reverse()])["phone"].Kept);
    }

    private static IReadOnlyDictionary<string, Survivor> Choose(params Claim[] claims) => Survivorship.Choose(claims, SurvivorshipPolicy.Accounts);

    private static Claim Claim(string field, string value, string source, int priority, DateTimeOffset? at = null, Guid? record = null) =>
        new(field, value, record ?? Guid.CreateVersion7(), source, priority, at ?? Monday);
}
