namespace Rcu.Ingestion.Reading;

/// <summary>What one line of a file gave: a row to keep, or the reason why it cannot be read.</summary>
/// <param name="Line">Where it begins in the file, as an editor or a spreadsheet counts, from 1.</param>
public abstract record ReadRow(long Line)
{
    /// <param name="Repaired">Names of the cells in which characters that no database keeps were replaced.</param>
    public sealed record Kept(long Line, RowFields Fields, IReadOnlyList<string> Repaired) : ReadRow(Line)
    {
        /// <summary>The names given to the cells that stand beyond the last column of the header: kept with the row, and told.</summary>
        public IReadOnlyList<string> Beyond { get; init; } = [];
    }

    /// <summary>The source says that the record of these fields is no more there.</summary>
    public sealed record Gone(long Line, RowFields Fields) : ReadRow(Line);

    /// <param name="Raw">The line as received, cut to what a person can look at.</param>
    /// <param name="Fields">Its cells, when they could be told apart.</param>
    public sealed record Rejected(long Line, RejectReason Reason, string? Raw, RowFields? Fields = null) : ReadRow(Line);
}
