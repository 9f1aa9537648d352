using System.Text.Json;
using Rcu.Ingestion.Pulling;

namespace Rcu.Ingestion.Connectors.Calls;

/// <summary>What an API answered: its JSON, or why nothing can be read of it.</summary>
/// <param name="Status">0 when it did not answer.</param>
/// <param name="Body">Its JSON, also when it refuses; undefined when it is none.</param>
/// <param name="Failure">What is to be told of it; null when all is well.</param>
/// <param name="At">What time it is over there.</param>
/// <param name="NextLink">Where it says that the next page is, by its header.</param>
public sealed record ApiAnswer(int Status, JsonElement Body, PullAnswer? Failure, DateTimeOffset? At = null, string? NextLink = null)
{
    /// <summary>The failure as the refusal of a trial.</summary>
    public Error? Refusal => Failure is null ? null : SourceErrors.NotReady(Why);

    private string Why => Failure switch
    {
        PullAnswer.RetryAfter retry => retry.Why,
        PullAnswer.CredentialsRefused refused => refused.Why,
        PullAnswer.Refused refused => refused.Why,
        var other => throw new InvalidOperationException($"{other}"),
    };
}
