using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;
using Rcu.Data;
using Rcu.Ingestion;
using Rcu.Jobs;
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

        // Ingestion
        services.TryAddSingleton(new UploadSettings(Path.Combine(LocalFolder.Home, "uploads")));
        services.AddSingleton<UploadStore>();
        services.AddScoped<Imports>();
        services.AddScoped<ImportHistory>();
        services.AddScoped<RejectsFile>();
        services.AddKeyedScoped<IJob, IngestJob>(nameof(IngestJob));

        // Beside the pipeline
        services.AddScoped<ApiKeys>();
        services.AddScoped<Audit>();
        return services;
    }
}
