using static Rcu.Matching.Tests.Companies;

namespace Rcu.Matching.Tests;

public class VetoPropertyTests
{
    [Theory]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(33)]
    public void No_cluster_breaks_a_veto_whatever_the_scores(int seed)
    {
        var random = new Random(seed);
        string[] sirens = [SirenA, SirenB, "542065479", "356000000"];
        var records = Many(120, seed);
        foreach (var (_, _, values) in records)
        {
            values[1] = random.Next(4) == 0 ? sirens[random.Next(sirens.Length)] : null;
        }

        var free = Match(SetOf(records));
        var parted = free.Pairs.Where((pair, i) => pair.Band == Band.Automatic && i % 5 == 0)
            .Select(pair => new Decision(free.Index.RecordKey(pair.Left), free.Index.RecordKey(pair.Right), Verdict.Different)).ToArray();

        var result = Match(SetOf(records), new MatchSettings { SourcesWithoutDuplicates = new HashSet<string> { "crm" } }, parted);

        Assert.NotEmpty(parted);
        Assert.Contains(result.Pairs, pair => pair.Veto is not null);
        var clusterOf = Enumerable.Range(0, records.Count).ToDictionary(result.Index.RecordKey, i => result.ClusterOf[i]);
        Assert.All(parted, decision => Assert.NotEqual(clusterOf[decision.LeftKey], clusterOf[decision.RightKey]));
        Assert.All(
            Enumerable.Range(0, records.Count).GroupBy(i => result.ClusterOf[i]),
            cluster =>
            {
                Assert.True(cluster.Select(i => records[i].Values[1]).Where(siren => siren is not null).Distinct().Count() <= 1);
                Assert.True(cluster.Count(i => records[i].Source == "crm") <= 1);
            });
    }

    [Theory]
    [InlineData(41)]
    [InlineData(42)]
    [InlineData(43)]
    public void What_a_person_joins_to_a_cluster_takes_nothing_out_of_it(int seed)
    {
        var random = new Random(seed);
        var records = Many(120, seed);
        var settings = new MatchSettings { SourcesWithoutDuplicates = new HashSet<string> { "crm" } };
        var free = Match(SetOf(records), settings);
        Decision[] joined = [.. Enumerable.Range(0, 40).Select(_ => new Decision(Key(), Key(), Verdict.Same)).Where(d => d.LeftKey != d.RightKey)];

        var result = Match(SetOf(records), settings, joined);
        var live = new LiveResolution(free);
        live.Apply([], joined);

        var whole = Enumerable.Range(0, records.Count).GroupBy(i => free.ClusterOf[i]).Where(cluster => cluster.Count() > 1).ToList();
        Assert.NotEmpty(whole);
        Assert.All(whole, cluster => Assert.Single(cluster.Select(i => result.ClusterOf[i]).Distinct()));
        Assert.All(whole, cluster => Assert.Single(cluster.Select(i => live.ClusterOf(i)).Distinct()));
        string Key() => records[random.Next(records.Count)].Key;
    }

    [Fact]
    public void The_same_records_give_the_same_answer_again()
    {
        var records = Many(150, seed: 34);

        var (first, again) = (Match(SetOf(records)), Match(SetOf(records)));

        Assert.Equal(first.ClusterOf, again.ClusterOf);
        Assert.Equal(first.Pairs, again.Pairs);
        Assert.Equal(first.Model.Version, again.Model.Version);
    }

    [Fact]
    public void A_field_that_is_always_empty_changes_nothing()
    {
        var records = Many(100, seed: 35);
        var wider = new RecordSet(EntityKind.Company, [.. Fields, new("fax", FieldKind.Phone), new("naf", FieldKind.Category), new("id", FieldKind.Identifier)]);
        foreach (var (key, source, values) in records)
        {
            wider.Add(key, source, [.. values, null, null, null]);
        }

        Assert.Equal(Match(SetOf(records)).ClusterOf, Match(wider).ClusterOf);
    }
}
