using Rcu.Ingestion.Reading;

namespace Rcu.Tests.Ingestion.Reading;

public class JsonRowsTests
{
    [Theory]
    [InlineData("[{\"a\":1},{\"a\":2}]", null)]
    [InlineData("[\n  {\n    \"a\": 1\n  },\n  {\n    \"a\": 2\n  }\n]\n", null)]
    [InlineData("{\"total\":2,\"links\":[\"x\"],\"data\":[{\"a\":1},{\"a\":2}],\"next\":null}", "data")]
    [InlineData("{\n \"meta\": {\"b\": [{\"a\":9}]},\n \"clients\": [\n {\"a\": 1}, {\"a\": 2} ]\n}", "clients")]
    [InlineData("{\n \"a\": 1\n}\n{\n \"a\": 2\n}\n", null)]
    public async Task A_list_is_read_item_by_item_wherever_it_stands(string text, string? list)
    {
        var received = await Received.FromAsync(text, "x.json");

        Assert.Equal((FileKind.Json, list), (received.File.Format.Kind, received.File.Format.List));
        Assert.Equal(["1", "2"], received.Kept.Select(row => row.Fields["a"]));
        Assert.Empty(received.Rejected);
    }

    [Theory]
    [InlineData("{\"order\":1,\"lines\":[{\"a\":1}]}\n")]
    [InlineData("{\"data\":[{\"a\":1}]}\n{\"data\":[{\"a\":1}]}\n")]
    [InlineData("{\"a\":\n{\"a\":2}\n")]
    public void Records_that_hold_lists_are_still_one_a_line(string text) =>
        Assert.Equal(FileKind.Ndjson, FormatDetector.Detect(System.Text.Encoding.UTF8.GetBytes(text), "x.json").Kind);

    [Fact]
    public async Task A_malformed_item_is_set_aside_and_the_rest_goes_on()
    {
        var received = await Received.FromAsync("[{\"a\":1},\n{\"b\":[},\n7,\n\"x\n{\"a\":2}},\n{\"a\":3}]", "x.json");

        Assert.Equal(["1", "3"], received.Kept.Select(row => row.Fields["a"]));
        Assert.Equal([2L, 3L, 4L], received.Rejected.Select(row => row.Line));
        Assert.Equal(6, received.Kept[^1].Line);
    }

    [Fact]
    public async Task A_list_cut_short_says_so()
    {
        var received = await Received.FromAsync("{\"data\":[{\"a\":1},\n{\"a\":2},\n{\"a\":", "x.json");

        Assert.Equal(["1", "2"], received.Kept.Select(row => row.Fields["a"]));
        Assert.Equal([(3L, "row.json"), (3L, "file.truncated")], received.Rejected.Select(row => (row.Line, row.Reason.Code)));
    }

    [Fact]
    public async Task An_item_without_end_is_cut_and_set_aside()
    {
        var received = await Received.FromAsync("[{\"a\":\"" + new string('x', 3_000_000) + "\"},{\"a\":1}]", "x.json");

        Assert.Equal("row.too_long", Assert.Single(received.Rejected).Reason.Code);
        Assert.Equal("1", Assert.Single(received.Kept).Fields["a"]);
    }

    [Fact]
    public async Task Quotes_brackets_and_accents_inside_texts_are_text()
    {
        var received = await Received.FromAsync("[{\"a\":\"]},{\\\"é\\\\\"},{\"a\":\"[\"}]", "x.json", "windows-1252");

        Assert.Equal(["]},{\"é\\", "["], received.Kept.Select(row => row.Fields["a"]));
    }
}
