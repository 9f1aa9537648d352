using Rcu.Ingestion.Pushing;

namespace Rcu.Web.Api;

/// <summary>What became of a record a program pushed: it is evidence, and will reach the customers with the run named here.</summary>
/// <param name="GoldenId">The account or contact it speaks of, when that is known already.</param>
internal sealed record PushView(string Source, string Key, Guid RecordId, PushOutcome Outcome, Guid? RunId, Guid? GoldenId)
{
    public static PushView Of(string source, string key, Pushed pushed, Guid? golden) =>
        new(source, key, pushed.RecordId, pushed.Outcome, pushed.PipelineRunId, golden);
}
