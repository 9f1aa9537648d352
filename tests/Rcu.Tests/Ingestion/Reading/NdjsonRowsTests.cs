namespace Rcu.Tests.Ingestion.Reading;

public class NdjsonRowsTests
{
    [Fact]
    public async Task Values_are_reached_by_their_path()
    {
        var received = await Received.FromAsync(
            """
            {"type":"identify","traits":{"email":"a@b.example","company":{"name":"Tri"},"phone":null,"n":12},"context":{"campaign":{"source":"google"}}}

            """,
            "web.ndjson");

        var fields = received.Kept[0].Fields;
        Assert.Equal("a@b.example", fields["traits.email"]);
        Assert.Equal("Tri", fields["traits.company.name"]);
        Assert.Equal("google", fields["context.campaign.source"]);
        Assert.Equal("12", fields["traits.n"]);
        Assert.Null(fields["traits.phone"]);
        Assert.Null(fields["traits.absent.name"]);
    }

    [Fact]
    public async Task A_bad_line_is_set_aside_and_the_rest_goes_on()
    {
        var received = await Received.FromAsync("{\"a\":1}\n{\"a\":\n\n[1]\n{\"a\":2}\r\n{\"a\":1e999999}\n", "web.ndjson");

        Assert.Equal(
            [(2L, "row.json"), (4L, "row.not_an_object"), (6L, "row.number")],
            received.Rejected.Select(r => (r.Line, r.Reason.Code)));
        Assert.Equal([1L, 5L], received.Kept.Select(row => row.Line));
    }

    [Fact]
    public async Task Escaped_characters_no_database_keeps_are_replaced_and_told()
    {
        var received = await Received.FromAsync("""{"a":"x\u0000y","b":"\ud83d","c":"\ud83d\ude00","d":"\\u0000"}""" + "\n", "web.ndjson");

        Assert.Equal(["a", "b"], received.Kept[0].Repaired);
        Assert.Equal("😀", received.Kept[0].Fields["c"]);
        Assert.Equal(@"\u0000", received.Kept[0].Fields["d"]);
    }

    [Fact]
    public async Task A_line_without_end_is_cut_and_set_aside()
    {
        var received = await Received.FromAsync("{\"a\":\"" + new string('x', 3_000_000) + "\"}\n{\"a\":1}\n", "web.ndjson");

        Assert.Equal("row.too_long", Assert.Single(received.Rejected).Reason.Code);
        Assert.Equal(2, Assert.Single(received.Kept).Line);
    }

    [Fact]
    public async Task The_order_of_properties_changes_nothing_to_what_an_event_says()
    {
        var one = await Received.FromAsync("{\"a\":1,\"b\":{\"c\":2,\"d\":null}}\n", "web.ndjson");
        var other = await Received.FromAsync("{\"b\":{\"c\":2},\"a\":1}\n", "web.ndjson");

        Assert.Equal(one.Kept[0].Fields.ContentHash(), other.Kept[0].Fields.ContentHash());
    }
}
