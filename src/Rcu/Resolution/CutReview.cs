using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Rcu.Data;
using Rcu.Jobs;
using Rcu.Security;

namespace Rcu.Resolution;

/// <summary>From which probability the hub joins by itself and from which it asks: try other cuts, then set them.</summary>
public sealed class CutReview(RcuDb db, CutTrials trials, IValidator<SetCuts> validator, PipelineRuns pipeline, TimeProvider clock)
{
    private const int Told = 20;

    /// <summary>The versions there were, the one in force first; none as long as nobody chose.</summary>
    public async Task<IReadOnlyList<MatchCuts>> VersionsAsync(ClusterKind kind, CancellationToken ct) =>
        await db.Set<MatchCuts>().AsNoTracking().Where(c => c.Kind == kind).OrderByDescending(c => c.Version).Take(Told).ToListAsync(ct);

    /// <summary>What other cuts would change, with examples. Nothing is saved.</summary>
    public async Task<Result<CutTrial>> TryAsync(SetCuts command, CancellationToken ct)
    {
        if (validator.Refusal(command) is { } malformed)
        {
            return malformed;
        }

        var versions = await VersionsAsync(command.Kind, ct);
        var trial = await trials.TryAsync(command.Kind, InForce(versions), new Cuts(command.Automatic, command.Review), ct);
        var sides = await new MatchSides(db).LoadAsync(
            [.. trial.Examples.SelectMany(e => new[] { (e.LeftRecordId, command.Kind), (e.RightRecordId, command.Kind) })], ct);
        return trial with
        {
            Examples =
            [
                .. trial.Examples.Select(e => e with
                {
                    Left = sides.GetValueOrDefault((e.LeftRecordId, command.Kind)),
                    Right = sides.GetValueOrDefault((e.RightRecordId, command.Kind)),
                }),
            ],
        };
    }

    /// <summary>Sets the cuts: the next resolution, which is asked for, looks at every record under them.</summary>
    public async Task<Result<MatchCuts>> SetAsync(SetCuts command, string by, CancellationToken ct)
    {
        if (validator.Refusal(command) is { } malformed)
        {
            return malformed;
        }

        var versions = await VersionsAsync(command.Kind, ct);
        var last = versions.Count == 0 ? 0 : versions[0].Version;
        if (command.Version is { } seen && seen != last)
        {
            return ResolutionErrors.CutsChanged;
        }

        var former = InForce(versions);
        var set = new MatchCuts
        {
            Kind = command.Kind,
            Version = last + 1,
            Automatic = command.Automatic,
            Review = command.Review,
            Reason = command.Reason?.Trim(),
            SetBy = by,
            SetAt = clock.GetUtcNow(),
        };
        db.Add(set);
        db.Audit.Add(new AuditEntry
        {
            At = set.SetAt,
            Who = by,
            Action = "cuts.set",
            Subject = $"{set.Kind} {set.Version}",
            Details = new Dictionary<string, string>
            {
                ["automatic"] = FormattableString.Invariant($"{former.Automatic} > {set.Automatic}"),
                ["review"] = FormattableString.Invariant($"{former.Review} > {set.Review}"),
                ["reason"] = set.Reason ?? "",
            },
        });
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return ResolutionErrors.CutsChanged;
        }

        await pipeline.RequestAsync(by, ct);
        return set;
    }

    /// <param name="versions">The last one first.</param>
    public static Cuts InForce(IReadOnlyList<MatchCuts> versions) =>
        versions.Count == 0 ? Cuts.Shipped : new Cuts(versions[0].Automatic, versions[0].Review);
}

/// <summary>The cuts a person wants.</summary>
/// <param name="Version">The version in force they were looked at against, 0 when there was none; null not to mind.</param>
public sealed record SetCuts(ClusterKind Kind, double Automatic, double Review, string? Reason = null, int? Version = null);

internal sealed class SetCutsValidator : AbstractValidator<SetCuts>
{
    public SetCutsValidator()
    {
        RuleFor(c => c.Kind).IsInEnum();
        RuleFor(c => c.Automatic).InclusiveBetween(Cuts.LeastAutomatic, Cuts.Most);
        RuleFor(c => c.Review).InclusiveBetween(Cuts.LeastReview, Cuts.Most).LessThanOrEqualTo(c => c.Automatic);
        RuleFor(c => c.Reason).MaximumLength(1000);
    }
}
