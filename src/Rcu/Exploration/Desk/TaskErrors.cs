namespace Rcu.Exploration.Desk;

/// <summary>Why what people keep for themselves was not kept.</summary>
public static class TaskErrors
{
    public static readonly Error NotFound = new(ErrorKind.NotFound, "task.not_found", "There is no such task.");

    public static readonly Error Stale =
        new(ErrorKind.Stale, "task.stale", "The task has changed since it was read. Look at it again before changing it.");
}
