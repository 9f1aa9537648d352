using System.Globalization;

namespace Rcu.Web.Api;

/// <summary>Which version of a golden row was read, so that a write can say that it was made after seeing it.</summary>
internal static class ETags
{
    private static readonly Error Stale = new(ErrorKind.Stale, "request.stale", "It has changed since it was read: read it again.");

    public static string Of(int version, DateTimeOffset updatedAt) =>
        string.Create(CultureInfo.InvariantCulture, $"\"{version}-{updatedAt.UtcTicks}\"");

    /// <summary>Of a question stewards answer: who judged it last, and when, or that it is closed.</summary>
    public static string Of(Resolution.Judgement judgement, DateTimeOffset? judgedAt, DateTimeOffset? closedAt) =>
        string.Create(CultureInfo.InvariantCulture, $"\"{judgement}-{judgedAt?.UtcTicks ?? 0}-{closedAt?.UtcTicks ?? 0}\"");

    /// <param name="current">Null when there is nothing under this address yet.</param>
    public static Error? Refusal(HttpRequest request, string? current)
    {
        var wanted = request.Headers.IfMatch;
        return wanted.Count == 0 || (current is not null && wanted.Any(tag => tag is "*" || tag == current)) ? null : Stale;
    }
}
