using Rcu.Web.Pages.Segments;

namespace Rcu.Web.Tests.Pages;

public class RuleBoundsTests
{
    [Theory]
    [InlineData("100", "50", true)]
    [InlineData("50", "100", false)]
    [InlineData("1 000,5", "200", true)]
    [InlineData("2026-06-01", "2026-01-01", true)]
    [InlineData("2026-01-01", "2026-06-01", false)]
    [InlineData("100", "beaucoup", false)]
    public void Bounds_the_wrong_way_round_are_seen(string first, string second, bool inverted) =>
        Assert.Equal(inverted, RulePart.AreInverted([first, second]));
}
