using Rcu.Cleaning.Steward;

namespace Rcu.Tests.Cleaning.Steward;

public class CompiledClauseTests
{
    private static readonly DateOnly Today = new(2026, 11, 22);

    [Theory]
    [InlineData(RuleTest.Filled, null, null, "x", true)]
    [InlineData(RuleTest.Filled, null, null, null, false)]
    [InlineData(RuleTest.Empty, null, null, null, true)]
    [InlineData(RuleTest.Empty, null, null, "x", false)]
    [InlineData(RuleTest.Matches, "[0-9]{5}", null, "57000", true)]
    [InlineData(RuleTest.Matches, "[0-9]{5}", null, "570001", false)]
    [InlineData(RuleTest.Matches, "a|b", null, "ab", false)]
    [InlineData(RuleTest.Matches, "[0-9]{5}", null, null, null)]
    [InlineData(RuleTest.DoesNotMatch, "(?i)test.*", null, "TEST SARL", false)]
    [InlineData(RuleTest.OneOf, "FR; be\nLU", null, "BE", true)]
    [InlineData(RuleTest.OneOf, "FR; be", null, "DE", false)]
    [InlineData(RuleTest.NoneOf, "FR", null, "DE", true)]
    [InlineData(RuleTest.Between, "10", "20", "20", true)]
    [InlineData(RuleTest.Between, "10", "20", "20.01", false)]
    [InlineData(RuleTest.Between, "1 000,5", null, "1000.4", false)]
    [InlineData(RuleTest.Between, null, "aujourd’hui", "2026-11-22", true)]
    [InlineData(RuleTest.Between, null, "Aujourd'hui", "2026-11-23", false)]
    [InlineData(RuleTest.Between, "01/01/2000", "31/12/2009", "2005-06-07", true)]
    [InlineData(RuleTest.Between, "10", null, "beaucoup", null)]
    [InlineData(RuleTest.LengthBetween, "2", "4", "abcde", false)]
    [InlineData(RuleTest.LengthBetween, null, "4", "abc", true)]
    public void A_field_is_asked_alone(RuleTest test, string? value, string? high, string? field, bool? holds)
    {
        var clause = CompiledClause.Read(new RuleClause("f", test, value, high), Today, out var refusal);

        Assert.Null(refusal);
        Assert.Equal(holds, clause!.Holds(field is null ? new Dictionary<string, string>() : new() { ["f"] = field }));
    }

    [Theory]
    [InlineData(RuleTest.SameAs, "Énergie", "ENERGIE", true)]
    [InlineData(RuleTest.DiffersFrom, "a@b.fr", "a@b.fr", false)]
    [InlineData(RuleTest.After, "2026-05-01", "2026-04-30", true)]
    [InlineData(RuleTest.After, "2026-05-01", "2026-05-01", false)]
    [InlineData(RuleTest.NotBefore, "2026-05-01", "2026-05-01", true)]
    [InlineData(RuleTest.NotBefore, "99.5", "100", false)]
    [InlineData(RuleTest.After, "2026-05-01", null, null)]
    [InlineData(RuleTest.After, "hier", "2026-05-01", null)]
    public void A_field_is_compared_with_another(RuleTest test, string value, string? other, bool? holds)
    {
        var clause = CompiledClause.Read(new RuleClause("f", test, Other: "g"), Today, out _);
        var fields = new Dictionary<string, string> { ["f"] = value };
        if (other is not null)
        {
            fields["g"] = other;
        }

        Assert.Equal(holds, clause!.Holds(fields));
    }

    [Theory]
    [InlineData(RuleTest.Matches, "[0-9", "rule.bad_pattern")]
    [InlineData(RuleTest.Matches, "a)(b", "rule.bad_pattern")]
    [InlineData(RuleTest.Matches, "(?=a)b", "rule.pattern_goes_back")]
    [InlineData(RuleTest.Matches, @"(a)\1", "rule.pattern_goes_back")]
    [InlineData(RuleTest.Matches, "((a{1000}){1000}){1000}", "rule.pattern_too_large")]
    [InlineData(RuleTest.Matches, "a{2000}", "rule.pattern_too_large")]
    [InlineData(RuleTest.Matches, " ", "rule.no_value")]
    [InlineData(RuleTest.OneOf, " ; \n", "rule.no_value")]
    [InlineData(RuleTest.Between, "", "rule.no_bound")]
    [InlineData(RuleTest.Between, "dix", "rule.no_bound")]
    [InlineData(RuleTest.After, "x", "rule.no_other")]
    public void What_means_nothing_or_could_take_forever_is_refused(RuleTest test, string value, string code)
    {
        Assert.Null(CompiledClause.Read(new RuleClause("f", test, value), Today, out var refusal));
        Assert.Equal(code, refusal!.Code);
    }

    [Theory]
    [InlineData("(a+)+")]
    [InlineData("(a|a)*")]
    [InlineData("(.*a){12}")]
    public void An_expression_that_makes_others_run_forever_ends_at_once(string pattern)
    {
        var clause = CompiledClause.Read(new RuleClause("f", RuleTest.Matches, pattern), Today, out _);

        Assert.NotEqual(true, clause!.Holds(new Dictionary<string, string> { ["f"] = new string('a', 5_000) + "!" }));
    }
}
