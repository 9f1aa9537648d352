using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Claims;
using Microsoft.Extensions.Localization;

namespace Rcu.Web.Api;

/// <summary>How many requests a key may make in a minute, and what each answer says of what is left.</summary>
internal sealed class ApiQuota(TimeProvider clock, IConfiguration settings)
{
    private const int UsualPerMinute = 600;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Used> _used = new();
    private readonly int _limit = settings.GetValue("Api:RequestsPerMinute", UsualPerMinute);

    public static void Use(IApplicationBuilder app) => app.Use((context, next) =>
        context.GetEndpoint() is null ? next(context) : context.RequestServices.GetRequiredService<ApiQuota>().CountAsync(context, next));

    private async Task CountAsync(HttpContext context, RequestDelegate next)
    {
        var who = context.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? $"{context.Connection.RemoteIpAddress}";
        var now = clock.GetUtcNow();
        var used = _used.AddOrUpdate(
            who, _ => new Used(now, 1), (_, before) => now - before.Since >= Window ? new Used(now, 1) : before with { Count = before.Count + 1 });
        var reset = Math.Max(1, (int)Math.Ceiling((used.Since + Window - now).TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        var headers = context.Response.Headers;
        headers["RateLimit-Limit"] = _limit.ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Remaining"] = Math.Max(0, _limit - used.Count).ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Reset"] = reset;
        if (used.Count <= _limit)
        {
            await next(context);
            return;
        }

        headers.RetryAfter = reset;
        var texts = context.RequestServices.GetRequiredService<IStringLocalizer<Texts>>();
        await ApiProblem.Of(texts, StatusCodes.Status429TooManyRequests, "request.too_many", null, _limit).ExecuteAsync(context);
    }

    private sealed record Used(DateTimeOffset Since, int Count);
}
