namespace Rcu.Web.Tests.Resolution.Storm;

/// <summary>One act of one client: what it asked for, when, and what it was told.</summary>
/// <param name="Kind">What it makes, or the question it answers: <c>note</c>, <c>judgement</c>…</param>
/// <param name="Key">What it bears that nothing else bears; the pair, for a judgement.</param>
/// <param name="Value">What it sets.</param>
/// <param name="Outcome">Unknown when the answer never came: it may have been done or not.</param>
internal sealed record StormAct(int Client, string Kind, string Key, string Value, long Asked, long Told, StormOutcome Outcome);

internal enum StormOutcome
{
    Done,
    Refused,
    Unknown,
}
