using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Rcu.Data;
using Rcu.Ingestion.Pulling;
using Rcu.Jobs;
using Rcu.Reference.Register;
using Rcu.Security;

namespace Rcu.Ingestion.Sirene;

/// <summary>
/// Reads what Insee treated since the last reading, and brings it into the register. A page, what became of it and the place of the next
/// one are saved in one transaction: cut anywhere, it goes on from there. Then the accounts hear of what changed.
/// </summary>
public sealed class SireneJob(RcuDb db, SireneApi api, ISecrets secrets, PipelineRuns pipeline, TimeProvider clock) : IJob
{
    public const string Stage = "Register";

    private static readonly TimeSpan WhileLoading = TimeSpan.FromMinutes(10);

    public async Task RunAsync(Guid subject, CancellationToken ct)
    {
        db.Database.SetCommandTimeout(0);
        var run = await db.Runs.SingleAsync(r => r.Id == subject, ct);
        await db.Database.OpenConnectionAsync(ct);
        try
        {
            await LockAsync(ct);
            await db.Entry(run).ReloadAsync(ct);
            if (!run.HasEnded || run.Status is RunStatus.Failed)
            {
                run.Start(clock.GetUtcNow());
                await db.SaveChangesAsync(ct);
                await FollowAsync(run, await db.SireneFollows.SingleAsync(ct), ct);
            }
        }
        finally
        {
            if (db.Database.GetDbConnection().State is System.Data.ConnectionState.Open)
            {
                await db.Database.ExecuteSqlAsync($"select pg_advisory_unlock_all()", CancellationToken.None);
            }

            await db.Database.CloseConnectionAsync();
        }

        // What was read reaches the accounts, even when the API went away after it.
        if (run.Counters.GetValueOrDefault(IngestJob.Counts.Inserted) + run.Counters.GetValueOrDefault(IngestJob.Counts.Updated) > 0)
        {
            await pipeline.RequestAsync(run.RequestedBy, ct);
        }
    }

    private async Task FollowAsync(Run run, SireneFollow follow, CancellationToken ct)
    {
        var key = follow.Secret is null ? null : secrets.Open(follow.Secret);
        if (follow.Secret is not null && key is null)
        {
            await StopAsync(run, follow, ConnectionState.CredentialsNeeded, SourceErrors.SecretLost.Message, ct);
            return;
        }

        while (true)
        {
            if (SirenePlace.Of(follow.Place, await LoadsAsync(ct)) is not { } place)
            {
                await StopAsync(run, follow, ConnectionState.Broken, "Chargez d’abord les fichiers mensuels de l’Insee (unités légales et établissements) : les changements quotidiens les complètent.", ct);
                return;
            }

            place = place with { Until = place.Until ?? SirenePlace.InParis(clock.GetUtcNow()) };
            var part = SirenePart.All[place.Part];
            var page = await api.ReadAsync(follow.Settings, key, part, (place.Since[part.Kind], place.Until.Value), place.Cursor, follow.Settings.PageSize, ct);
            switch (page.Failure)
            {
                case null when await SaveAsync(run, follow, place, page, ct):
                    break;
                case null:
                    return;
                case PullAnswer.RetryAfter retry:
                    await WaitAsync(run, follow, retry.Why, retry.Delay, ct);
                    return;
                case PullAnswer.CredentialsRefused refused:
                    await StopAsync(run, follow, ConnectionState.CredentialsNeeded, refused.Why, ct);
                    return;
                case PullAnswer.Refused refused:
                    await StopAsync(run, follow, ConnectionState.Broken, refused.Why, ct);
                    return;
                default:
                    throw new InvalidOperationException($"{page.Failure}");
            }
        }
    }

    // False: the reading is over.
    private async Task<bool> SaveAsync(Run run, SireneFollow follow, SirenePlace place, SirenePage page, CancellationToken ct)
    {
        await using var commit = await db.Database.BeginTransactionAsync(ct);
        var connection = (NpgsqlConnection)commit.GetDbTransaction().Connection!;
        if (!await RegisterChanges.TryHoldAsync(connection, ct))
        {
            await WaitAsync(run, follow, "Les fichiers de l’Insee sont en cours de chargement : la lecture reprendra après.", WhileLoading, ct);
            await commit.CommitAsync(ct);
            return false;
        }

        if (SirenePlace.Of(place, await LoadsAsync(ct)) != place)
        {
            return true; // files were loaded meanwhile: this page is older than they are
        }

        var now = clock.GetUtcNow();
        var absorbed = await RegisterChanges.AbsorbAsync(connection, SirenePart.All[place.Part].Kind, page.Units, ct);
        Count(run, page, absorbed);
        follow.Place = place.After(page.Next, TimeSpan.FromHours(follow.Settings.OverlapHours));
        follow.LastChangeAt = absorbed.Inserted + absorbed.Updated > 0 ? now : follow.LastChangeAt;
        var cancelled = await db.Runs.Where(r => r.Id == run.Id).Select(r => r.CancelRequested).SingleAsync(ct);
        if (cancelled)
        {
            run.Cancel(now); // what was read stays: the next reading goes on after it
        }
        else if (follow.Place.Until is null)
        {
            follow.LastRunAt = now;
            follow.Reopen(now);
            run.Succeed(now);
        }

        await db.SaveChangesAsync(ct);
        await commit.CommitAsync(ct);
        return !run.HasEnded;
    }

    private void Count(Run run, SirenePage page, AbsorbedChanges absorbed)
    {
        run.Advance(run.Done + page.Units.Count, null, null);
        var counts = run.Counters.ToDictionary();
        void Add(string name, long count) => counts[name] = counts.GetValueOrDefault(name) + count;
        var aside = absorbed.SetAside.Values.Sum();
        Add(IngestJob.Counts.Read, page.Units.Count);
        Add(IngestJob.Counts.Inserted, absorbed.Inserted);
        Add(IngestJob.Counts.Updated, absorbed.Updated);
        Add(IngestJob.Counts.Unchanged, page.Units.Count - absorbed.Inserted - absorbed.Updated - aside);
        Add(IngestJob.Counts.Rejected, aside);
        run.Count(counts);
        db.Rejects.AddRange(absorbed.Examples.Select(bad => new Reject
        {
            RunId = run.Id,
            Line = run.Done - page.Units.Count + bad.Row,
            Value = bad.Number,
            Code = $"register.bad.{bad.Reason}",
            Reason = $"Cette unité n’a pas la forme attendue ({bad.Reason}) : le répertoire garde ce qu’il en savait.",
            Raw = page.Units[(int)bad.Row - 1],
        }));
    }

    private Task<List<LoadedPart>> LoadsAsync(CancellationToken ct) => db.Database.SqlQuery<LoadedPart>(
        $"""select distinct on (kind) kind as "Kind", loaded_at as "LoadedAt", as_of as "AsOf" from register.loads where kind not in ('notices', 'places') order by kind, loaded_at desc""").ToListAsync(ct);

    private async Task WaitAsync(Run run, SireneFollow follow, string why, TimeSpan? delay, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        follow.Wait(why, Retries.After(follow.Failures + 1, delay, Random.Shared.NextDouble()), now);
        follow.LastRunAt = now;
        run.Fail(why, now);
        await db.SaveChangesAsync(ct);
    }

    private async Task StopAsync(Run run, SireneFollow follow, ConnectionState state, string why, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        follow.Stop(state, why);
        follow.LastRunAt = now;
        run.Fail(why, now);
        await db.SaveChangesAsync(ct);
    }

    // One reading at a time; the lock goes with the connection if this process dies.
    private async Task LockAsync(CancellationToken ct)
    {
        while (!await db.Database.SqlQuery<bool>($"select pg_try_advisory_lock(hashtextextended('rcu.sirene', 11)) as \"Value\"").SingleAsync(ct))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), ct);
        }
    }
}
