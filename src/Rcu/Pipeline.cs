namespace Rcu;

/// <summary>
/// The stages in order, and what each reads and writes. Ingestion comes first, per file; the others follow it together.
/// <list type="number">
/// <item>Ingestion: a file → <c>source_records</c> (written once, never changed), <c>records</c> (pointers), <c>rejects</c></item>
/// <item>Cleaning: <c>records</c> not cleaned yet → their canonical <c>fields</c>, <c>issues</c></item>
/// <item>Resolution: <c>records</c> → <c>links</c> (record → cluster), <c>matches</c>, <c>redirects</c>, <c>stale_clusters</c></item>
/// <item>Unification: stale clusters → accounts, contacts, roles, and the facts they own</item>
/// <item>Insight: accounts that changed and their facts → <c>account_metrics</c>, <c>account_worths</c>, <c>computed_values</c></item>
/// <item>Segmentation: accounts, contacts → <c>segment_members</c>, and what the plan does of it</item>
/// <item>Activation: <c>segment_members</c> → <c>outbox</c> → <c>deliveries</c></item>
/// </list>
/// </summary>
public sealed class Pipeline(IEnumerable<IStage> stages)
{
    /// <summary>The stages that follow an import, in this order, whatever the order they were registered in.</summary>
    public static readonly IReadOnlyList<string> Order =
        ["Cleaning", "Resolution", "Unification", "Insight", "Segmentation", "Activation"];

    /// <summary>Runs every stage. Each takes up what is left to do, so a run that was cut is simply run again.</summary>
    public async Task RunAsync(IStageProgress progress, CancellationToken ct)
    {
        foreach (var stage in stages.OrderBy(s => Order.ToList().IndexOf(s.Name)))
        {
            await progress.EnterAsync(stage.Name, ct);
            await stage.RunAsync(progress, ct);
        }
    }
}

/// <summary>One stage of the pipeline after ingestion. It finds in the database what is left to do, and may be cut anywhere.</summary>
public interface IStage
{
    /// <summary>The name of its folder.</summary>
    string Name { get; }

    Task RunAsync(IStageProgress progress, CancellationToken ct);
}

/// <summary>
/// Where a stage says how far it is. The run that stands behind it may answer with a cancellation, when a person asked for one
/// or when a later attempt has begun.
/// </summary>
public interface IStageProgress
{
    Task EnterAsync(string stage, CancellationToken ct);

    /// <summary>Called after each batch. <paramref name="total"/> is null while it is not known.</summary>
    Task ReportAsync(long done, long? total, CancellationToken ct);
}
