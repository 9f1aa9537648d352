using System.Text.Json;
using System.Text.Json.Serialization;
using Rcu.Ingestion.Reading;

namespace Rcu.Ingestion;

/// <summary>What a feed tells the reader of its files, and which of their rows it takes. All that is left out is guessed.</summary>
public sealed record FeedOptions
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Encoding { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Sheet { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? HeaderRow { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public char? Delimiter { get; init; }

    /// <summary>What parts the decimals of an amount: a comma or a point. Null: as each amount shows.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public char? DecimalSign { get; init; }

    /// <summary>The order of a date's numbers: <c>dmy</c>, <c>mdy</c> or <c>ymd</c>. Null: day first, as in France, unless there is no such month.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? DateOrder { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<FeedFix>? Fixes { get; init; }

    /// <summary>Only the rows whose column holds one of these values; the others are another feed's.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FeedCondition? Only { get; init; }

    /// <summary>Rows under one key are not twins but lines of one thing: each is kept, and numbered.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool NumberTwins { get; init; }

    public static FeedOptions Of(Feed feed) => feed.Format.Deserialize<FeedOptions>(JsonSerializerOptions.Web) ?? new FeedOptions();

    public JsonElement ToJson() => JsonSerializer.SerializeToElement(this, JsonSerializerOptions.Web);

    /// <summary>What was recognised, corrected by what is declared.</summary>
    public FileFormat Correct(FileFormat seen) => seen with
    {
        Encoding = Encoding ?? seen.Encoding,
        Sheet = Sheet ?? seen.Sheet,
        HeaderRow = HeaderRow ?? seen.HeaderRow,
        Suspects = Encoding is null ? seen.Suspects : "",
        Delimiter = Delimiter ?? seen.Delimiter,
    };
}
