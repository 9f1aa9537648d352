using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Rcu.Cleaning.Checking;
using Rcu.Data;
using Rcu.Ingestion;
using Rcu.Ingestion.Drafts;
using Rcu.Jobs;

namespace Rcu.Benchmarks.Ingestion;

/// <summary>What a person waits for in the import wizard: how a large file would be read, and the check of all its rows.</summary>
internal static class WizardBenchmark
{
    private const int Rows = 1_000_000;

    public static async IAsyncEnumerable<Figure> RunAsync(BenchData data, [EnumeratorCancellation] CancellationToken ct)
    {
        var file = await CrmExport.WriteAsync(data.Folder, Rows, ct);
        await using var hub = await data.NewHubAsync(ct);
        var copy = await RawCopy.SecondsAsync(hub, CrmExport.ColumnCount, CrmExport.Cells(Rows), ct);
        await using var scope = hub.Services.CreateAsyncScope();
        await KnownFeeds.DeclareAsync(scope.ServiceProvider.GetRequiredService<RcuDb>(), hub.Clock, ct);
        var drafts = scope.ServiceProvider.GetRequiredService<ImportDrafts>();
        await using var content = File.OpenRead(file);
        var megabytes = content.Length / 1048576.0;
        var draft = (await drafts.ReceiveAsync(CrmExport.Name, content, "bench", ct)).Value!;

        // The file is there: what the page asks for each time it is opened.
        var watch = Stopwatch.StartNew();
        var preview = await drafts.PreviewAsync(draft, draft.Options, ct);
        yield return new Figure("ingestion.wizard.preview", watch.Elapsed.TotalSeconds, $"s for a file of {megabytes:0} MB").ValueAtMost(2, hard: false);
        if (preview.Error is { } refusal)
        {
            throw new InvalidOperationException(refusal.Message);
        }

        await scope.ServiceProvider.GetRequiredService<DraftChecks>().RequestAsync(draft.Id, "bench", again: false, ct);
        using var peak = new PeakMemory();
        watch.Restart();
        await scope.ServiceProvider.GetRequiredKeyedService<IJob>(nameof(DraftCheckJob)).RunAsync(draft.CheckRun!.Value, ct);
        var check = watch.Elapsed.TotalSeconds;
        if (draft.CheckedAt is null)
        {
            throw new InvalidOperationException("the file was not checked");
        }

        yield return new Figure("ingestion.wizard.check", check, "s to check 1,000,000 rows", "bare binary COPY of the same rows", copy / check).ValueAtMost(30, hard: false);
        yield return new Figure("ingestion.wizard.memory", peak.Bytes / 1048576.0, "MB at most during the check");
    }
}
