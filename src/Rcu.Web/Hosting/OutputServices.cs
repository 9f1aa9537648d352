using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;
using Rcu.Activation;
using Rcu.Activation.Connectors.Brevo;
using Rcu.Activation.Connectors.Calls;
using Rcu.Activation.Connectors.Csv;
using Rcu.Activation.Connectors.Drop;
using Rcu.Activation.Connectors.HubSpot;
using Rcu.Activation.Connectors.LinkedIn;
using Rcu.Activation.Connectors.Mailchimp;
using Rcu.Activation.Connectors.Mailjet;
using Rcu.Activation.Connectors.RestHook;
using Rcu.Activation.Connectors.Salesforce;
using Rcu.Activation.Connectors.Webhook;
using Rcu.Activation.Returns;
using Rcu.Data;
using Rcu.Jobs;
using Rcu.Security;
using Rcu.Security.Outbound;
using Rcu.Segmentation;
using Rcu.Segmentation.Plan;

namespace Rcu.Web.Hosting;

/// <summary>What leaves the hub: segments, and the destinations they are pushed to. One line each.</summary>
internal static class OutputServices
{
    public static IServiceCollection AddOutputs(this IServiceCollection services)
    {
        services.AddScoped<Segments>();
        services.AddScoped<SegmentRules>();
        services.AddScoped<PlanRules>();
        services.AddScoped<Personas>();
        services.AddScoped<PlanRun>();
        services.AddScoped<SegmentExclusions>();
        services.AddScoped<SegmentMoveLog>();
        services.AddScoped<SegmentShapes>();
        services.AddScoped<SegmentProjection>();
        services.AddScoped<SegmentRefresh>();
        services.AddScoped<SegmentCounts>();
        services.AddScoped<FieldFills>();
        services.AddScoped<SegmentPeople>();
        services.AddScoped<SegmentExport>();
        services.AddScoped<ComputedRemoval>();
        services.AddScoped<AccountExport>();
        services.AddScoped<ContactExport>();
        services.AddScoped<ListedSegments>();
        services.AddScoped<AccountSearch>();
        services.AddScoped<NafSwitch>();
        services.AddScoped<IStage, SegmentStage>();

        services.AddDataProtection().SetApplicationName("rcu");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>, DatabaseKeys>();
        services.AddSingleton<ISecrets, SealedSecrets>();
        services.AddSingleton(hub => new OutboundRules(
            hub.GetRequiredService<IConfiguration>().GetSection("Activation:AllowedAddresses").Get<string[]>() ?? []));
        services.AddSingleton(hub => new ExportFolder(
            hub.GetRequiredService<IConfiguration>()["Activation:Exports"] ?? Path.Combine(LocalFolder.Home, "exports")));
        services.AddSingleton<OutboundClient>();
        services.AddSingleton<IDestinationConnector, WebhookConnector>();
        services.AddSingleton<IDestinationConnector, RestHookConnector>();
        services.AddSingleton<IDestinationConnector, CsvConnector>();
        services.AddSingleton<IDestinationConnector, LinkedInConnector>();
        services.AddSingleton<IDestinationConnector, DropConnector>();
        services.AddSingleton<ToolCalls>();
        services.AddSingleton<IDestinationConnector, BrevoConnector>();
        services.AddSingleton<IDestinationConnector, HubSpotConnector>();
        services.AddSingleton<IDestinationConnector, SalesforceConnector>();
        services.AddSingleton<IDestinationConnector, MailjetConnector>();
        services.AddSingleton<IDestinationConnector, MailchimpConnector>();
        services.AddScoped<Destinations>();
        services.AddScoped<ActivationLog>();
        services.AddScoped<PushMembers>();
        services.AddScoped<PushPlan>();
        services.AddScoped<PushActs>();
        services.AddScoped<FieldRules>();
        services.AddScoped<Resync>();
        services.AddScoped<RestHooks>();
        services.AddScoped<DestinationAlerts>();
        services.AddScoped<Whereabouts>();
        services.AddScoped<ChangeFeed>();
        services.AddScoped<ReturnInbox>();
        services.AddSingleton<CallBudgets>();
        services.AddScoped<PushBatch>();
        services.AddScoped<PushOutcomes>();
        services.AddScoped<Push>();
        services.AddScoped<PushQueue>();
        services.AddSingleton<PushSlots>(_ => new PushSlots());
        services.AddScoped<DueDeliveries>();
        services.AddKeyedScoped<IJob, ActivateJob>(nameof(ActivateJob));
        services.AddScoped<IStage, ActivateStage>();
        return services;
    }
}
