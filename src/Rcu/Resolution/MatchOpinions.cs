using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Rcu.Data;

namespace Rcu.Resolution;

/// <summary>The words of several stewards on one pair: a second one is asked for by who cannot tell, or given against a judgement.</summary>
public sealed class MatchOpinions(RcuDb db, IValidator<JudgeMatch> validator, TimeProvider clock)
{
    /// <summary>Those that stand, the first one first.</summary>
    public async Task<IReadOnlyList<MatchOpinion>> ListAsync(Guid matchId, CancellationToken ct) => await db.Set<MatchOpinion>().AsNoTracking()
        .Where(o => o.MatchId == matchId && o.WithdrawnAt == null).OrderBy(o => o.Id).ToListAsync(ct);

    /// <summary>Says otherwise than a judgement that stands, and leaves it: the pair shows among the disagreements until one gives way.</summary>
    public async Task<Result<MatchOpinion>> AddAsync(Guid matchId, JudgeMatch command, string by, CancellationToken ct)
    {
        if (validator.Refusal(command) is { } malformed)
        {
            return malformed;
        }

        if (!await db.Matches.AnyAsync(m => m.Id == matchId, ct))
        {
            return ResolutionErrors.MatchNotFound;
        }

        var opinion = await SayAsync(matchId, command, by, ct);
        await db.SaveChangesAsync(ct);
        return opinion;
    }

    /// <summary>The newest word of a steward takes the place of the one before; the caller saves.</summary>
    internal async Task<MatchOpinion> SayAsync(Guid matchId, JudgeMatch command, string by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        foreach (var before in await db.Set<MatchOpinion>().Where(o => o.MatchId == matchId && o.Who == by && o.WithdrawnAt == null).ToListAsync(ct))
        {
            before.WithdrawnAt = now;
        }

        var opinion = new MatchOpinion { MatchId = matchId, Who = by, Judgement = command.Judgement, Reason = command.Reason, At = now };
        db.Add(opinion);
        return opinion;
    }

    /// <summary>What a steward said goes away when the judgement it made is taken back; the caller saves.</summary>
    internal async Task WithdrawAsync(Guid matchId, string who, CancellationToken ct)
    {
        foreach (var opinion in await db.Set<MatchOpinion>().Where(o => o.MatchId == matchId && o.Who == who && o.WithdrawnAt == null).ToListAsync(ct))
        {
            opinion.WithdrawnAt = clock.GetUtcNow();
        }
    }
}
