using System.Net;
using System.Net.Http.Headers;

namespace Rcu.Security.Outbound;

/// <summary>
/// How many calls may leave towards one outside account. Whoever works for that account says so around its calls, and
/// <see cref="OutboundClient"/> then asks before each and tells what each answer says of the calls left.
/// </summary>
public abstract class CallBudget
{
    private static readonly AsyncLocal<CallBudget?> Here = new();

    internal static CallBudget? Current => Here.Value;

    /// <summary>Every call of this flow of work counts on it until the answer is disposed of.</summary>
    public IDisposable Use()
    {
        Here.Value = this;
        return new End();
    }

    /// <summary>Waits for a call's turn.</summary>
    /// <returns>How long there is none to come, when that is too long to wait here; null when the call may leave.</returns>
    public abstract Task<TimeSpan?> TakeAsync(CancellationToken ct);

    /// <summary>An answer has come.</summary>
    public abstract Task SeenAsync(HttpResponseMessage answer, CancellationToken ct);

    /// <summary>What the outside would answer, had it been called for nothing.</summary>
    internal static HttpResponseMessage Spent(TimeSpan wait)
    {
        var answer = new HttpResponseMessage(HttpStatusCode.TooManyRequests) { Content = new ByteArrayContent([]) };
        answer.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(Math.Ceiling(wait.TotalSeconds)));
        return answer;
    }

    private sealed class End : IDisposable
    {
        public void Dispose() => Here.Value = null;
    }
}
