using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Ingestion;
using Rcu.Ingestion.Reading;
using Rcu.Jobs;
using Rcu.Resolution;
using Rcu.Unification.Locks;

namespace Rcu.Unification.Joins;

/// <summary>
/// The answers a steward gives to a pair, with what goes along: values to keep on what they become, or the link between two that
/// are not one. All of it is one transaction, and goes away when the judgement is taken back.
/// </summary>
public sealed class PairJudgements(
    RcuDb db, IValidator<JudgePair> validator, MatchReview review, JoinForecasts forecasts, JudgedValues judged, AccountTies ties, IValidator<DeclareTie> tieValidator,
    PipelineRuns pipeline)
{
    /// <summary>What the two would be as one; null when no record speaks of them.</summary>
    public async Task<JoinForecast?> ForecastAsync(Match match, CancellationToken ct) =>
        await GoldenAsync(match, ct) is { } golden ? await forecasts.OfAsync(match.Kind, golden.One, golden.Other, ct) : null;

    public async Task<Result<Match>> JudgeAsync(Guid id, JudgePair command, string by, CancellationToken ct)
    {
        if (validator.Refusal(command) is { } malformed)
        {
            return malformed;
        }

        await using var commit = await db.Database.BeginTransactionAsync(ct);
        var decided = await review.DecideAsync(id, new JudgeMatch(command.Judgement, command.Reason), by, ct);
        if (!decided.Succeeded)
        {
            return decided;
        }

        if (command.Values is { Count: > 0 } values && await WriteAsync(decided.Value, values, by, ct) is { } refusal)
        {
            return refusal;
        }

        await commit.CommitAsync(ct);
        await pipeline.RequestAsync(by, ct);
        return decided;
    }

    /// <summary>They are two, and one hangs on the other.</summary>
    public async Task<Result<AccountTie>> LinkAsync(Guid id, LinkPair command, string by, CancellationToken ct)
    {
        if (await db.Matches.AsNoTracking().SingleOrDefaultAsync(m => m.Id == id, ct) is not { } match)
        {
            return ResolutionErrors.MatchNotFound;
        }

        if (match.Kind is not ClusterKind.Account || await GoldenAsync(match, ct) is not { } golden || golden.One == golden.Other)
        {
            return TieErrors.NotTwoAccounts;
        }

        var leads = command.Parent is PairSide.Left;
        var declare = new DeclareTie(
            leads ? golden.One : golden.Other, leads ? golden.Other : golden.One, command.Nature, command.Percentage, command.StartedOn, null, command.Reason);
        if (tieValidator.Refusal(declare) is { } malformed)
        {
            return malformed;
        }

        if (command.Nature is TieNature.Establishment && await MatchReview.HasTwoSirensAsync(db, match, ct))
        {
            return TieErrors.NoEstablishment;
        }

        await using var commit = await db.Database.BeginTransactionAsync(ct);
        var decided = await review.DecideAsync(id, new JudgeMatch(Judgement.Different, command.Reason), by, ct);
        if (!decided.Succeeded)
        {
            return decided.Error;
        }

        var tie = await ties.DeclareAsync(
            declare, leads ? (match.LeftRecordId, match.RightRecordId) : (match.RightRecordId, match.LeftRecordId), match.Id, by, ct);
        if (tie.Succeeded)
        {
            await commit.CommitAsync(ct);
            await pipeline.RequestAsync(by, ct);
        }

        return tie;
    }

    private async Task<Error?> WriteAsync(Match match, IReadOnlyDictionary<string, string> values, string by, CancellationToken ct)
    {
        var (recordKind, typable) = match.Kind is ClusterKind.Account ? (RecordKind.Account, Saisie.AccountFields) : (RecordKind.Contact, Saisie.ContactFields);
        if (values.Keys.FirstOrDefault(field => !typable.Contains(field)) is { } unknown)
        {
            return UnificationErrors.UnknownField(unknown);
        }

        if (await GoldenAsync(match, ct) is not { } golden || await forecasts.OfAsync(match.Kind, golden.One, golden.Other, ct) is not { } forecast)
        {
            return ResolutionErrors.MatchNotFound;
        }

        var known = forecast.Values.ToDictionary(v => v.Key, v => v.Value.Value);
        var chosen = values.Select(v => (Field: v.Key, Value: SafeText.Of(v.Value.Trim(), out _)))
            .Where(v => v.Value.Length > 0 && v.Value != known.GetValueOrDefault(v.Field)).ToDictionary(v => v.Field, v => v.Value);
        if (chosen.Count == 0)
        {
            return null;
        }

        var origins = known.ToDictionary(v => v.Key, v => new Origin(v.Value, "", Guid.Empty, default, "", []));
        var said = CorrectionWriter.Said(origins, chosen);
        foreach (var field in chosen.Keys)
        {
            if (Edits.Unreadable(recordKind, field, said) is { } unreadable)
            {
                return unreadable;
            }

            foreach (var side in new[] { golden.One, golden.Other })
            {
                if ((await ValueLocks.OfAsync(db, match.Kind, side, ct)).GetValueOrDefault(field) is { MovedTo: null } held)
                {
                    return UnificationErrors.Locked(held.SetBy, held.Reason);
                }
            }
        }

        await judged.WriteAsync(match, golden, forecast.Name, said, by, ct);
        return null;
    }

    private async Task<(Guid One, Guid Other)?> GoldenAsync(Match match, CancellationToken ct)
    {
        var links = await db.Links.AsNoTracking().Where(l => l.Kind == match.Kind && (l.RecordId == match.LeftRecordId || l.RecordId == match.RightRecordId))
            .ToDictionaryAsync(l => l.RecordId, l => l.ClusterId, ct);
        return links.TryGetValue(match.LeftRecordId, out var one) && links.TryGetValue(match.RightRecordId, out var other) ? (one, other) : null;
    }
}
