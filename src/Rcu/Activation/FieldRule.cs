using System.Text.Json.Serialization;

namespace Rcu.Activation;

/// <summary>How one field of the hub reaches a tool.</summary>
/// <param name="Field">Its name here, <c>account.name</c> for one of the company of a person.</param>
/// <param name="As">Its name in the tool.</param>
/// <param name="Owner">Whose value holds.</param>
/// <param name="Shape">The form the tool wants it in.</param>
public sealed record FieldRule(string Field, string As, FieldOwner Owner = FieldOwner.Hub, FieldShape Shape = FieldShape.AsIs);

/// <summary>Whose value of a field holds, of the hub's and of the tool's.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FieldOwner>))]
public enum FieldOwner
{
    /// <summary>The hub's, always: what it no longer knows is emptied in the tool.</summary>
    Hub,

    /// <summary>The hub's when the profile is created in the tool, never after.</summary>
    Tool,

    /// <summary>The first value the hub gave, until the tool has none.</summary>
    OnlyIfEmpty,

    /// <summary>The hub's, but it empties nothing: the last value known stays.</summary>
    NeverNull,
}

/// <summary>The form a text takes on its way.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FieldShape>))]
public enum FieldShape
{
    AsIs,
    Upper,
    Lower,
    Title,
    Digits,
    Initial,
}
