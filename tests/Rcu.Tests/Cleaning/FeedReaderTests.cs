using System.Text.Json;
using Rcu.Cleaning;
using Rcu.Customers;
using Rcu.Ingestion;

namespace Rcu.Tests.Cleaning;

/// <summary>What a mapping says of values before and after the rules: parts, translations, dates, decimals, decisions.</summary>
public class FeedReaderTests
{
    [Theory]
    [InlineData("mdy", "03/04/2026", "2026-03-04")]
    [InlineData("dmy", "03/04/2026", "2026-04-03")]
    [InlineData("ymd", "26/03/04", "2026-03-04")]
    [InlineData(null, "03/04/2026", "2026-04-03")]
    [InlineData("mdy", "2026-03-04", "2026-03-04")]
    public void A_declared_order_of_dates_is_followed(string? order, string typed, string day) =>
        Assert.Equal(day, Clean(RecordKind.Account, new FeedOptions { DateOrder = order }, new FeedColumn("created_on", ["c"]), typed)["created_on"]);

    [Theory]
    [InlineData(',', "12,345", "12.345")]
    [InlineData('.', "12,345", "12345")]
    [InlineData(',', "1.234,5", "1234.5")]
    [InlineData('.', "1,234.5", "1234.5")]
    public void A_declared_decimal_sign_leaves_no_doubt(char sign, string typed, string amount)
    {
        var cleaned = new FeedReader(RecordKind.Document, [new FeedColumn("net", ["c"])], new FeedOptions { DecimalSign = sign }).Clean(Row(typed));

        Assert.Equal(amount, cleaned.Fields["net"]);
        Assert.Empty(cleaned.Issues);
    }

    [Fact]
    public void A_cell_is_parted_and_its_values_translated()
    {
        var feed = new FeedReader(
            RecordKind.Account,
            [
                new FeedColumn("postal_code", ["c"]) { Part = new FeedPart(" ", 0) },
                new FeedColumn("city", ["c"]) { Part = new FeedPart(" ", 1, IsRest: true) },
                new FeedColumn("type", ["t"]) { Values = new Dictionary<string, string> { ["Cli"] = "client" } },
            ],
            new FeedOptions());

        var fields = feed.Clean(JsonSerializer.SerializeToElement(new { c = "13600 La Ciotat", t = "CLI" })).Fields;

        Assert.Equal(("13600", "La Ciotat", "client"), (fields["postal_code"], fields["city"], fields["type"]));
    }

    [Fact]
    public void A_decision_on_a_problem_holds_for_every_row()
    {
        var column = new FeedColumn("created_on", ["c"]);
        var accepted = new FeedReader(RecordKind.Account, [column], Fixed(FixAction.Accept)).Clean(Row("03/04/26"));
        var blanked = new FeedReader(RecordKind.Account, [column], Fixed(FixAction.Blank)).Clean(Row("03/04/26"));

        Assert.Equal("2026-04-03", accepted.Fields["created_on"]);
        Assert.Empty(accepted.Issues);
        Assert.DoesNotContain("created_on", blanked.Fields.Keys);
        Assert.Empty(blanked.Issues);
    }

    private static FeedOptions Fixed(FixAction action) => new() { Fixes = [new FeedFix("created_on", "date.short_year", action)] };

    private static IReadOnlyDictionary<string, string> Clean(RecordKind kind, FeedOptions options, FeedColumn column, string typed) =>
        new FeedReader(kind, [column], options).Clean(Row(typed)).Fields;

    private static JsonElement Row(string typed) => JsonSerializer.SerializeToElement(new { c = typed });
}
