using System.Text.Json;
using Rcu.Ingestion.Reading;

namespace Rcu.Ingestion.Pulling;

/// <summary>
/// A kind of system the hub reads by itself. It is asked for one page after a cursor of its own making, tries once and
/// reports; retries, saving and alerts belong to <see cref="PullJob"/>.
/// </summary>
public interface ISourceConnector
{
    /// <summary>The stable name kept in the database.</summary>
    string Kind { get; }

    /// <summary>The record that declares its settings: forms are made from it.</summary>
    Type Settings { get; }

    /// <summary>What is wrong with these settings, before any call; null when nothing is.</summary>
    Error? Refusal(JsonElement settings, bool hasSecret);

    /// <summary>Whether each reading from beginning to end gives all there is, so that what it does not give is no more there.</summary>
    bool GivesWhole(JsonElement settings) => false;

    /// <summary>Whether the system lets us read, and what it would give, in French. Never throws for a wrong address or secret.</summary>
    Task<Result<string>> TestAsync(SourceAccess access, CancellationToken ct);

    /// <summary>The page that follows a cursor; the same one again when it is asked for again.</summary>
    Task<PullAnswer> ReadAsync(SourceAccess access, string? cursor, CancellationToken ct);
}

/// <summary>What a connector needs to reach one system, and the mappings its rows are for.</summary>
public sealed record SourceAccess(JsonElement Settings, string? Secret, IReadOnlyList<Feed> Feeds)
{
    /// <summary>Which connection asks.</summary>
    public Guid Connection { get; init; }
}

/// <summary>What a system answered to one reading.</summary>
public abstract record PullAnswer
{
    private PullAnswer()
    {
    }

    /// <summary>Some rows, perhaps none.</summary>
    /// <param name="Cursor">Where the next page begins: saved in the transaction that saves the rows.</param>
    /// <param name="More">Whether there is more to read now.</param>
    /// <param name="Columns">The columns the system declares; null when each row names its own.</param>
    public sealed record Page(IReadOnlyList<ReadRow> Rows, string? Cursor, bool More, IReadOnlyList<string>? Columns = null) : PullAnswer
    {
        /// <summary>The first page of all there is.</summary>
        public bool Begins { get; init; }

        /// <summary>The last page of all there is.</summary>
        public bool Ends { get; init; }
    }

    /// <summary>The system is busy or away: the same page will be asked for again.</summary>
    /// <param name="Delay">What it asks for; null when it does not say.</param>
    public sealed record RetryAfter(string Why, TimeSpan? Delay = null) : PullAnswer;

    /// <summary>The system does not let us in: nothing is asked until a person renews the secret.</summary>
    public sealed record CredentialsRefused(string Why) : PullAnswer;

    /// <summary>The system does not give what the settings ask for: nothing is asked until a person corrects them.</summary>
    public sealed record Refused(string Why) : PullAnswer;
}
