namespace Rcu.Jobs;

/// <summary>
/// Work done in the background on one subject. It may be cut at any point and started again:
/// it keeps its position in the database, never in its arguments.
/// </summary>
public interface IJob
{
    Task RunAsync(Guid subject, CancellationToken ct);
}

/// <summary>Where work is handed over to the background. The engine behind it is the web project's business.</summary>
public interface IJobs
{
    /// <summary>Asks for <typeparamref name="TJob"/> on <paramref name="subject"/>: the id of a <see cref="Run"/>.</summary>
    Task EnqueueAsync<TJob>(Guid subject, CancellationToken ct)
        where TJob : IJob;
}
