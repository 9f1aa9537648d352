using System.Text.Json.Serialization;

namespace Rcu.Ingestion;

/// <summary>One canonical field and what feeds it.</summary>
/// <param name="Field">The canonical field: <c>siret</c>, <c>family_name</c>…</param>
/// <param name="Columns">Columns of the file (paths such as <c>traits.email</c> in JSON), joined by a space when several.</param>
/// <param name="Constant">A value the feed itself knows: <c>invoice</c> for the <c>type</c> of every row.</param>
/// <param name="When">Only rows whose named column holds one of these values: <c>type = identify</c>.</param>
public sealed record FeedColumn(string Field, IReadOnlyList<string> Columns, string? Constant = null, FeedCondition? When = null)
{
    /// <summary>Only a part of the cell: « 75002 Paris » parted at the first space.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FeedPart? Part { get; init; }

    /// <summary>What the source calls a value, and what the hub calls it: « Cli » is <c>client</c>. An empty answer says nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? Values { get; init; }

    /// <summary>What happens when another source says something else.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public FieldConflict Conflict { get; init; }
}

/// <summary>A column and the values it may hold.</summary>
public sealed record FeedCondition(string Column, IReadOnlyList<string> Values);

/// <summary>Which piece of a cell is meant.</summary>
/// <param name="Separator">What stands between two pieces; a space for words.</param>
/// <param name="Index">Which piece, from 0; the last one takes all that is left. Negative: from the end.</param>
/// <param name="IsRest">The piece and all that follow it.</param>
public sealed record FeedPart(string Separator, int Index, bool IsRest = false);

/// <summary>Who is believed when a file and another source disagree on a field.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FieldConflict>))]
public enum FieldConflict
{
    /// <summary>The order of the sources decides, as for any field.</summary>
    BySource,

    /// <summary>The file wins over the other sources, never over what a person typed.</summary>
    Replace,

    /// <summary>The file speaks only where no other source does.</summary>
    OnlyIfEmpty,

    /// <summary>Kept as evidence, never shown as the value.</summary>
    Never,
}
