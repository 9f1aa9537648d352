using static Rcu.Matching.Tests.Companies;

namespace Rcu.Matching.Tests;

public class LiveResolutionTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_shuffled_stream_added_bit_by_bit_gives_what_a_full_run_gives(int seed)
    {
        var records = Many(1200, seed: 11);
        new Random(seed).Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(records));
        var full = ClustersOf(Matcher.Run(SetOf(records), new MatchSettings(), []));

        var live = new LiveResolution(Matcher.Run(SetOf(records[..1500]), new MatchSettings(), []));
        for (var at = 1500; at < records.Count; at += 150)
        {
            live.Apply([.. records[at..Math.Min(records.Count, at + 150)].Select(Change)]);
        }

        Assert.InRange(F1(full, ClustersOf(live)), .999, 1);
    }

    [Fact]
    public void Records_changed_and_removed_give_what_a_full_run_over_what_is_left_gives()
    {
        var records = Many(800, seed: 12);
        var random = new Random(4);
        var live = new LiveResolution(Matcher.Run(SetOf(records), new MatchSettings(), []));
        var left = new List<(string Key, string Source, string?[] Values)>();
        var changes = new List<RecordChange>();
        foreach (var (record, i) in records.Select((record, i) => (record, i)))
        {
            if (i % 29 == 0)
            {
                changes.Add(new RecordChange(record.Key, record.Source, null));
                continue;
            }

            var values = i % 23 == 0 ? [.. records[random.Next(records.Count)].Values] : record.Values;
            left.Add((record.Key, record.Source, values));
            if (i % 23 == 0)
            {
                changes.Add(new RecordChange(record.Key, record.Source, values));
            }
        }

        foreach (var part in changes.Chunk(25))
        {
            live.Apply(part);
        }

        var full = ClustersOf(Matcher.Run(SetOf(left), new MatchSettings(), []));
        Assert.InRange(F1(full, ClustersOf(live)), .999, 1);
        Assert.Null(live.RecordOf(records[0].Key));
    }

    [Fact]
    public void A_record_that_joins_two_clusters_retires_an_id_that_leads_to_the_other()
    {
        var live = Live(("a", ["Dupont et Fils", SirenA]), ("b", ["Garage du Port", SirenA]), ("c", ["Boulangerie Gaillard"]));
        var (kept, own) = (live.ClusterOf(0), live.ClusterOf(2));

        var change = live.Apply([new RecordChange("c", "c", Values("Boulangerie Gaillard", SirenA))]);

        var cluster = Assert.Single(change.Clusters);
        Assert.Equal((kept, own), (cluster.Id, Assert.Single(cluster.Retired)));
        Assert.Equal([0, 1, 2], cluster.Records);
        Assert.Equal(kept, live.Redirects[own]);
    }

    [Fact]
    public void Evidence_that_disappears_is_told_as_a_split_and_the_larger_part_keeps_the_id()
    {
        var live = Live(("a", ["Dupont et Fils", SirenA]), ("b", ["Garage du Port", SirenA]), ("c", ["Boulangerie Gaillard", SirenA]));
        var id = live.ClusterOf(0);

        var change = live.Apply([new RecordChange("c", "c", Values("Boulangerie Gaillard", null))]);

        var split = Assert.Single(change.Splits);
        Assert.Equal(id, split.Id);
        Assert.Equal([id, live.ClusterOf(2)], split.Into);
        Assert.Equal([0, 1], live.Together(0));
    }

    [Fact]
    public void A_decision_parts_and_joins_at_once_and_its_revocation_gives_back()
    {
        var live = Live(("a", ["Dupont et Fils", SirenA]), ("b", ["Dupont & Fils", SirenA]), ("c", ["Garage du Port"]));

        live.Apply([], [new Decision("a", "b", Verdict.Different), new Decision("a", "c", Verdict.Same)]);
        Assert.Equal([0, 2], live.Together(0));
        Assert.Equal([1], live.Together(1));

        live.Apply([], []);
        Assert.Equal([0, 1], live.Together(0));
        Assert.Equal([2], live.Together(2));
    }

    [Fact]
    public void A_cluster_whose_last_record_goes_is_gone()
    {
        var live = Live(("a", ["Dupont et Fils", SirenA]), ("b", ["Garage du Port", SirenB]));
        var id = live.ClusterOf(1);

        var change = live.Apply([new RecordChange("b", "b", null)]);

        Assert.Equal([id], change.Gone);
        Assert.Null(live.RecordOf("b"));
        Assert.DoesNotContain(live.Index.Candidates(Values("Garage du Port", SirenB)), found => found.Index == 1);
    }

    [Fact]
    public void The_pairs_of_a_changed_record_are_told_and_explained()
    {
        var live = Live(("a", ["Dupont et Fils", SirenA]), ("b", ["Garage du Port", SirenB]));

        var change = live.Apply([new RecordChange("c", "crm", Values("SARL Dupont & fils", SirenA))]);

        var pair = Assert.Single(change.Pairs);
        Assert.Equal((0, 2, Band.Automatic), (pair.Left, pair.Right, pair.Band));
        Assert.Equal(pair, live.JoinedBy(2));
        Assert.Equal(pair.Weight, live.Explain(0, 2).Total, 9);
    }

    private static LiveResolution Live(params (string Key, string?[] Values)[] records) => new(Match(Of(records)));

    private static string?[] Values(params string?[] values) => [.. values, .. new string?[Fields.Length - values.Length]];

    private static RecordChange Change((string Key, string Source, string?[] Values) record) =>
        new(record.Key, record.Source, record.Values);

    private static Dictionary<string, string> ClustersOf(MatchResult result) => Enumerable.Range(0, result.Index.Count)
        .ToDictionary(result.Index.RecordKey, i => result.Index.RecordKey(result.ClusterOf[i]));

    private static Dictionary<string, string> ClustersOf(LiveResolution live) => Enumerable.Range(0, live.Count)
        .Where(i => live.RecordOf(live.Index.RecordKey(i)) == i)
        .ToDictionary(live.Index.RecordKey, i => $"{live.ClusterOf(i)}");

    private static double F1(Dictionary<string, string> expected, Dictionary<string, string> actual)
    {
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), actual.Keys.Order(StringComparer.Ordinal));
        var (left, right) = (PairsOf(expected), PairsOf(actual));
        return 2.0 * left.Intersect(right).Count() / (left.Count + right.Count);
    }

    private static HashSet<(string, string)> PairsOf(Dictionary<string, string> clusterOf) =>
    [
        .. clusterOf.GroupBy(entry => entry.Value, entry => entry.Key)
            .SelectMany(group => group.SelectMany(a => group.Where(b => string.CompareOrdinal(a, b) < 0).Select(b => (a, b)))),
    ];
}
