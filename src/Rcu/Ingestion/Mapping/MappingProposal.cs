using Rcu.Customers;

namespace Rcu.Ingestion.Mapping;

/// <summary>How an unknown file could be read: what its rows are, what each column feeds, and what tells the rows apart.</summary>
public sealed record MappingProposal(RecordKind Kind, IReadOnlyList<ColumnProposal> Columns, IReadOnlyList<string> KeyColumns);
