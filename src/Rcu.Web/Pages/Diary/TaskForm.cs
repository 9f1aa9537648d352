using Rcu.Exploration.Desk;

namespace Rcu.Web.Pages.Diary;

/// <summary>A task as a form says it: a day of Paris, and one of three reminders.</summary>
internal sealed record TaskForm(string? Title, DateOnly? DueOn, TaskReminder Reminder, string? Assignee, int? Version)
{
    private static readonly TimeSpan Nine = TimeSpan.FromHours(9);

    public SaveTask Command => new(Title ?? "", DueOn, RemindAt, string.IsNullOrWhiteSpace(Assignee) ? null : Assignee, null, Version);

    public static TaskReminder ReminderOf(TaskLine? task) => task switch
    {
        { DueOn: not null, RemindAt: null } => TaskReminder.None,
        { DueOn: { } day, RemindAt: { } at } => at < Hosting.Show.Instant(day.ToDateTime(TimeOnly.MinValue)) ? TaskReminder.Eve : TaskReminder.Day,
        _ => TaskReminder.None,
    };

    private DateTimeOffset? RemindAt => (DueOn, Reminder) switch
    {
        ({ } day, TaskReminder.Day) => Hosting.Show.Instant(day.ToDateTime(TimeOnly.MinValue) + Nine),
        ({ } day, TaskReminder.Eve) => Hosting.Show.Instant(day.AddDays(-1).ToDateTime(TimeOnly.MinValue) + Nine),
        _ => null,
    };
}

/// <summary>When a task is recalled: never, at nine on its day, at nine the day before.</summary>
internal enum TaskReminder
{
    None,
    Day,
    Eve,
}
