namespace Rcu.Matching.Tests;

/// <summary>
/// Guards just under what the engine reaches on the half of the real names that rules are tuned on: how often two names of one
/// company compare at a level or above it, and how seldom two companies do. The benchmark reports the other half.
/// </summary>
public class RealNameTests
{
    [Theory]
    [InlineData("partial", .53, .001)]
    [InlineData("acronym", .45, .0005)]
    [InlineData("near", .22, .0003)]
    public void Two_names_of_one_company_compare_well_and_two_companies_do_not(string level, double recall, double falseRate)
    {
        Assert.InRange(RealNames.ToTune.Recall(level), recall, 1);
        Assert.InRange(RealNames.ToTune.FalseRate(level), 0, falseRate);
    }

    [Theory]
    [InlineData("denomination", "partial", .78)]
    [InlineData("sigle", "acronym", .45)]
    [InlineData("enseigne_ou_marque", "partial", .28)]
    public void Legal_names_acronyms_and_shop_signs_each_keep_what_they_reach(string type, string level, double recall) =>
        Assert.InRange(RealNames.ToTune.Recall(level, type), recall, 1);
}
