using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Rcu.Data;
using Rcu.Ingestion;
using Rcu.Jobs;
using Rcu.Resolution;
using Rcu.Security;

namespace Rcu.Unification.Beliefs;

/// <summary>Which source and which word are believed: try another order or another rule, then set them, and take them back.</summary>
public sealed class BeliefReview(RcuDb db, BeliefTrials trials, IValidator<SetBeliefs> validator, PipelineRuns pipeline, TimeProvider clock)
{
    private const int Told = 20;

    /// <summary>The versions there were, the one in force first; none as long as nobody chose.</summary>
    public async Task<IReadOnlyList<BeliefVersion>> VersionsAsync(CancellationToken ct) =>
        await db.Set<BeliefVersion>().AsNoTracking().OrderByDescending(v => v.Version).Take(Told).ToListAsync(ct);

    /// <summary>What holds now, with the sources in the order they have.</summary>
    public async Task<BeliefSet> InForceAsync(CancellationToken ct) => await InForceAsync(db, ct) with
    {
        Sources = [.. (await SourcesAsync(ct)).Select(s => s.Name)],
    };

    /// <summary>The rules of the fields, for those who compute golden rows.</summary>
    internal static async Task<BeliefSet> InForceAsync(RcuDb db, CancellationToken ct) =>
        await db.Set<BeliefVersion>().AsNoTracking().OrderByDescending(v => v.Version).Select(v => v.After).FirstOrDefaultAsync(ct) ?? BeliefSet.Shipped;

    /// <summary>What it would change, with examples. Nothing is saved.</summary>
    public async Task<Result<BeliefTrial>> TryAsync(SetBeliefs command, CancellationToken ct)
    {
        var sources = await SourcesAsync(ct);
        return Refusal(command, sources) is { } refusal ? refusal : await trials.CompareAsync(await InForceAsync(ct), command.Wanted, ct);
    }

    /// <summary>Sets them: every golden row is computed again by the next run, which is asked for.</summary>
    public async Task<Result<BeliefVersion>> SetAsync(SetBeliefs command, string by, CancellationToken ct)
    {
        await using var commit = await db.Database.BeginTransactionAsync(ct);
        var sources = await SourcesAsync(ct);
        if (Refusal(command, sources) is { } refusal)
        {
            return refusal;
        }

        var last = await LastAsync(ct);
        return command.Version is { } seen && seen != (last?.Version ?? 0)
            ? UnificationErrors.BeliefsChanged
            : await SaveAsync(sources, command.Wanted.Trimmed(), last, null, command.Reason?.Trim(), by, commit, ct);
    }

    /// <summary>Gives back what stood before the last change. What was changed since by another act is not undone with it.</summary>
    public async Task<Result<BeliefVersion>> UndoAsync(int version, string by, CancellationToken ct)
    {
        await using var commit = await db.Database.BeginTransactionAsync(ct);
        var sources = await SourcesAsync(ct);
        if (await LastAsync(ct) is not { } last || last.Version != version || !last.After.Sources.SequenceEqual(sources.Select(s => s.Name)))
        {
            return UnificationErrors.BeliefsChanged;
        }

        return await SaveAsync(sources, last.Before, last, version, last.Reason, by, commit, ct);
    }

    private async Task<Result<BeliefVersion>> SaveAsync(
        List<Source> sources, BeliefSet wanted, BeliefVersion? last, int? undoes, string? reason, string by,
        Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction commit, CancellationToken ct)
    {
        var set = new BeliefVersion
        {
            Version = (last?.Version ?? 0) + 1,
            Before = (last?.After ?? BeliefSet.Shipped) with { Sources = [.. sources.Select(s => s.Name)] },
            After = wanted,
            Undoes = undoes,
            Reason = string.IsNullOrEmpty(reason) ? null : reason,
            SetBy = by,
            SetAt = clock.GetUtcNow(),
        };
        if (set.Before.IsSameAs(wanted))
        {
            return UnificationErrors.BeliefsSame;
        }

        // Their ranks stay what they were, and change hands.
        var ranks = sources.Select(s => s.Priority).ToList();
        var byName = sources.ToDictionary(s => s.Name);
        var floor = int.MinValue;
        foreach (var (name, rank) in wanted.Sources.Zip(ranks))
        {
            floor = byName[name].Priority = Math.Max(rank, floor == int.MinValue ? rank : floor + 1);
        }

        db.Add(set);
        db.Audit.Add(new AuditEntry
        {
            At = set.SetAt,
            Who = by,
            Action = undoes is null ? "beliefs.set" : "beliefs.undone",
            Subject = $"{set.Version}",
            Details = new Dictionary<string, string> { ["sources"] = string.Join(" > ", wanted.Sources), ["reason"] = set.Reason ?? "" },
        });
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return UnificationErrors.BeliefsChanged;
        }

        await db.Database.ExecuteSqlAsync(
            $"insert into stale_clusters (kind, cluster_id) select distinct kind, cluster_id from links on conflict do nothing", ct);
        await commit.CommitAsync(ct);
        await pipeline.RequestAsync(by, ct);
        return set;
    }

    private Error? Refusal(SetBeliefs command, List<Source> sources) =>
        validator.Refusal(command) is { } malformed ? malformed
        : command.Sources.Order(StringComparer.Ordinal).SequenceEqual(sources.Select(s => s.Name).Order(StringComparer.Ordinal)) ? null
        : UnificationErrors.BeliefSources(string.Join(", ", sources.Select(s => s.Name)));

    private Task<BeliefVersion?> LastAsync(CancellationToken ct) =>
        db.Set<BeliefVersion>().AsNoTracking().OrderByDescending(v => v.Version).FirstOrDefaultAsync(ct);

    private Task<List<Source>> SourcesAsync(CancellationToken ct) =>
        db.Sources.Where(s => s.Name != Source.Saisie).OrderBy(s => s.Priority).ThenBy(s => s.Name).ToListAsync(ct);
}

/// <summary>What a person wants the hub to believe.</summary>
/// <param name="Sources">All of them but what is typed in the hub, the most believed first.</param>
/// <param name="Accounts">By field; a field that is not named follows the rule shipped.</param>
/// <param name="Version">The version in force it was looked at against, 0 when there was none; null not to mind.</param>
public sealed record SetBeliefs(
    IReadOnlyList<string> Sources, IReadOnlyDictionary<string, Preference>? Accounts = null, IReadOnlyDictionary<string, Preference>? Contacts = null,
    string? Reason = null, int? Version = null)
{
    internal BeliefSet Wanted => new(Sources, Accounts ?? BeliefSet.Shipped.Accounts, Contacts ?? BeliefSet.Shipped.Contacts);
}

internal sealed class SetBeliefsValidator : AbstractValidator<SetBeliefs>
{
    public SetBeliefsValidator()
    {
        RuleFor(b => b.Sources).NotNull();
        RuleFor(b => b.Reason).MaximumLength(1000);
        RuleForEach(b => b.Accounts).Must(f => BeliefSet.FieldsOf(ClusterKind.Account).Contains(f.Key) && Enum.IsDefined(f.Value));
        RuleForEach(b => b.Contacts).Must(f => BeliefSet.FieldsOf(ClusterKind.Contact).Contains(f.Key) && Enum.IsDefined(f.Value));
    }
}
