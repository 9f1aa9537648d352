using System.Text.Json;
using Rcu.Matching.Blocking;
using static Rcu.Matching.Tests.Companies;

namespace Rcu.Matching.Tests;

public class MatcherPropertyTests
{
    [Fact]
    public void The_answer_depends_neither_on_the_order_nor_on_the_threads()
    {
        var records = Many(120, seed: 3);
        var expected = Answer(records, threads: 1);
        Assert.True(expected.Clusters.Values.Distinct().Count() is > 110 and < 200);
        var random = new Random(4);
        for (var i = 0; i < 8; i++)
        {
            var shuffled = records.ToArray();
            random.Shuffle(shuffled);

            var answer = Answer(shuffled, threads: 1 + (i % 4));

            Assert.Equal(expected.Clusters, answer.Clusters);
            Assert.Equal(expected.Pairs, answer.Pairs);
        }
    }

    [Fact]
    public void The_answer_does_not_depend_on_the_keys_of_the_records_nor_on_the_ids_made_for_what_they_name()
    {
        var records = Many(120, seed: 3);
        Field[] fields = [.. Fields, new("account", FieldKind.Identifier) { IsMade = true }];
        var expected = Loaded(load: 0);
        for (var load = 1; load < 6; load++)
        {
            var (groups, pairs, model) = Loaded(load);

            Assert.Equal(expected.Groups, groups);
            Assert.Equal(expected.Pairs, pairs);
            Assert.Equal(expected.Model, model);
        }

        (string Groups, int Pairs, string Model) Loaded(int load)
        {
            var random = new Random(load);
            var made = Enumerable.Range(0, 200).Select(_ => random.NextInt64().ToString("x16")).ToArray();
            var set = new RecordSet(EntityKind.Company, fields);
            for (var i = 0; i < records.Count; i++)
            {
                set.Add($"{random.NextInt64():x16}{i:D4}", records[i].Source, [.. records[i].Values, made[i / 3]]);
            }

            var result = Matcher.Run(set, new MatchSettings(), []);
            var groups = Enumerable.Range(0, records.Count).GroupBy(i => result.ClusterOf[i]).Select(g => string.Join(',', g));
            return (string.Join('|', groups), result.Pairs.Count, JsonSerializer.Serialize(result.Model));
        }
    }

    [Fact]
    public void Blocking_gives_each_pair_once_and_counts_it_under_the_rule_that_gave_it()
    {
        var index = Matcher.Index(SetOf(Many(150, seed: 5)), new MatchSettings());

        var (pairs, found, search) = Search([.. index.Blocks().Tables], index.Count, budget: 20);

        Assert.NotEmpty(pairs);
        Assert.Equal(pairs.Count, pairs.Distinct().Count());
        Assert.All(pairs, pair => Assert.True(pair.Left < pair.Right));
        Assert.Equal(pairs.Count, search.Report(found).Sum(rule => rule.Pairs));
    }

    [Fact]
    public void A_block_over_its_cap_is_compared_with_neighbours_only_and_still_gives_each_pair_once()
    {
        var room = new KeyEntries();
        const int rows = 4000;
        KeyTable[] tables = [new(RuleBy(_ => 1), rows, room), new(RuleBy(row => (row % 400) + 1), rows, room)];

        var (pairs, found, search) = Search(tables, rows, budget: 1);

        var report = search.Report(found);
        Assert.True(tables[0].Cap < rows);
        Assert.Equal(pairs.Count, pairs.Distinct().Count());
        Assert.Equal((rows * tables[0].Window) - (tables[0].Window * (tables[0].Window + 1) / 2), report[0].Pairs);
        Assert.Equal(((long)rows * (rows - 1) / 2) - report[0].Pairs, report[0].Skipped);
        Assert.Equal(400 * (10 * 9 / 2), report[1].Pairs);
    }

    [Fact]
    public void Every_explanation_adds_up_to_the_weight_of_its_pair()
    {
        var result = Matcher.Run(SetOf(Many(100, seed: 7)), new MatchSettings(), []);

        Assert.NotEmpty(result.Pairs);
        foreach (var pair in result.Pairs)
        {
            var explanation = result.Explain(pair.Left, pair.Right);
            var sum = explanation.Prior + explanation.Evidence.Sum(evidence => evidence.Weight + evidence.TermFrequencyPart);

            Assert.Equal(explanation.Total, sum, 9);
            Assert.Equal(pair.Weight, explanation.Total, 9);
            Assert.Equal(pair.Probability, explanation.Probability, 9);
            Assert.Equal(pair.Rule, explanation.Rule);
        }
    }

    [Fact]
    public void A_pair_weighs_the_same_from_either_side()
    {
        var result = Matcher.Run(SetOf(Many(60, seed: 8)), new MatchSettings(), []);

        foreach (var pair in result.Pairs)
        {
            Assert.Equal(result.Explain(pair.Left, pair.Right).Total, result.Explain(pair.Right, pair.Left).Total, 9);
        }
    }

    [Fact]
    public void An_explanation_survives_json_and_reads_as_a_french_sentence()
    {
        var result = Match(Of(
            ("a1", ["Dupont et Fils", SirenA, null, "57000", "Metz"]),
            ("b1", ["SARL DUPONT & FILS", SirenA, null, "75008", "Paris"])));

        var explanation = JsonSerializer.Deserialize<Explanation>(JsonSerializer.Serialize(result.Explain(0, 1)))!;

        Assert.Equal(
            "Même SIREN, même nom (« dupont fils »), mais lieux différents : plus de 99 % de chances.", explanation.Sentence);
    }

    [Fact]
    public void Dirt_of_every_kind_is_no_accident()
    {
        string?[] dirt = ["", " ", "-", "@", "a@", "@b.c", "☃", "0", "N/A", "''", "\u0000", new string('x', 500), "12 34", "SARL SA SAS"];
        var random = new Random(9);
        foreach (var kind in new[] { EntityKind.Company, EntityKind.Person })
        {
            var fields = Enum.GetValues<FieldKind>().Select(field => new Field(field.ToString(), field)).ToArray();
            var records = new RecordSet(kind, fields);
            for (var i = 0; i < 60; i++)
            {
                records.Add($"k{i:D2}", "s", [.. fields.Select(_ => dirt[random.Next(dirt.Length)])]);
            }

            var result = Matcher.Run(records, new MatchSettings(), []);

            Assert.Equal(60, result.ClusterOf.Count);
            Assert.All(result.Pairs, pair => Assert.True(double.IsFinite(pair.Weight)));
        }
    }

    [Fact]
    public void No_record_at_all_is_an_empty_answer()
    {
        var result = Matcher.Run(new RecordSet(EntityKind.Company, Fields), new MatchSettings(), []);

        Assert.Empty(result.ClusterOf);
        Assert.Empty(result.Pairs);
    }

    private static (List<(int Left, int Right)> Pairs, long[] Found, CandidateSearch Search) Search(KeyTable[] tables, int rows, int budget)
    {
        var search = new CandidateSearch(tables, rows);
        search.Complete(budget, row => (ulong)row, new ParallelOptions());
        var (seen, found, rules) = (new int[rows], new int[4], new byte[4]);
        var (pairs, counts) = (new List<(int, int)>(), new long[tables.Length]);
        for (var row = 0; row < rows; row++)
        {
            var count = search.Find(row, seen, ref found, ref rules);
            for (var i = 0; i < count; i++)
            {
                pairs.Add((found[i], row));
                counts[rules[i]]++;
            }
        }

        return (pairs, counts, search);
    }

    private static BlockingRule RuleBy(Func<int, int> keyOf) => new("rule", 1, [], (row, keys) =>
    {
        keys[0] = (ulong)keyOf(row);
        return 1;
    });

    private static (SortedDictionary<string, string> Clusters, string[] Pairs) Answer(
        IReadOnlyCollection<(string Key, string Source, string?[] Values)> input, int threads)
    {
        var records = SetOf(input);
        var result = Matcher.Run(records, new MatchSettings { Threads = threads }, []);
        var clusters = new SortedDictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < records.Count; i++)
        {
            clusters.Add(records.KeyOf(i), records.KeyOf(result.ClusterOf[i]));
        }

        return (clusters,
            [.. result.Pairs.Select(pair => $"{records.KeyOf(pair.Left)} {records.KeyOf(pair.Right)} {pair.Weight:R} {pair.Band} {pair.Rule}")]);
    }
}
