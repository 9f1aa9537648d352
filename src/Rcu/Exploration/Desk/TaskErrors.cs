namespace Rcu.Exploration.Desk;

/// <summary>Why what people keep for themselves was not kept.</summary>
public static class TaskErrors
{
    public static readonly Error NotFound = new(ErrorKind.NotFound, "task.not_found", "There is no such task.");

    public static readonly Error Stale =
        new(ErrorKind.Stale, "task.stale", "The task has changed since it was read. Look at it again before changing it.");

    public static readonly Error ViewName = new(ErrorKind.Invalid, "view.name_long", "A view is named in forty letters at most.");

    public static readonly Error NoBatch = new(ErrorKind.NotFound, "batch.not_found", "There is no such act.");

    public static Error TooManyViews(int most) => new(ErrorKind.Conflict, "view.too_many", $"{most} views are kept at most.") { Values = [most] };

    public static Error TooManyAccounts(int most) =>
        new(ErrorKind.Conflict, "batch.too_many", $"At most {most} accounts at once: filter the list.") { Values = [most] };

    public static Error BatchUndone(string by) => new(ErrorKind.Conflict, "batch.undone_already", $"{by} took it back already.") { Values = [by] };
}
