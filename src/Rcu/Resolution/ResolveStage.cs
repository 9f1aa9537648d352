using Npgsql;

namespace Rcu.Resolution;

/// <summary>
/// Decides which records are the same company or the same person, in one transaction: links, questions for people, retired ids,
/// and the clusters whose golden row is now stale. After an import it looks at what changed, as long as this process made the
/// resolution before; else, and every night, at every clean record. So it does when an import is taken back that a resolution of every
/// record has weighed: what it taught of names and of chances is unlearnt.
/// </summary>
public sealed class ResolveStage(NpgsqlDataSource database, LiveState state) : IStage
{
    /// <summary>The setting that asks the next resolution to look at every record.</summary>
    public const string FullAsked = "resolution_full";

    private const int Lock = 20260102;

    public string Name => "Resolution";

    public async Task RunAsync(IStageProgress progress, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await ExecuteAsync(connection, $"select pg_advisory_xact_lock({Lock})", ct);

        // What is compared with what other stages stamped is stamped by the same clock: the database's.
        var now = new DateTimeOffset((DateTime)(await ExecuteAsync(connection, "select now()", ct))!);
        var total = (long)(await ExecuteAsync(
            connection, "select count(*) from records where kind in ('Account', 'Contact') and cleaned_at is not null and removed_at is null", ct))!;
        await progress.ReportAsync(0, total, ct);
        var data = await ResolutionData.LoadAsync(connection, ct);

        // Whatever happens now, what was remembered holds no more.
        var hub = state.Hub;
        state.Forget();
        var outcome = hub is not null && await MayGoOnAsync(connection, hub, data, ct)
            ? await new ChangesResolution(connection, hub, data, now).RunAsync(ct)
            : null;
        if (outcome is null)
        {
            hub = null; // before the next one is built: there is no room for two
            await ExecuteAsync(connection, "drop table if exists touched_records, read_records", ct);
            outcome = await new FullResolution(connection, data, now).RunAsync(progress, total, ct);
            await ExecuteAsync(connection, $"delete from hub_settings where name = '{FullAsked}'", ct);
        }

        await progress.ReportAsync(total, total, ct);
        await transaction.CommitAsync(ct);
        state.Keep(outcome);
    }

    private static async Task<bool> MayGoOnAsync(NpgsqlConnection connection, LiveHub hub, ResolutionData data, CancellationToken ct) =>
        hub.Fits(data)
        && await ExecuteAsync(
            connection,
            $"""
            select id from resolutions
            where kind = 'Contact' and not exists (select from hub_settings where name = '{FullAsked}')
            order by at desc, id desc limit 1
            """,
            ct) is Guid last
        && last == hub.Stamp
        && await ExecuteAsync(
            connection,
            $"""
            select exists (
              select from import_stamps undone join resolutions whole on whole.at between undone.first_at and undone.undone_at
              where undone.undone_at > $1 and whole.scope = '{nameof(ResolutionScope.Full)}')
            """,
            ct, hub.At) is false;

    private static async Task<object?> ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct, params object[] values)
    {
#pragma warning disable CA2100 // constant text of this class
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        return await command.ExecuteScalarAsync(ct);
    }
}
