using System.Globalization;
using System.Net;

namespace Rcu.Activation;

/// <summary>What the headers of an answer say of the calls a tool allows, in the words of each vendor.</summary>
/// <param name="Calls">How many in one span; null when it does not say.</param>
/// <param name="Span">Of how long.</param>
/// <param name="Left">How many are left of this span.</param>
/// <param name="Silence">For how long it wants no call at all.</param>
internal sealed record CallAllowance(int? Calls, TimeSpan? Span, int? Left, TimeSpan? Silence)
{
    private static readonly string[] Families = ["x-sib-ratelimit", "ratelimit", "x-ratelimit", "x-rate-limit"];

    public static CallAllowance? Of(HttpResponseMessage answer, DateTimeOffset now)
    {
        var silence = answer.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable ? RetryAfter(answer, now) : null;
        if (Number(answer, "x-hubspot-ratelimit-max") is { } most && Number(answer, "x-hubspot-ratelimit-interval-milliseconds") is { } milliseconds)
        {
            return new CallAllowance(most, TimeSpan.FromMilliseconds(milliseconds), Number(answer, "x-hubspot-ratelimit-remaining"), silence);
        }

        foreach (var family in Families)
        {
            if (Number(answer, $"{family}-limit") is { } limit && Number(answer, $"{family}-reset") is { } reset)
            {
                // Some say in how many seconds, some at which second since 1970.
                var span = reset > 1_000_000_000 ? DateTimeOffset.FromUnixTimeSeconds(reset) - now : TimeSpan.FromSeconds(reset);
                var left = Number(answer, $"{family}-remaining");
                return new CallAllowance(limit, span > TimeSpan.Zero ? span : TimeSpan.FromSeconds(1), left, silence ?? (left is 0 && span > TimeSpan.Zero ? span : null));
            }
        }

        return silence is null ? null : new CallAllowance(null, null, null, silence);
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage answer, DateTimeOffset now) => answer.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when date > now => date - now,
        _ => null,
    };

    private static int? Number(HttpResponseMessage answer, string header) =>
        answer.Headers.TryGetValues(header, out var values)
        && int.TryParse(values.First().Split([',', ';'])[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
