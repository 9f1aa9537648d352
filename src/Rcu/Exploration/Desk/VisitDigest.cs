namespace Rcu.Exploration.Desk;

/// <summary>What changed on an account since somebody last looked: only what the sheet shows anyway, counted.</summary>
/// <param name="Fields">The canonical fields whose value is newer.</param>
/// <param name="IsCut">More happened than the first page of the timeline holds.</param>
public sealed record VisitDigest(
    DateTimeOffset Since, int Interactions, int Documents, int Opportunities, int TasksAdded, int TasksDone, IReadOnlyList<string> Fields, bool IsCut)
{
    public bool IsEmpty => Interactions + Documents + Opportunities + TasksAdded + TasksDone + Fields.Count == 0;

    /// <param name="reader">Whose own tasks are no news.</param>
    public static VisitDigest Of(AccountSheet sheet, IReadOnlyList<TaskLine> tasks, DateTimeOffset since, string reader)
    {
        bool Other(string? who) => !string.Equals(who, reader, StringComparison.OrdinalIgnoreCase);
        var day = DateOnly.FromDateTime(since.UtcDateTime);
        var items = sheet.Timeline.Items;
        int Count(TimelineNature nature) => items.Count(i => i.Nature == nature
            && (nature is TimelineNature.Interaction ? i.At > since : DateOnly.FromDateTime(i.At.UtcDateTime) > day));
        return new VisitDigest(
            since,
            Count(TimelineNature.Interaction),
            Count(TimelineNature.Document),
            Count(TimelineNature.Opportunity),
            tasks.Count(t => t.CreatedAt > since && Other(t.CreatedBy)),
            tasks.Count(t => t.DoneAt > since && Other(t.DoneBy)),
            [.. sheet.Account.Origins.Where(o => o.Value.At > since).Select(o => o.Key).Order(StringComparer.Ordinal)],
            sheet.Timeline.Next is not null && items[^1].At > since);
    }
}
