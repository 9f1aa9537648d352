using System.Text.Json;

namespace Rcu.Activation;

/// <summary>A tool whose profiles have fields of its own: those that are told of are found among them, and one that is missing is seen before a push.</summary>
public interface IFieldedConnector : IDestinationConnector
{
    /// <summary>Which fields it is told unless a person says otherwise.</summary>
    IReadOnlyList<FieldRule> UsualFields(bool accounts);

    /// <summary>The fields the tool has now, as it names them.</summary>
    Task<Result<IReadOnlyList<string>>> FieldsAsync(JsonElement settings, string? secret, bool accounts, CancellationToken ct);
}
