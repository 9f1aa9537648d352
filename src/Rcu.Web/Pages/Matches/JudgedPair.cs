using Rcu.Resolution;

namespace Rcu.Web.Pages.Matches;

/// <summary>What was just answered, for the line that offers to take it back.</summary>
internal sealed record JudgedPair(Guid Id, Judgement Judgement)
{
    public static JudgedPair? TryRead(string text) =>
        text.Split(' ') is [var id, var judgement] && Guid.TryParse(id, out var match) && Enum.TryParse<Judgement>(judgement, out var answer)
            ? new JudgedPair(match, answer)
            : null;

    public override string ToString() => $"{Id} {Judgement}";
}
