using Rcu.Resolution;

namespace Rcu.Unification.Beliefs;

/// <summary>What another order of the sources and other rules would change. Nothing is saved.</summary>
/// <param name="Looked">How many golden rows with several records were computed both ways.</param>
/// <param name="Known">How many there are; more than were looked at on a large base, where they are drawn at random.</param>
/// <param name="Changed">How many of those looked at would say something else.</param>
/// <param name="Fields">By field, the most touched first.</param>
/// <param name="Segments">The segments that the changed rows are in today.</param>
public sealed record BeliefTrial(
    int Looked, int Known, int Changed, IReadOnlyList<ChangedField> Fields, IReadOnlyList<ChangedValue> Examples, IReadOnlyList<TouchedSegment> Segments)
{
    /// <summary>The tools those segments feed.</summary>
    public IReadOnlyList<string> Destinations => [.. Segments.SelectMany(s => s.Destinations).Distinct().Order(StringComparer.CurrentCulture)];
}

/// <summary>How many golden rows would say something else of one field.</summary>
public sealed record ChangedField(ClusterKind Kind, string Field, int Rows);

/// <summary>A golden value as it is and as it would be, with the sources that say each. None: the field would be empty.</summary>
public sealed record ChangedValue(ClusterKind Kind, Guid Id, string Name, string Field, string? Before, string? BeforeSource, string? After, string? AfterSource);

/// <summary>A segment some changed rows are in, how many, and the tools it feeds.</summary>
public sealed record TouchedSegment(Guid Id, string Name, int Rows, string[] Destinations);
