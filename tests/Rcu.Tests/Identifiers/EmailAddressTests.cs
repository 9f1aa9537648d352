using Rcu.Identifiers;

namespace Rcu.Tests.Identifiers;

public class EmailAddressTests
{
    [Theory]
    [InlineData("Jean.Dupont@ACME.fr", "jean.dupont@acme.fr")]
    [InlineData("  jean@acme.fr. ", "jean@acme.fr")]
    [InlineData("jean@acme.fr,", "jean@acme.fr")]
    [InlineData("jean @ acme.fr", "jean@acme.fr")]
    [InlineData("jean@ acme.fr", "jean@acme.fr")]
    [InlineData("jean(at)acme.fr", "jean@acme.fr")]
    [InlineData("jean [at] acme [dot] fr", "jean@acme.fr")]
    [InlineData("Jean Dupont <jean@acme.fr>", "jean@acme.fr")]
    [InlineData("mailto:jean@acme.fr", "jean@acme.fr")]
    [InlineData("o'neil+promo@acme.co.uk", "o'neil+promo@acme.co.uk")]
    [InlineData("hernandez @ ctre-nat.example", "hernandez@ctre-nat.example")]
    public void Slips_are_repaired(string text, string email) => Assert.Equal(email, EmailAddress.Parse(text).Value);

    [Theory]
    [InlineData("")]
    [InlineData("jean")]
    [InlineData("jean@acme")]
    [InlineData("jean@@acme.fr")]
    [InlineData("jean@acme..fr")]
    [InlineData("@acme.fr")]
    [InlineData("jean dupont@acme.fr")]
    [InlineData("a@x.fr; b@x.fr")]
    public void What_is_no_address_is_refused(string text) => Assert.False(EmailAddress.TryParse(text, null, out _));
}
