using System.Threading.RateLimiting;

namespace Rcu.Web.Identity;

/// <summary>
/// How often one address may try a password or a code: twenty times a minute. It ends with the hub that made it; the rate limiting
/// middleware of ASP.NET Core has a timer of its own that nothing stops, and with it the whole hub stays in memory.
/// </summary>
internal sealed class GuessLimit : IAsyncDisposable
{
    private const int GuessesPerMinute = 20;

    private readonly PartitionedRateLimiter<HttpContext> _limiter = PartitionedRateLimiter.Create<HttpContext, string>(
        http => RateLimitPartition.GetFixedWindowLimiter(
            http.Connection.RemoteIpAddress?.ToString() ?? "",
            _ => new() { PermitLimit = GuessesPerMinute, Window = TimeSpan.FromMinutes(1) }));

    public async ValueTask<bool> AllowsAsync(HttpContext http)
    {
        using var lease = await _limiter.AcquireAsync(http, cancellationToken: http.RequestAborted);
        return lease.IsAcquired;
    }

    public ValueTask DisposeAsync() => _limiter.DisposeAsync();
}
