using Rcu.Customers;
using Rcu.Ingestion.Reading;
using static Rcu.Tests.Cleaning.CleaningTest;

namespace Rcu.Tests.Cleaning;

public class LimitTests
{
    [Fact]
    public void A_text_longer_than_a_line_is_no_name_and_a_note_may_be_as_long_as_it_likes()
    {
        var page = new string('a', 401);

        var account = Clean(RecordKind.Account, ("name", page), ("brand", page[1..]), ("account_key", page));
        var contact = Clean(RecordKind.Contact, ("family_name", "Salmon"), ("note", page));

        Assert.Equal((null, page[1..], null), (account.Field("name"), account.Field("brand"), account.Field("account_key")));
        Assert.Equal("text.too_long,text.too_long", account.Codes());
        Assert.Equal(page, contact.Field("note"));
    }

    [Fact]
    public void A_town_has_a_hundred_characters_at_most()
    {
        var town = new string('a', 101);

        Assert.Equal("text.too_long", Clean(RecordKind.Account, ("name", "Salmon"), ("city", town)).Codes());
        Assert.DoesNotContain("text.too_long", Clean(RecordKind.Account, ("name", "Salmon"), ("city", town[1..])).Codes(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_shown_of_a_long_text_ends_with_a_whole_sign()
    {
        string[] texts = [string.Concat(Enumerable.Repeat("😀", 300)), "a" + string.Concat(Enumerable.Repeat("😀", 300))];

        Assert.All(texts, text => Assert.Equal(
            SafeText.Of(Shown(text), out _), Shown(text)));

        static string Shown(string text) => Clean(RecordKind.Account, ("name", text)).Issues.Single().Value!;
    }

    [Theory]
    [InlineData("10000000000000", "10000000000000", null)]
    [InlineData("-10000000000000,01", null, "amount.too_large")]
    [InlineData("79228162514264337593543950335", null, "amount.too_large")]
    public void An_amount_beyond_any_company_is_none(string typed, string? net, string? issue)
    {
        var document = Clean(RecordKind.Document, ("net", typed), ("tax", "1"));

        Assert.Equal((net, issue), (document.Field("net"), document.Codes()));
    }
}
