using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Ingestion.Pulling;
using Rcu.Jobs;
using Rcu.Security;

namespace Rcu.Ingestion.Sirene;

/// <summary>What a person can do with the daily follow-up of the register: set it, try it, read now, stop it.</summary>
public sealed class SireneFollowing(
    RcuDb db, IValidator<SaveSireneFollow> validator, SireneApi api, ISecrets secrets, IJobs jobs, TimeProvider clock)
{
    public const string RunLabel = "Répertoire Sirene : changements du jour";

    /// <summary>Null until it is set.</summary>
    public Task<SireneFollow?> FindAsync(CancellationToken ct) => db.SireneFollows.AsNoTracking().SingleOrDefaultAsync(ct);

    /// <summary>The readings, the latest first.</summary>
    public async Task<IReadOnlyList<Run>> RunsAsync(int count, CancellationToken ct) => await Readings().AsNoTracking().OrderByDescending(r => r.QueuedAt).ThenByDescending(r => r.Id).Take(count).ToListAsync(ct);

    public async Task<Result<SireneFollow>> SaveAsync(SaveSireneFollow command, string by, CancellationToken ct)
    {
        if (validator.Refusal(command) is { } refused)
        {
            return refused;
        }

        if (!api.Allows(command.Settings.BaseUrl))
        {
            return SourceErrors.BadSettings("l’adresse doit être publique, et en https.");
        }

        var follow = await db.SireneFollows.SingleOrDefaultAsync(ct);
        if (follow?.Secret is null && string.IsNullOrWhiteSpace(command.Secret))
        {
            return SourceErrors.BadSettings("la clé de l’API manque.");
        }

        var now = clock.GetUtcNow();
        if (follow is null)
        {
            follow = new SireneFollow { Settings = command.Settings, DailyAt = command.DailyAt, State = ConnectionState.Healthy, ChangedBy = by, ChangedAt = now };
            db.SireneFollows.Add(follow);
        }

        (follow.Settings, follow.DailyAt, follow.ChangedBy, follow.ChangedAt) = (command.Settings, command.DailyAt, by, now);
        follow.Secret = string.IsNullOrWhiteSpace(command.Secret) ? follow.Secret : secrets.Protect(command.Secret.Trim());
        follow.Reopen(now);
        Trace("saved", by);
        await db.SaveChangesAsync(ct);
        return follow;
    }

    /// <summary>Asks the API what it treated in the last day, without keeping any of it: in French.</summary>
    public async Task<Result<string>> TestAsync(CancellationToken ct)
    {
        if (await FindAsync(ct) is not { } follow)
        {
            return SourceErrors.NotFound;
        }

        var key = follow.Secret is null ? null : secrets.Open(follow.Secret);
        if (follow.Secret is not null && key is null)
        {
            return SourceErrors.SecretLost;
        }

        var now = SirenePlace.InParis(clock.GetUtcNow());
        List<string> told = [];
        foreach (var (part, name) in SirenePart.All.Zip(["unités légales", "établissements", "successions"]))
        {
            var page = await api.ReadAsync(follow.Settings, key, part, (now.AddDays(-1), now), SirenePlace.First, 1, ct);
            if (page.Failure is { } why)
            {
                return SourceErrors.NotReady(why switch
                {
                    PullAnswer.RetryAfter retry => retry.Why,
                    PullAnswer.CredentialsRefused refused => refused.Why,
                    PullAnswer.Refused refused => refused.Why,
                    _ => throw new InvalidOperationException($"{why}"),
                });
            }

            told.Add($"{name} : {page.Total:N0}");
        }

        return $"L’API Sirene répond. Traités depuis vingt-quatre heures : {string.Join(", ", told)}.";
    }

    /// <summary>Reads in the background, now. A reading that already waits or runs is answered instead.</summary>
    public async Task<Result<Run>> ReadNowAsync(string by, CancellationToken ct)
    {
        if (await FindAsync(ct) is not { } follow)
        {
            return SourceErrors.NotFound;
        }

        if (!follow.IsOpen)
        {
            return SourceErrors.Closed;
        }

        Run? run;
        await using (var commit = await db.Database.BeginTransactionAsync(ct))
        {
            await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended('rcu.sirene', 12))", ct);
            run = await Readings().FirstOrDefaultAsync(r => r.Status == RunStatus.Queued || r.Status == RunStatus.Running, ct);
            if (run is null)
            {
                run = new Run { Stage = SireneJob.Stage, Subject = SireneFollow.Only, Label = RunLabel, RequestedBy = by, QueuedAt = clock.GetUtcNow() };
                db.Runs.Add(run);
                await db.SaveChangesAsync(ct);
            }

            await commit.CommitAsync(ct);
        }

        await jobs.EnqueueAsync<SireneJob>(run.Id, ct);
        return run;
    }

    /// <summary>Reads when its hour has come. Called every few seconds.</summary>
    public async Task<bool> WakeAsync(CancellationToken ct) =>
        await FindAsync(ct) is { IsOpen: true } follow && follow.NextRunAt <= clock.GetUtcNow()
        && !await Readings().AnyAsync(r => r.Status == RunStatus.Queued || r.Status == RunStatus.Running, ct) && (await ReadNowAsync("hub", ct)).Succeeded;

    public Task<Result<SireneFollow>> PauseAsync(string by, CancellationToken ct) =>
        ChangeAsync("paused", by, follow => follow.Stop(ConnectionState.Paused, null), ct);

    public Task<Result<SireneFollow>> ResumeAsync(string by, CancellationToken ct) =>
        ChangeAsync("resumed", by, follow => follow.Reopen(clock.GetUtcNow()), ct);

    private IQueryable<Run> Readings() => db.Runs.Where(r => r.Stage == SireneJob.Stage && r.Subject == SireneFollow.Only);

    private async Task<Result<SireneFollow>> ChangeAsync(string act, string by, Action<SireneFollow> change, CancellationToken ct)
    {
        if (await db.SireneFollows.SingleOrDefaultAsync(ct) is not { } follow)
        {
            return SourceErrors.NotFound;
        }

        change(follow);
        Trace(act, by);
        await db.SaveChangesAsync(ct);
        return follow;
    }

    private void Trace(string act, string by) =>
        db.Audit.Add(new AuditEntry { At = clock.GetUtcNow(), Who = by, Action = $"register_follow.{act}", Subject = $"{SireneFollow.Only}" });
}
