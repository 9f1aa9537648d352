namespace Rcu.Matching;

/// <summary>The two cuts, the effort allowed and the word lists of a run. The defaults suit French companies and contacts.</summary>
public sealed record MatchSettings
{
    /// <summary>At or above it, and without a veto, two records are joined without asking anyone.</summary>
    public double AutoThreshold { get; init; } = .99;

    /// <summary>From here up to the automatic cut, a person decides; below, the pair is dropped.</summary>
    public double ReviewThreshold { get; init; } = .50;

    /// <summary>How many comparisons a record may cost on average; small sets are always compared in full blocks.</summary>
    public int PairBudgetPerRecord { get; init; } = 10;

    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>The weights to use as they are; none are learned then.</summary>
    public MatchModel? Model { get; init; }

    /// <summary>Whether a run learns from its own records how often the values of one entity agree.</summary>
    public bool Trains { get; init; } = true;

    public IReadOnlySet<string> FreeMailDomains { get; init; } = Lexicons.FreeMailDomains;

    public IReadOnlySet<string> GenericMailboxes { get; init; } = Lexicons.GenericMailboxes;

    /// <summary>Sources in which one customer never has two records: two of their records are never joined.</summary>
    public IReadOnlySet<string> SourcesWithoutDuplicates { get; init; } = new HashSet<string>();

    /// <summary>
    /// The sources are lists to link: two records of one source are never joined, and a record of one list is joined to one
    /// record of another at best, the likeliest first.
    /// </summary>
    public bool LinksLists { get; init; }

    /// <summary>
    /// The automatic cut that suits two lists: one record of each at best protects from false joins, so that less proof is
    /// asked of each.
    /// </summary>
    public const double LinkThreshold = .75;

    public IReadOnlyList<LegalForm> LegalForms { get; init; } = Lexicons.LegalForms;
}
