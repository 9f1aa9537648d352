namespace Rcu.Matching;

/// <summary>One column of the records. Several columns may be of one kind: a phone and a mobile are two phones.</summary>
public sealed record Field(string Name, FieldKind Kind);
