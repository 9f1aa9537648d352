namespace Rcu.Ingestion.Sirene;

/// <summary>How far the register is followed: since when each part is asked for, and the page the reading in progress is at.</summary>
/// <param name="Since">In Paris time, as Insee dates its treatments.</param>
/// <param name="Loaded">When the monthly files it goes on from were loaded.</param>
/// <param name="Until">The end of the reading in progress, the same for all its pages; null between two readings.</param>
/// <param name="Part">The part it is at.</param>
/// <param name="Cursor">The API's own, for the next page.</param>
internal sealed record SirenePlace(
    IReadOnlyDictionary<string, DateTime> Since, DateTimeOffset Loaded, DateTime? Until = null, int Part = 0, string Cursor = SirenePlace.First)
{
    public const string First = "*";

    // Insee's files are monthly: one that does not say how fresh it is may be this old.
    private static readonly TimeSpan OldestFile = TimeSpan.FromDays(35);
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    /// <summary>What an instant is called in Paris, to the second.</summary>
    public static DateTime InParis(DateTimeOffset at)
    {
        var there = TimeZoneInfo.ConvertTime(at, Paris).DateTime;
        return there.AddTicks(-(there.Ticks % TimeSpan.TicksPerSecond));
    }

    /// <summary>
    /// Where to go on from: where it was left, unless files were loaded since; their parts are then followed from what they tell of.
    /// Null when there is no register to follow.
    /// </summary>
    public static SirenePlace? Of(SirenePlace? kept, IReadOnlyList<LoadedPart> loads)
    {
        if (!loads.Any(load => load.Kind == "legal_units") || !loads.Any(load => load.Kind == "establishments"))
        {
            return null;
        }

        var newest = loads.Max(load => load.LoadedAt);
        if (kept is not null && kept.Loaded == newest)
        {
            return kept;
        }

        var since = kept?.Since.ToDictionary() ?? [];
        foreach (var load in loads.Where(load => kept is null || load.LoadedAt > kept.Loaded))
        {
            var loaded = InParis(load.LoadedAt);
            since[load.Kind] = load.AsOf is { } told && told < loaded ? told : loaded - OldestFile;
        }

        since.TryAdd("successions", since.Values.Min());
        return new SirenePlace(since, newest);
    }

    /// <summary>The page after one; the next part after the last page; nothing in progress after the last part.</summary>
    public SirenePlace After(string? next, TimeSpan overlap) =>
        next is not null ? this with { Cursor = next }
        : Part + 1 < SirenePart.All.Count ? this with { Part = Part + 1, Cursor = First }
        : new SirenePlace(Since.ToDictionary(part => part.Key, _ => Until!.Value - overlap), Loaded);
}

/// <summary>When a part of the register was last loaded from a file, and how fresh the file was.</summary>
internal sealed record LoadedPart(string Kind, DateTimeOffset LoadedAt, DateTime? AsOf);
