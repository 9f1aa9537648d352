namespace Rcu.Ingestion.Drafts;

/// <summary>New rows of a file that waits the hub seems to know already, as far as they were compared.</summary>
public sealed record FoundMatches
{
    /// <summary>All of those that an official number or an address names.</summary>
    public long ByKey { get; init; }

    /// <summary>How many rows are new under their key.</summary>
    public long New { get; init; }

    /// <summary>How many of them were looked up by all they say, names included.</summary>
    public long Asked { get; init; }

    /// <summary>How many of these are more likely known than not.</summary>
    public long Likely { get; init; }

    public IReadOnlyList<MatchSample> Samples { get; init; } = [];

    /// <summary>The key of the last row that was compared.</summary>
    public string After { get; init; } = "";
}
