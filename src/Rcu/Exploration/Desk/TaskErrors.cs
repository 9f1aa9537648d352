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

    public static readonly Error NoCard = new(ErrorKind.NotFound, "card.not_found", "There is no such card.");

    public static readonly Error NothingReported = new(ErrorKind.Invalid, "report.empty", "Say what is wrong.");

    public static readonly Error NotOnPeople =
        new(ErrorKind.Invalid, "batch.not_on_people", "People are tagged, given tasks, or their accounts followed.");

    public static Error CardDays(int most) => new(ErrorKind.Invalid, "card.days", $"A card is open for {most} days at most.") { Values = [most] };

    public static Error CardOrigin(string origin) =>
        new(ErrorKind.Invalid, "card.origin", $"« {origin} » is not the origin of a program, as https://crm.exemple.fr is.") { Values = [origin] };

    public static Error TooManyPeople(int most) =>
        new(ErrorKind.Conflict, "batch.too_many_people", $"At most {most} people at once: filter the list.") { Values = [most] };

    public static Error BatchUndone(string by) => new(ErrorKind.Conflict, "batch.undone_already", $"{by} took it back already.") { Values = [by] };
}
