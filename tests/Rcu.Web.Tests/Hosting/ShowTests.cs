using System.Globalization;
using Rcu.Web.Hosting;

namespace Rcu.Web.Tests.Hosting;

public class ShowTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 3, 14, 30, 0, TimeSpan.Zero); // 15:30 in Paris

    public ShowTests() => CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("fr");

    [Theory]
    [InlineData(0, "0~€")]
    [InlineData(850, "850~€")]
    [InlineData(9994, "9_994~€")]
    [InlineData(850_000, "850~k€")]
    [InlineData(999_499, "999~k€")]
    [InlineData(999_500, "1~M€")]
    [InlineData(1_250_000, "1,2~M€")]
    [InlineData(1_350_000, "1,4~M€")]
    [InlineData(-1_200_000, "-1,2~M€")]
    [InlineData(123_400_000, "123~M€")]
    [InlineData(3_440_000_000, "3,4~Md€")]
    public void Amounts_are_compacted_and_rounded_to_the_even(long amount, string shown) => Assert.Equal(Spaces(shown), Show.Compact(amount));

    [Fact]
    public void Nothing_that_is_shown_breaks_away_from_its_unit()
    {
        Assert.Equal(Spaces("1_234,50~€"), Show.Money(1234.5m));
        Assert.Equal(Spaces("12,3~%"), Show.Percent(0.123, 1));
        Assert.Equal(Spaces("1_234_568"), Show.Count(1234568));
        Assert.Equal(Spaces("552~100~554"), Show.Siren("552100554"));
        Assert.Equal(Spaces("552~100~554~00013"), Show.Siret("55210055400013"));
        Assert.Equal(Spaces("01~99~00~12~34"), Show.Phone("+33199001234"));
    }

    [Fact]
    public void What_cannot_be_read_is_shown_as_it_is_and_what_is_missing_as_a_dash()
    {
        Assert.Equal("55210055", Show.Siren("55210055"));
        Assert.Equal("poste 12", Show.Phone("poste 12"));
        Assert.Equal("—", Show.Money(null));
        Assert.Equal("—", Show.Siren((string?)null));
        Assert.Equal("—", Show.Date((DateOnly?)null));
    }

    [Fact]
    public void Days_are_those_of_Paris()
    {
        Assert.Equal("04/11/2026", Show.Date(new DateTimeOffset(2026, 11, 3, 23, 30, 0, TimeSpan.Zero)));
        Assert.Equal(Spaces("03/11/2026~15:30"), Show.Moment(Now));
        Assert.Equal("3 nov. 2026", Show.LongDate(new DateOnly(2026, 11, 3)));
        Assert.Equal(Spaces("1er~mars 2026"), Show.LongDate(new DateOnly(2026, 3, 1)));
    }

    [Theory]
    [InlineData(0.5, "à l’instant")]
    [InlineData(4, "il y a 4~min")]
    [InlineData(60 * 3, "il y a 3~h")]
    [InlineData(60 * 20, "hier à 19:30")]
    [InlineData(60 * 24 * 3, "il y a 3~jours")]
    [InlineData(60 * 24 * 8, "26/10/2026")]
    public void How_long_ago_is_said_as_people_do(double minutes, string shown) =>
        Assert.Equal(Spaces(shown), Show.Ago(Now.AddMinutes(-minutes), Now));

    [Theory]
    [InlineData(0, "0~compte")]
    [InlineData(1, "1~compte")]
    [InlineData(1.5, "1,5~compte")]
    [InlineData(2, "2~comptes")]
    [InlineData(1234, "1_234~comptes")]
    public void French_counts_from_two(double count, string shown) =>
        Assert.Equal(Spaces(shown), Show.Plural((decimal)count, "compte", "comptes"));

    [Fact]
    public void English_readers_get_English_figures()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");

        Assert.Equal("€1,234.50", Show.Money(1234.5m));
        Assert.Equal(Spaces("0~accounts"), Show.Plural(0, "account", "accounts"));
        Assert.Equal(Spaces("3~h ago"), Show.Ago(Now.AddHours(-3), Now));
    }

    [Theory]
    [InlineData("Camille Martin", "CM")]
    [InlineData("élodie", "É")]
    [InlineData("", "")]
    public void A_badge_holds_two_letters(string name, string letters) => Assert.Equal(letters, Show.Initials(name));

    // ~ is the no-break space, _ the narrow one.
    private static string Spaces(string text) => text.Replace('~', '\u00a0').Replace('_', '\u202f');
}
