namespace Rcu.Ingestion.Mapping;

/// <summary>What a column is taken for.</summary>
/// <param name="Field">The field it feeds; <see cref="CanonicalField.Key"/> for the key alone; null: it is kept as evidence and feeds nothing.</param>
/// <param name="Why">What it was told by: <c>saved</c>, <c>header</c>, <c>content</c>, <c>likeness</c>, or <c>none</c>.</param>
public sealed record ColumnProposal(string Column, string? Field, Confidence Confidence, string Why);

/// <summary>Whether a person should look at a proposal.</summary>
public enum Confidence
{
    None,
    ToCheck,
    Sure,
}
