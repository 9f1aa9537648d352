using Npgsql;

namespace Rcu.Resolution;

/// <summary>
/// The clean records as the engine looks others up in them, kept in memory between two questions. Each question first asks the
/// database whether something was unified since: every node answers from the same records, whichever took a change in.
/// </summary>
/// <param name="readAgain">Up to how many records all of them are read again after any change: it takes a moment, and counts how common each value is anew.</param>
public sealed class CandidateIndex(NpgsqlDataSource database, int readAgain = CandidateIndex.Few) : IDisposable
{
    private const int Few = 50_000;

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
            if (_built is { } meanwhile && meanwhile.Stamp == stamp)
            {
                return meanwhile;
            }

            // Used up, even should what follows fail half way.
            var known = Interlocked.Exchange(ref _built, null);
            return _built = await LookUp.OfAsync(database, stamp, known is { } large && large.Count > readAgain ? large : null, ct);
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
}
