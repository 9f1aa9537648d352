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
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);
        var data = await ResolutionData.LoadAsync(connection, ct);
        var contacts = ContactMatching.RecordsOf(data, record => ClusterOf(data, record, ClusterKind.Account));
        return new LookUp(
            stamp,
            Matcher.Index(AccountMatching.RecordsOf(data), data.Settings, data.SirenAliases, ct),
            [.. data.Accounts.Select(record => new KnownRecord(record.Source, record.Key, ClusterOf(data, record.Id, ClusterKind.Account)))],
            Matcher.Index(contacts, data.Settings, null, ct),
            [.. data.Contacts.Select(record => new KnownRecord(record.Source, record.Key, ClusterOf(data, record.Id, ClusterKind.Contact)))]);
    }

    private static Guid? ClusterOf(ResolutionData data, Guid record, ClusterKind kind) =>
        data.Links.TryGetValue((record, kind), out var link) ? link.ClusterId : null;

    /// <summary>The index of one resolution. Records stand in the order they were given to the engine.</summary>
    internal sealed record LookUp(
        string Stamp, MatchIndex Accounts, IReadOnlyList<KnownRecord> AccountRecords, MatchIndex Contacts, IReadOnlyList<KnownRecord> ContactRecords);

    /// <summary>A record that may be found, and the golden row it belongs to.</summary>
    internal sealed record KnownRecord(string Source, string Key, Guid? ClusterId);
}
