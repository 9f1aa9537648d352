using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Rcu.Data;

namespace Rcu.Web.Hosting;

/// <summary>What a supervisor asks: <c>/health/live</c>, the process answers; <c>/health/ready</c>, it can do its work.</summary>
internal static class Health
{
    private const long LeastFreeBytes = 500_000_000;

    public static IServiceCollection AddHubHealth(this IServiceCollection services)
    {
        services.AddHealthChecks().AddCheck<Database>("database").AddCheck<Disk>("disk");
        return services;
    }

    public static void MapHubHealth(this IEndpointRouteBuilder app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = WriteAsync }).AllowAnonymous();
    }

    private static Task WriteAsync(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(new
    {
        status = report.Status.ToString(),
        checks = report.Entries.ToDictionary(entry => entry.Key, entry => entry.Value.Status.ToString()),
    });

    internal sealed class Database(RcuDb db) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            try
            {
                await db.Database.ExecuteSqlAsync($"select 1", cancellationToken);
                return HealthCheckResult.Healthy();
            }
            catch (Exception down) when (down is Npgsql.NpgsqlException or InvalidOperationException)
            {
                return HealthCheckResult.Unhealthy(exception: down);
            }
        }
    }

    /// <summary>A full disk stops PostgreSQL for good: better to stop taking work before.</summary>
    internal sealed class Disk : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            var free = new DriveInfo(Directory.CreateDirectory(LocalFolder.Home).FullName).AvailableFreeSpace;
            return Task.FromResult(free > LeastFreeBytes ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy());
        }
    }
}
