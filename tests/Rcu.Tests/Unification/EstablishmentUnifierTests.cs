using Rcu.Unification;

namespace Rcu.Tests.Unification;

public class EstablishmentUnifierTests
{
    private static readonly Guid Account = Guid.CreateVersion7();

    [Fact]
    public void Two_sirets_of_one_siren_are_two_places_and_a_record_without_one_joins_the_place_of_its_town()
    {
        ClusterRecord[] records =
        [
            Record("crm", ("siren", "732829320"), ("siret", "73282932000074"), ("street", "1 rue Haute"), ("postal_code", "57000"), ("name", "Acme")),
            Record("erp", ("siren", "732829320"), ("siret", "73282932000017"), ("street", "2 rue Basse"), ("postal_code", "13001"), ("name", "Acme")),
            Record("salon", ("street", "1, r. Haute"), ("postal_code", "57000"), ("name", "Acme")),
        ];

        var account = AccountUnifier.Unify(Account, records, [], DateTimeOffset.UnixEpoch)!;
        var places = EstablishmentUnifier.Unify(account, records);

        Assert.Equal("732829320", account.Siren!.Value);
        Assert.Equal(2, places.Count);
        Assert.Equal(["crm", "salon"], places.Single(p => p.Nic == "00074").Sources);
    }

    [Fact]
    public void A_place_keeps_its_id_when_it_is_computed_again()
    {
        ClusterRecord[] records = [Record("crm", ("street", "1 rue Haute"), ("postal_code", "57000"), ("name", "Acme"))];
        var account = AccountUnifier.Unify(Account, records, [], DateTimeOffset.UnixEpoch)!;

        Assert.Equal(EstablishmentUnifier.Unify(account, records).Single().Id, EstablishmentUnifier.Unify(account, records).Single().Id);
    }

    private static ClusterRecord Record(string source, params (string Field, string Value)[] fields) => new(
        Account, Guid.CreateVersion7(), Guid.CreateVersion7(), source, 10, "k", false, DateTimeOffset.UnixEpoch, fields.ToDictionary(f => f.Field, f => f.Value));
}
