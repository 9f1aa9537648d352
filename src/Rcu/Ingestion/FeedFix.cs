using System.Text.Json.Serialization;

namespace Rcu.Ingestion;

/// <summary>What a person decided about a problem met again and again in a file, for this file and those that will follow it.</summary>
/// <param name="Field">The canonical field.</param>
/// <param name="Code">The problem: <c>date.unreadable</c>.</param>
public sealed record FeedFix(string Field, string Code, FixAction Action);

/// <summary>The two answers that hold for a whole mapping; leaving lines out holds for one file.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FixAction>))]
public enum FixAction
{
    /// <summary>The value, repaired or not, is right as it is: nothing more is said about it.</summary>
    Accept,

    /// <summary>The value counts for nothing.</summary>
    Blank,
}
