using Rcu.Web.Pages.Activation;

namespace Rcu.Web.Tests.Pages;

public class SentTextTests
{
    [Theory]
    [InlineData("{\"nom\":\"Œuvre\",\"lignes\":[1]}", "{\n  \"nom\": \"Œuvre\",\n  \"lignes\": [\n    1\n  ]\n}")]
    [InlineData("msg_1;account.upserted;Œuvre", "msg_1;account.upserted;Œuvre")]
    [InlineData("{ cut short", "{ cut short")]
    [InlineData("", "")]
    public void Json_is_told_one_value_a_line_and_anything_else_as_it_is(string sent, string told) =>
        Assert.Equal(told, SentText.Of(sent).ReplaceLineEndings("\n"));
}
