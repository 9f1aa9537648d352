namespace Rcu.Matching.Tests;

/// <summary>Lists that hold names and nothing that says where: two lists of two hundred firms, one of them badly typed.</summary>
public class WrittenNameTests
{
    private static readonly Field[] Fields = [new("name", FieldKind.CompanyName), new("country", FieldKind.Country)];

    [Theory]
    [InlineData("Bernier Group", "Bernier 4roup")]
    [InlineData("Roberts LLC", "Roberts6LLC")]
    public void A_mistyped_legal_form_does_not_part_one_company(string right, string wrong)
    {
        var result = Linked((right, wrong));

        Assert.Equal(result.ClusterOf[0], result.ClusterOf[1]);
    }

    [Fact]
    public void Of_two_companies_of_one_name_the_one_of_the_same_form_is_meant()
    {
        var result = Linked(("Stanton PLC", "StantonPLC"), ("Stanton LLC", "StRnton LLC"));

        Assert.Equal(result.ClusterOf[0], result.ClusterOf[1]);
        Assert.Equal(result.ClusterOf[2], result.ClusterOf[3]);
        Assert.NotEqual(result.ClusterOf[0], result.ClusterOf[2]);
    }

    private static MatchResult Linked(params (string Left, string Right)[] pairs)
    {
        var (set, random) = (new RecordSet(EntityKind.Company, Fields), new Random(7));
        foreach (var (i, (left, right)) in pairs.Index())
        {
            set.Add($"a{i}", "a", [left, "FR"]);
            set.Add($"b{i}", "b", [right, "FR"]);
        }

        for (var i = 0; i < 200; i++)
        {
            var name = $"{Companies.Word(random)} {Companies.Word(random)}";
            set.Add($"c{i}", "a", [name, "FR"]);
            set.Add($"d{i}", "b", [name, "FR"]);
        }

        return Matcher.Run(set, new MatchSettings { LinksLists = true, AutoThreshold = MatchSettings.LinkThreshold }, []);
    }
}
