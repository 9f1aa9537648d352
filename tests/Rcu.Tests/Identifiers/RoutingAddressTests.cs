using Rcu.Identifiers;

namespace Rcu.Tests.Identifiers;

public class RoutingAddressTests
{
    [Theory]
    [InlineData("552100554", "552100554")]
    [InlineData("552 100 554", "552100554")]
    [InlineData("0225:552100554_55210055400013", "552100554_55210055400013")]
    [InlineData("552100554_55210055400013_COMPTA-1", "552100554_55210055400013_COMPTA-1")]
    [InlineData("552100554_ACHATS", "552100554_ACHATS")]
    public void Each_form_of_the_directory_is_read(string text, string value) =>
        Assert.Equal(value, RoutingAddress.Parse(text).Value);

    [Theory]
    [InlineData("")]
    [InlineData("552100555")]
    [InlineData("552100554_30326504500015")]
    [InlineData("552100554_ACHATS_2")]
    [InlineData("552100554_")]
    [InlineData("552100554_a b")]
    [InlineData("compta@exemple.example")]
    public void What_is_none_or_names_two_companies_is_refused(string text) =>
        Assert.False(RoutingAddress.TryParse(text, null, out _));
}
