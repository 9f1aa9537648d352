using System.Globalization;
using Microsoft.Extensions.Localization;
using Rcu.Data;
using Rcu.Ingestion.Connectors.Calls;
using Rcu.Ingestion.Connectors.Folder;
using Rcu.Ingestion.Connectors.Http;
using Rcu.Ingestion.Connectors.HubSpot;
using Rcu.Ingestion.Connectors.Postgres;
using Rcu.Ingestion.Connectors.Salesforce;
using Rcu.Ingestion.Connectors.Sftp;
using Rcu.Ingestion.Connectors.Webhook;
using Rcu.Ingestion.Pulling;
using Rcu.Ingestion.Sirene;
using Rcu.Jobs;
using Rcu.Security.Outbound;

namespace Rcu.Web.Hosting;

/// <summary>The sources the hub reads by itself. One line each.</summary>
internal static class SourceServices
{
    public static IServiceCollection AddSources(this IServiceCollection services)
    {
        services.AddScoped<SourceConnections>();
        services.AddScoped<DueSources>();
        services.AddScoped<ConnectionHistory>();
        services.AddKeyedScoped<IJob, PullJob>(nameof(PullJob));
        services.AddSingleton(hub => new DropRoot(
            hub.GetRequiredService<IConfiguration>()["Sources:Folders"] ?? Path.Combine(LocalFolder.Home, "depots"),
            refusal => InFrench(hub, refusal)));
        services.AddSingleton<FolderConnector>();
        services.AddSingleton<ISourceConnector>(hub => hub.GetRequiredService<FolderConnector>());
        services.AddSingleton<ISourceConnector, SftpConnector>();
        services.AddSingleton<ISourceConnector, PostgresConnector>();
        services.AddSingleton<ISourceConnector, WebhookConnector>();
        services.AddSingleton(hub => new ApiCaller(hub.GetRequiredService<OutboundRules>(), hub.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ApiTokens>();
        services.AddSingleton<ISourceConnector, HttpConnector>();
        services.AddSingleton<ISourceConnector, HubSpotConnector>();
        services.AddSingleton<ISourceConnector, SalesforceConnector>();
        services.AddSingleton<SireneQuota>();
        services.AddSingleton<SireneApi>();
        services.AddScoped<SireneFollowing>();
        services.AddKeyedScoped<IJob, SireneJob>(nameof(SireneJob));
        services.AddScoped<HookInbox>();
        services.AddScoped<HookSecrets>();
        return services;
    }

    // Whoever dropped the file reads French; a command that has no texts says it in English.
    private static string InFrench(IServiceProvider hub, Error refusal)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("fr-FR");
        try
        {
            return hub.GetService<IStringLocalizer<Texts>>()?[refusal.Code, refusal.Values] is { ResourceNotFound: false } text ? text.Value : refusal.Message;
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}
