using System.Globalization;
using System.Text.Json;

namespace Rcu.Activation.Connectors.Calls;

/// <summary>What the API of a tool answered.</summary>
/// <param name="Status">0 when it did not answer.</param>
/// <param name="Body">Its JSON; undefined when it is none.</param>
/// <param name="Failure">What is to be told of it; null when it took the call.</param>
public sealed record ToolAnswer(int Status, string Text, JsonElement Body, Outcome? Failure)
{
    /// <summary>It is not about one profile: the tool is away, busy, closed, or does not let us in.</summary>
    public bool StopsAll => Failure is Outcome.CredentialsRefused or Outcome.Closed or Outcome.RetryAfter;

    /// <summary>The failure as the refusal of a trial; null when there is none.</summary>
    public Error? Refusal => Failure switch
    {
        null => null,
        Outcome.CredentialsRefused refused => ActivationErrors.CredentialsRefused(refused.Why),
        Outcome.Closed closed => ActivationErrors.Unreachable(closed.Why),
        Outcome.RetryAfter retry => ActivationErrors.Unreachable(retry.Why),
        Outcome.Rejected rejected => ActivationErrors.Unreachable($"{rejected.Why} {Text}"),
        var other => throw new InvalidOperationException($"{other}"),
    };

    public static ToolAnswer None(Outcome why) => new(0, "", default, why);

    /// <summary>The text at a path of names; null when there is none there.</summary>
    public string? At(params string[] path) => TextAt(Body, path);

    /// <summary>The rows of the list at a path of names; none when there is no list there.</summary>
    public IEnumerable<JsonElement> Rows(params string[] path) =>
        Find(Body, path) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    /// <summary>One property of each row of the list at a path.</summary>
    public HashSet<string> Texts(string list, string name) => [.. Rows(list).Select(row => TextAt(row, name)).OfType<string>()];

    /// <summary>The names a list at a path holds, in order, or why they could not be read.</summary>
    public Result<IReadOnlyList<string>> Names(string[] path, string name) =>
        Refusal is { } refused ? refused : Rows(path).Select(row => TextAt(row, name)).OfType<string>().Order(StringComparer.Ordinal).ToArray();

    public static string? TextAt(JsonElement from, params string[] path) => Find(from, path) switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False } other => other.GetRawText(),
        _ => null,
    };

    public static long? NumberAt(JsonElement from, params string[] path) =>
        long.TryParse(TextAt(from, path), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static JsonElement? Find(JsonElement from, string[] path)
    {
        foreach (var name in path)
        {
            if (from.ValueKind is not JsonValueKind.Object || !from.TryGetProperty(name, out from))
            {
                return null;
            }
        }

        return from;
    }
}
