using System.Data;
using Npgsql;
using Rcu.Matching;

namespace Rcu.Resolution;

/// <summary>
/// The scored pairs of the records as they are now, kept in memory while someone tries other cuts on them: only the first try
/// compares. They are scored again once something was resolved or decided, and let go when nobody asks any more.
/// </summary>
public sealed class CutTrials : IDisposable
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    private readonly NpgsqlDataSource _database;
    private readonly ITimer _rest;
    private readonly SemaphoreSlim _turn = new(1);
    private Scored? _scored;

    public CutTrials(NpgsqlDataSource database, TimeProvider clock)
    {
        _database = database;
        _rest = clock.CreateTimer(_ => _scored = null, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Dispose()
    {
        _rest.Dispose();
        _turn.Dispose();
    }

    public async Task<CutTrial> TryAsync(ClusterKind kind, Cuts inForce, Cuts tried, CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            var scored = await OpenAsync(kind, ct);
            return await Task.Run(() => new TrialComparison(kind, scored.Records, scored.Result, scored.Settings, inForce, tried).Compare(ct), ct);
        }
        finally
        {
            _rest.Change(Kept, Timeout.InfiniteTimeSpan);
            _turn.Release();
        }
    }

    private async Task<Scored> OpenAsync(ClusterKind kind, CancellationToken ct)
    {
        await using var connection = await _database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        var stamp = await StampAsync(connection, kind, ct);
        if (_scored is { } ready && ready.Kind == kind && ready.Stamp == stamp)
        {
            return ready;
        }

        _scored = null; // before the next one is built: there is no room for two
        var data = await ResolutionData.LoadAsync(connection, ct);
        var employers = kind is ClusterKind.Contact ? await CurrentLinks.LoadAsync(connection, ClusterKind.Account, ct) : null;
        using var feed = kind is ClusterKind.Account
            ? await AccountMatching.OpenAsync(connection, data, "true", null, ct)
            : await ContactMatching.OpenAsync(connection, data, "true", employers!.ClusterOf, ct);
        var settings = Cuts.Shipped.In(data.SettingsFor(kind, 0));
        var result = await Task.Run(
            () => Matcher.Run(
                feed,
                settings,
                kind is ClusterKind.Account ? data.AccountDecisions : data.ContactDecisions,
                kind is ClusterKind.Account ? data.SirenAliases : null,
                null,
                ct),
            ct);
        return _scored = new Scored(kind, stamp, feed.Known, result, settings with { Model = null });
    }

    private static async Task<string> StampAsync(NpgsqlConnection connection, ClusterKind kind, CancellationToken ct)
    {
        await using var read = new NpgsqlCommand(
            """
            select concat_ws(' ',
              (select id from resolutions where kind = $1 order by at desc, id desc limit 1),
              (select count(*) from decisions where kind = $1 and revoked_at is null),
              (select max(decided_at) from decisions where kind = $1))
            """,
            connection)
        { Parameters = { new() { Value = kind.ToString() } } };
        return await read.ExecuteScalarAsync(ct) as string ?? "";
    }

    private sealed record Scored(ClusterKind Kind, string Stamp, KnownRecords Records, MatchResult Result, MatchSettings Settings);
}
