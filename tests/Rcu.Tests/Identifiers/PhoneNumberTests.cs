using Rcu.Identifiers;

namespace Rcu.Tests.Identifiers;

public class PhoneNumberTests
{
    [Theory]
    [InlineData("01 99 00 67 89", "+33199006789", PhoneKind.Landline)]
    [InlineData("0199006789", "+33199006789", PhoneKind.Landline)]
    [InlineData("01.99.00.67.89", "+33199006789", PhoneKind.Landline)]
    [InlineData("01-99-00-67-89", "+33199006789", PhoneKind.Landline)]
    [InlineData("+33 (0)1 99 00 67 89", "+33199006789", PhoneKind.Landline)]
    [InlineData("+33199006789", "+33199006789", PhoneKind.Landline)]
    [InlineData("+330199006789", "+33199006789", PhoneKind.Landline)]
    [InlineData("0033199006789", "+33199006789", PhoneKind.Landline)]
    [InlineData("33639980042", "+33639980042", PhoneKind.Mobile)]
    [InlineData("'0465711256", "+33465711256", PhoneKind.Landline)]
    [InlineData("465711256", "+33465711256", PhoneKind.Landline)]
    [InlineData("639983383", "+33639983383", PhoneKind.Mobile)]
    [InlineData("06\u00a039\u00a098\u00a000\u00a042", "+33639980042", PhoneKind.Mobile)]
    [InlineData("0639 01 02 03", "+262639010203", PhoneKind.Mobile)]
    [InlineData("0262 20 20 20", "+262262202020", PhoneKind.Landline)]
    [InlineData("+590 590 20 20 20", "+590590202020", PhoneKind.Landline)]
    [InlineData("0690 20 20 20", "+590690202020", PhoneKind.Mobile)]
    [InlineData("0800 12 34 56", "+33800123456", PhoneKind.Special)]
    [InlineData("0976 12 34 56", "+33976123456", PhoneKind.Landline)]
    [InlineData("+32 2 555 12 12", "+3225551212", PhoneKind.Landline)]
    [InlineData("00352 26 12 34", "+352261234", PhoneKind.Landline)]
    public void French_ways_of_writing_a_number_are_one(string text, string e164, PhoneKind kind)
    {
        var phone = PhoneNumber.Parse(text);

        Assert.Equal((e164, kind), (phone.Value, phone.Kind));
    }

    [Theory]
    [InlineData("")]
    [InlineData("12")]
    [InlineData("01 99 00 67")]
    [InlineData("01 99 00 67 89 00")]
    [InlineData("0000000000")]
    [InlineData("voir standard")]
    [InlineData("+33 1 99 00")]
    public void What_is_no_number_is_refused(string text) => Assert.False(PhoneNumber.TryParse(text, null, out _));

    [Fact]
    public void A_french_number_is_shown_as_it_is_dialled()
    {
        Assert.Equal("01\u00a099\u00a000\u00a067\u00a089", PhoneNumber.Parse("+33199006789").Display);
        Assert.Equal("+3225551212", PhoneNumber.Parse("+32 2 555 12 12").Display);
    }
}
