using Microsoft.AspNetCore.Mvc;
using Rcu.Resolution;

namespace Rcu.Web.Pages.Matches;

/// <summary>What the address of the queue says: which pairs, so that a link or the back button shows the same.</summary>
internal sealed class QueueQuery
{
    /// <summary>Who reads, among those in charge.</summary>
    public const string Mine = "moi";

    private const char Between = '+';

    [FromQuery(Name = "type")]
    public ClusterKind Kind { get; set; }

    [FromQuery(Name = "niveau")]
    public MatchBand? Band { get; set; }

    [FromQuery(Name = "motif")]
    public string? Reason { get; set; }

    [FromQuery(Name = "frein")]
    public string? Blocker { get; set; }

    /// <summary>One source, or two joined by a plus.</summary>
    [FromQuery(Name = "sources")]
    public string? Sources { get; set; }

    [FromQuery(Name = "doute")]
    public bool Unsure { get; set; }

    /// <summary>Pairs the hub joined by itself, drawn to be checked.</summary>
    [FromQuery(Name = "controle")]
    public bool Drawn { get; set; }

    /// <summary>Pairs of which two stewards say opposite things.</summary>
    [FromQuery(Name = "desaccord")]
    public bool Disputed { get; set; }

    [FromQuery(Name = "segment")]
    public Guid? Segment { get; set; }

    /// <summary>The e-mail of who is in charge of one of the accounts, or <c>moi</c>.</summary>
    [FromQuery(Name = "responsable")]
    public string? Owner { get; set; }

    [FromQuery(Name = "tri")]
    public MatchSort Sort { get; set; }

    public bool IsFiltered => Band is not null || Reason is not null || Blocker is not null || Sources is not null || Segment is not null || Owner is not null;

    /// <param name="mine">The names of who reads.</param>
    public MatchFilter ToFilter(IReadOnlyList<string> mine)
    {
        var names = (Sources ?? "").Split(Between, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return new MatchFilter(Kind, Band, Reason, Blocker, names.ElementAtOrDefault(0), names.ElementAtOrDefault(1), Unsure, Drawn, Disputed)
        {
            Segment = Segment,
            Owners = string.IsNullOrWhiteSpace(Owner) ? null : Owner == Mine ? mine : [Owner.Trim().ToLowerInvariant()],
            Sort = Sort,
        };
    }

    /// <summary>The same query with one part changed, for a link.</summary>
    public Dictionary<string, string?> With(string? name = null, object? value = null)
    {
        var route = new Dictionary<string, string?>
        {
            ["type"] = Kind is ClusterKind.Account ? null : Kind.ToString(),
            ["niveau"] = Band?.ToString(),
            ["motif"] = Reason,
            ["frein"] = Blocker,
            ["sources"] = Sources,
            ["doute"] = Unsure ? "true" : null,
            ["controle"] = Drawn ? "true" : null,
            ["desaccord"] = Disputed ? "true" : null,
            ["segment"] = Segment?.ToString(),
            ["responsable"] = Owner,
            ["tri"] = Sort is MatchSort.Urgency ? null : Sort.ToString(),
        };
        if (name is not null)
        {
            route[name] = value?.ToString();
        }

        return route.Where(part => part.Value is not null).ToDictionary();
    }

    public static string Pair(string one, string other) => $"{one}{Between}{other}";
}
