using static Rcu.Matching.Tests.Companies;

namespace Rcu.Matching.Tests;

public class CompanyMatchingTests
{
    private static readonly string?[] Bakery = ["Boulangerie Gaillard", null, "4 rue du Port", "13260", "Cassis", "04 42 01 02 03"];
    private static readonly string?[] SameBakery = ["SARL BOULANGERIE GAILLARD", null, "4 RUE DU PORT", "13260", "CASSIS", "+33442010203"];

    [Fact]
    public void One_company_spelled_twice_is_one()
    {
        var result = Match(Of(("a1", Bakery), ("b1", SameBakery)));

        Assert.Equal([0, 0], result.ClusterOf);
        Assert.Equal(Band.Automatic, Assert.Single(result.Pairs).Band);
    }

    [Fact]
    public void Two_companies_of_one_street_are_two()
    {
        var result = Match(Of(("a1", Bakery), ("b1", ["Garage Martinot", null, "4 rue du Port", "13260", "Cassis", null])));

        Assert.Equal([0, 1], result.ClusterOf);
    }

    [Fact]
    public void One_siren_joins_whatever_the_names_say()
    {
        var result = Match(Of(
            ("a1", ["Gaillard", SirenA, null, "13260", "Cassis", null]),
            ("b1", ["Fournil du Port", "732 829 320", null, "57000", "Metz", null])));

        Assert.Equal([0, 0], result.ClusterOf);
    }

    [Fact]
    public void Two_valid_sirens_are_never_one_company_even_through_a_third_record()
    {
        var result = Match(Of(("a1", With(Bakery, SirenA)), ("b1", With(SameBakery, SirenB)), ("c1", Bakery)));

        Assert.NotEqual(result.ClusterOf[0], result.ClusterOf[1]);
        Assert.Contains(result.Pairs, pair => pair.Veto == Vetoes.Siren && pair.Band != Band.Automatic);
    }

    [Fact]
    public void Declared_aliases_are_one_siren()
    {
        var records = Of(("a1", With(Bakery, SirenA)), ("b1", With(SameBakery, SirenB)));

        var result = Matcher.Run(records, new MatchSettings(), [], [(SirenB, SirenA)]);

        Assert.Equal([0, 0], result.ClusterOf);
    }

    [Fact]
    public void An_invalid_siren_vetoes_nothing()
    {
        var result = Match(Of(("a1", With(Bakery, SirenA)), ("b1", With(SameBakery, "732829321"))));

        Assert.Equal([0, 0], result.ClusterOf);
        Assert.Equal("near", result.Explain(0, 1).Evidence.Single(evidence => evidence.Field == "siren").Level);
    }

    [Fact]
    public void A_decision_of_difference_holds_through_any_chain()
    {
        var result = Match(
            Of(("a1", Bakery), ("b1", SameBakery), ("c1", Bakery)), null, new Decision("a1", "b1", Verdict.Different));

        Assert.NotEqual(result.ClusterOf[0], result.ClusterOf[1]);
        Assert.Equal(Vetoes.Decision, result.Explain(0, 1).Veto);
    }

    [Fact]
    public void A_decision_of_sameness_joins_strangers_and_carries_a_later_difference()
    {
        var records = Of(("a1", Bakery), ("b1", SameBakery), ("c1", ["Garage Martinot"]));

        var result = Match(records, null,
            new Decision("a1", "c1", Verdict.Same), new Decision("c1", "b1", Verdict.Different));

        Assert.Equal(result.ClusterOf[0], result.ClusterOf[2]);
        Assert.NotEqual(result.ClusterOf[0], result.ClusterOf[1]);
        Assert.Equal("decision", result.JoinedBy(2)?.Rule);
    }

    [Fact]
    public void A_decision_of_sameness_wins_over_two_sirens()
    {
        var records = Of(("a1", With(Bakery, SirenA)), ("b1", With(SameBakery, SirenB)), ("c1", ["Fournil", SirenB]));

        var result = Match(records, null, new Decision("a1", "b1", Verdict.Same));

        Assert.Equal([0, 0, 0], result.ClusterOf);
    }

    [Fact]
    public void A_source_without_duplicates_keeps_its_records_apart()
    {
        var settings = new MatchSettings { SourcesWithoutDuplicates = new HashSet<string> { "a" } };

        var result = Match(Of(("a1", Bakery), ("a2", SameBakery)), settings);

        Assert.Equal([0, 1], result.ClusterOf);
        Assert.Equal(Vetoes.Source, Assert.Single(result.Pairs).Veto);
    }

    [Fact]
    public void A_mail_domain_that_many_companies_share_says_nothing()
    {
        var records = Enumerable.Range(0, 30)
            .Select(i => ($"a{i}", new string?[] { $"{(char)('b' + (i % 20))}arto{i} {(char)('d' + i % 17)}ive", null, null, null, null, null, $"p{i}@fournisseur.fr" }))
            .ToArray();

        var result = Match(Of(records));

        Assert.Equal(30, result.ClusterOf.Distinct().Count());
        Assert.DoesNotContain(result.Explain(0, 1).Evidence, evidence => evidence.Field == "web" && evidence.Level == "domain");
    }

    [Fact]
    public void Two_branches_that_each_have_a_rare_word_of_their_own_are_two()
    {
        var result = Match(Of(
            ("a1", ["Caisse Mutualis Serpenoise", null, "18 av de Nancy", "57000", "Metz", null]),
            ("b1", ["Caisse Mutualis Sablonnier", null, "10 rue Saint-Livier", "57000", "Metz", null])));

        Assert.Equal([0, 1], result.ClusterOf);
    }

    [Fact]
    public void An_unknown_company_finds_the_known_one()
    {
        var result = Match(Of(("a1", Bakery), ("b1", ["Garage Martinot", null, null, "57000", "Metz", null])));

        var found = Assert.Single(result.Candidates(["Boulangerie Gaillard SAS", null, null, "13260", null, null, null]));

        Assert.Equal(0, found.Index);
        Assert.Equal("a1", found.Explanation.LeftKey);
        Assert.Empty(result.Candidates(["Inconnue au bataillon", null, null, null, null, null, null]));
    }

    [Fact]
    public void Looking_up_leaves_no_trace()
    {
        var result = Match(Of(("a1", Bakery), ("b1", ["Garage Martinot", null, null, "57000", "Metz", null])));
        string?[] unknown = ["Nouvelle Venue", "732829321", "9 rue Neuve", "75001", "Paris", "01 99 00 11 22", "a@neuve.fr"];
        var before = result.Candidates(Bakery.Concat([null]).ToArray());

        for (var i = 0; i < 3; i++)
        {
            Assert.Empty(result.Candidates(unknown));
        }

        var after = result.Candidates(Bakery.Concat([null]).ToArray());
        Assert.Equal(before[0].Explanation.Evidence, after[0].Explanation.Evidence);
        Assert.All(result.Index.Evidence.All, comparison => Assert.Null(comparison.Show(2)));
    }

    private static string?[] With(string?[] values, string siren) => [values[0], siren, .. values[2..]];
}
