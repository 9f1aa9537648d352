namespace Rcu.Resolution;

/// <summary>In what order pairs wait.</summary>
public enum MatchSort
{
    /// <summary>What is worth most and is least sure first.</summary>
    Urgency,

    /// <summary>The most alike first.</summary>
    Weight,

    /// <summary>The oldest first.</summary>
    Age,
}

/// <summary>Where a pair stands in each order, to go on after it.</summary>
internal sealed record MatchPlace(Guid Id, double Urgency, double Weight, DateTimeOffset FoundAt);

/// <summary>The orders of the queue; each follows an index.</summary>
internal static class MatchOrders
{
    public static IQueryable<Match> Sorted(this IQueryable<Match> waiting, MatchSort sort) => sort switch
    {
        MatchSort.Weight => waiting.OrderByDescending(m => m.Weight).ThenBy(m => m.Id),
        MatchSort.Age => waiting.OrderBy(m => m.FoundAt).ThenBy(m => m.Id),
        _ => waiting.OrderByDescending(m => m.Urgency).ThenBy(m => m.Id),
    };

    public static IQueryable<Match> Backwards(this IQueryable<Match> waiting, MatchSort sort) => sort switch
    {
        MatchSort.Weight => waiting.OrderBy(m => m.Weight).ThenByDescending(m => m.Id),
        MatchSort.Age => waiting.OrderByDescending(m => m.FoundAt).ThenByDescending(m => m.Id),
        _ => waiting.OrderBy(m => m.Urgency).ThenByDescending(m => m.Id),
    };

    public static IQueryable<Match> After(this IQueryable<Match> waiting, MatchPlace place, MatchSort sort) => sort switch
    {
        MatchSort.Weight => waiting.Where(m => m.Weight <= place.Weight && (m.Weight < place.Weight || m.Id > place.Id)),
        MatchSort.Age => waiting.Where(m => m.FoundAt >= place.FoundAt && (m.FoundAt > place.FoundAt || m.Id > place.Id)),
        _ => waiting.Where(m => m.Urgency <= place.Urgency && (m.Urgency < place.Urgency || m.Id > place.Id)),
    };

    public static IQueryable<Match> Before(this IQueryable<Match> waiting, MatchPlace place, MatchSort sort) => sort switch
    {
        MatchSort.Weight => waiting.Where(m => m.Weight >= place.Weight && (m.Weight > place.Weight || m.Id < place.Id)),
        MatchSort.Age => waiting.Where(m => m.FoundAt <= place.FoundAt && (m.FoundAt < place.FoundAt || m.Id < place.Id)),
        _ => waiting.Where(m => m.Urgency >= place.Urgency && (m.Urgency > place.Urgency || m.Id < place.Id)),
    };
}
