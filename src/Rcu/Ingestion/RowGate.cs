using Rcu.Ingestion.Reading;

namespace Rcu.Ingestion;

/// <summary>Asks, once per run, who keeps rows out before they become evidence; null when nobody does.</summary>
public delegate Task<RowJudge?> RowGate(CancellationToken ct);

/// <summary>Says why a row may not come in; null when it may.</summary>
public delegate RejectReason? RowJudge(Feed feed, RowFields row);
