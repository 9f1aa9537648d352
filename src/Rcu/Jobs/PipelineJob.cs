using Microsoft.Extensions.Logging;
using Npgsql;

namespace Rcu.Jobs;

/// <summary>Runs the stages that follow an import, one run at a time in the whole hub.</summary>
public sealed partial class PipelineJob(Pipeline pipeline, NpgsqlDataSource database, TimeProvider clock, ILogger<PipelineJob> log) : IJob
{
    /// <summary>The advisory lock that the stages hold while they run.</summary>
    internal const int Lock = 20260103;

    public async Task RunAsync(Guid subject, CancellationToken ct)
    {
        // Held by the connection: the server frees it when this process dies.
        await using var alone = await database.OpenConnectionAsync(ct);
        await using (var wait = new NpgsqlCommand($"select pg_advisory_lock({Lock})", alone) { CommandTimeout = 0 })
        {
            await wait.ExecuteNonQueryAsync(ct);
        }

        var progress = new RunProgress(database, clock, subject);
        if (!await progress.StartAsync(ct))
        {
            return; // delivered twice
        }

        try
        {
            await pipeline.RunAsync(progress, ct);
            await progress.SucceedAsync(ct);
        }
        catch (RunCancelledException)
        {
            await progress.CancelAsync(ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFailure(e, subject);
            await progress.FailAsync(e.Message, CancellationToken.None);
            throw;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Pipeline run {Run} failed")]
    private partial void LogFailure(Exception e, Guid run);
}
