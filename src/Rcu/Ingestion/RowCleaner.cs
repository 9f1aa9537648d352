using Rcu.Ingestion.Reading;

namespace Rcu.Ingestion;

/// <summary>Gives, as often as it is asked, the cleaner as the rules stand now.</summary>
public delegate Task<RowCleaner> RowCleaning(CancellationToken ct);

/// <summary>
/// What Cleaning would make of a row once it is evidence, told while its file is read: evidence and clean record are then written
/// at once. Safe to ask from several threads.
/// </summary>
/// <param name="Stamp">The same for two cleaners that answer alike.</param>
/// <param name="Version">The version of the hub's own rules.</param>
/// <param name="KeepsOut">Whether some row may be refused.</param>
/// <param name="Clean">The answer for a row of a feed.</param>
public sealed record RowCleaner(long Stamp, int Version, bool KeepsOut, Func<Feed, RowFields, CleanRow> Clean);

/// <summary>A clean row.</summary>
/// <param name="Fields">A JSON object of texts.</param>
/// <param name="Issues">A JSON list of what was found to say: field, code, value, severity, message. Null for nothing.</param>
/// <param name="Refused">Why it may not come in; null when it may.</param>
public readonly record struct CleanRow(byte[] Fields, byte[]? Issues, RejectReason? Refused);
