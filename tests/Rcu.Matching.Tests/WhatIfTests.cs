using System.Text.Json;
using static Rcu.Matching.Tests.Companies;

namespace Rcu.Matching.Tests;

public class WhatIfTests
{
    [Theory]
    [InlineData(.95, .5)]
    [InlineData(.9999, .8)]
    public void Other_cuts_give_what_a_run_with_them_gives(double auto, double review)
    {
        var records = SetOf(Many(150, seed: 21));
        var settings = new MatchSettings { AutoThreshold = auto, ReviewThreshold = review };

        var tried = Match(records).WhatIf(settings);
        var run = Match(records, settings);

        Assert.Equal(run.ClusterOf, tried.ClusterOf);
        Assert.Equal(run.Pairs, tried.Pairs);
    }

    [Fact]
    public void A_model_given_back_through_json_weighs_alike()
    {
        var records = SetOf(Many(150, seed: 22));
        var first = Match(records);
        var model = JsonSerializer.Deserialize<MatchModel>(JsonSerializer.Serialize(first.Model))!;

        var again = Match(records, new MatchSettings { Model = model });

        Assert.Equal(first.Model.Version, again.Model.Version);
        Assert.Equal(first.Pairs, again.Pairs);
    }

    [Fact]
    public void Another_weight_changes_the_answer_without_a_comparison()
    {
        var result = Match(Of(("a", ["Dupont et Fils", SirenA]), ("b", ["Garage du Port", SirenA])));
        Assert.Equal(result.ClusterOf[0], result.ClusterOf[1]);
        var distrusted = result.Model with
        {
            Fields = [.. result.Model.Fields.Select(field => field.Name != "siren" ? field
                : field with { Levels = [.. field.Levels.Select(level => level with { M = .5, U = .5 })] })],
        };

        var tried = result.WhatIf(new MatchSettings { Model = distrusted });

        Assert.NotEqual(tried.ClusterOf[0], tried.ClusterOf[1]);
    }

    [Fact]
    public void Decisions_that_go_against_the_weights_move_them_for_all_pairs()
    {
        var records = SetOf(Many(150, seed: 23));
        var before = Match(records);
        var refused = before.Pairs.Where(pair => pair.Probability > .9).Take(40)
            .Select(pair => new Decision(before.Index.RecordKey(pair.Left), before.Index.RecordKey(pair.Right), Verdict.Different)).ToArray();

        var after = Match(records, null, refused);

        var judged = refused.SelectMany(decision => (string[])[decision.LeftKey, decision.RightKey]).ToHashSet();
        var others = before.Pairs.Where(pair => !judged.Contains(before.Index.RecordKey(pair.Left)) && !judged.Contains(before.Index.RecordKey(pair.Right))).ToList();
        Assert.NotEmpty(others);
        Assert.All(others, pair => Assert.True(after.Explain(pair.Left, pair.Right).Total < before.Explain(pair.Left, pair.Right).Total - .5));
    }

    [Fact]
    public void Two_lists_are_linked_one_to_one_the_likeliest_first()
    {
        var lists = new RecordSet(EntityKind.Company, Fields);
        lists.Add("1", "a", ["Dupont et Fils", null, "3 rue des Lilas", "57000", "Metz", "0387000001", null]);
        lists.Add("2", "a", ["Dupont & Fils", null, "3 rue des Lilas", "57000", "Metz", null, null]);
        lists.Add("3", "b", ["DUPONT ET FILS", null, "3 rue des Lilas", "57000", "Metz", "0387000001", null]);

        var result = Matcher.Run(lists, new MatchSettings { LinksLists = true }, []);

        Assert.Equal(result.ClusterOf[0], result.ClusterOf[2]);
        Assert.NotEqual(result.ClusterOf[0], result.ClusterOf[1]);
    }

    [Fact]
    public void A_cluster_in_which_a_record_fits_nobody_is_suspect()
    {
        var result = Match(
            Of(("a", ["Dupont et Fils", SirenA, "3 rue des Lilas", "57000", "Metz"]),
                ("b", ["Dupont et Fils", SirenA, "3 rue des Lilas", "57000", "Metz"]),
                ("c", ["Garage du Port", SirenB, "8 quai Sud", "13000", "Marseille"])),
            null,
            new Decision("a", "c", Verdict.Same));

        var suspect = Assert.Single(result.Suspects);

        Assert.Equal(Doubts.Sirens, suspect.Doubt);
        Assert.Equal([0, 1, 2], suspect.Records);
    }
}
