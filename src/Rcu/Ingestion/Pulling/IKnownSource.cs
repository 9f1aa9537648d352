using System.Text.Json;

namespace Rcu.Ingestion.Pulling;

/// <summary>A kind of system whose objects are known beforehand: it brings the mappings of its rows with it.</summary>
internal interface IKnownSource
{
    /// <summary>One mapping for each of its objects, the main one first; all take their rows from the same readings.</summary>
    IReadOnlyList<KnownFeed> Feeds(string source, JsonElement settings);
}
