using System.Globalization;
using Rcu.Web.Hosting;

namespace Rcu.Web.Tests.Hosting;

/// <summary>Words agree with the number before them, in either language, however the number is written.</summary>
public class PluralFormatTests
{
    [Theory]
    [InlineData("fr-FR", 0, "0 ligne lue est là")]
    [InlineData("fr-FR", 1, "1 ligne lue est là")]
    [InlineData("fr-FR", "1", "1 ligne lue est là")]
    [InlineData("fr-FR", 2, "2 lignes lues sont là")]
    [InlineData("fr-FR", "1 234", "1 234 lignes lues sont là")]
    [InlineData("fr-FR", 1.5, "1,5 ligne lue est là")]
    [InlineData("en", 0, "0 lignes lues sont là")]
    [InlineData("en", 1, "1 ligne lue est là")]
    public void What_follows_a_number_agrees_with_it(string language, object count, string expected)
    {
        var before = CultureInfo.CurrentUICulture;
        var culture = CultureInfo.GetCultureInfo(language);
        CultureInfo.CurrentUICulture = culture;
        try
        {
            Assert.Equal(expected, string.Format(new PluralFormat(culture), "{0} ligne{0:s} lue{0:s} {0:?est|sont} là", count));
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    [Fact]
    public void Other_formats_are_those_of_the_language() =>
        Assert.Equal("31/12/2026 ; 0,50", string.Format(new PluralFormat(CultureInfo.GetCultureInfo("fr-FR")), "{0:dd/MM/yyyy} ; {1:N2}", new DateOnly(2026, 12, 31), .5m));
}
