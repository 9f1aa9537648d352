namespace Rcu.Resolution;

/// <summary>What was written along with a judgement on a pair, by a later stage, and goes away when the judgement is taken back.</summary>
public interface IFollowsJudgement
{
    /// <summary>In the transaction that takes the judgement back.</summary>
    Task TakeBackAsync(Match match, string by, CancellationToken ct);
}
