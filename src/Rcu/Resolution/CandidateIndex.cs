using System.Data;
using Npgsql;
using Rcu.Matching;

namespace Rcu.Resolution;

/// <summary>
/// The clean records as the engine looks others up in them, kept in memory between two questions and built again when a
/// resolution has run since.
/// </summary>
public sealed class CandidateIndex(NpgsqlDataSource database) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private LookUp? _built;

    public void Dispose() => _turn.Dispose();

    internal async Task<LookUp> OpenAsync(CancellationToken ct)
    {
        var stamp = await StampAsync(ct);
        if (_built is { } ready && ready.Stamp == stamp)
        {
            return ready;
        }

        await _turn.WaitAsync(ct);
        try
        {
            return _built is { } meanwhile && meanwhile.Stamp == stamp ? meanwhile : _built = await BuildAsync(stamp, ct);
        }
        finally
        {
            _turn.Release();
        }
    }

    // Written at the end of each unification: what it unified was resolved before.
    private async Task<string> StampAsync(CancellationToken ct)
    {
        await using var read = database.CreateCommand("select max(value #>> '{}') from hub_settings where name = 'projected_at'");
        return await read.ExecuteScalarAsync(ct) as string ?? "";
    }

    private async Task<LookUp> BuildAsync(string stamp, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        var data = await ResolutionData.LoadAsync(connection, ct);
        var (accountLinks, contactLinks) =
            (await CurrentLinks.LoadAsync(connection, ClusterKind.Account, ct), await CurrentLinks.LoadAsync(connection, ClusterKind.Contact, ct));
        return new LookUp(
            stamp,
            Index(await AccountMatching.OpenAsync(connection, data, "true", null, ct), data.SettingsFor(ClusterKind.Account, 0), data.SirenAliases, accountLinks, ct),
            Index(await ContactMatching.OpenAsync(connection, data, "true", accountLinks.ClusterOf, ct), data.SettingsFor(ClusterKind.Contact, 0), null, contactLinks, ct));
    }

    private static KnownIndex Index(
        RecordFeed feed, MatchSettings settings, IReadOnlyList<(string, string)>? aliases, CurrentLinks links, CancellationToken ct)
    {
        using (feed)
        {
            return new KnownIndex(Matcher.Index(feed, settings, aliases, ct), feed.Known, links);
        }
    }

    /// <summary>The index of one resolution.</summary>
    internal sealed record LookUp(string Stamp, KnownIndex Accounts, KnownIndex Contacts);

    /// <summary>Records that may be found, and the golden row each belongs to.</summary>
    internal sealed class KnownIndex(MatchIndex engine, KnownRecords records, CurrentLinks links)
    {
        public MatchIndex Engine => engine;

        public Guid IdOf(int record) => records.Ids[record];

        public string SourceOf(int record) => records.SourceOf(record);

        public Guid? ClusterOf(int record) => links.ClusterOf(records.Ids[record]);
    }
}
