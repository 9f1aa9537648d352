using Rcu.Customers;

namespace Rcu.Ingestion;

/// <summary>A record that a row speaks of, though the row itself was set aside.</summary>
internal sealed record PresentKey(RecordKind Kind, string Key);
