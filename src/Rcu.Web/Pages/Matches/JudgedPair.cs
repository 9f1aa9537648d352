using Rcu.Resolution;

namespace Rcu.Web.Pages.Matches;

/// <summary>What was just answered, for the line that offers to take it back.</summary>
internal sealed record JudgedPair(Guid Id, Judgement Judgement, bool IsLinked = false)
{
    private const string Linked = "Linked";

    /// <summary>The last part of the text that says so.</summary>
    public string Said => IsLinked ? Linked : Judgement.ToString();

    public static JudgedPair? TryRead(string text) =>
        text.Split(' ') is not [var id, var said] || !Guid.TryParse(id, out var match) ? null
        : said == Linked ? new JudgedPair(match, Judgement.Different, true)
        : Enum.TryParse<Judgement>(said, out var answer) ? new JudgedPair(match, answer)
        : null;

    public override string ToString() => $"{Id} {Said}";
}
