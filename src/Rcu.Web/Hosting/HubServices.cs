using Microsoft.EntityFrameworkCore;
using Npgsql;
using Rcu.Data;
using Rcu.Security;

namespace Rcu.Web.Hosting;

/// <summary>The hub without its doors: what a page, an endpoint, a command and a job all use. One line each.</summary>
internal static class HubServices
{
    /// <param name="clock">The time the hub lives in: the demo's may be another day.</param>
    public static IServiceCollection AddHub(this IServiceCollection services, HubConnections database, TimeProvider clock)
    {
        services.AddSingleton(clock);
        services.AddSingleton(_ => NpgsqlDataSource.Create(database.App));
        services.AddDbContext<RcuDb>((hub, db) => db.UseNpgsql(hub.GetRequiredService<NpgsqlDataSource>()));
        services.AddValidators();
        services.AddScoped<HubSettings>();

        // Beside the pipeline
        services.AddScoped<ApiKeys>();
        services.AddScoped<Audit>();
        return services;
    }
}
