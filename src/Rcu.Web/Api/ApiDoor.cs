using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.OpenApi;
using Rcu.Exploration;
using Rcu.Ingestion;
using Rcu.Ingestion.Leads;
using Rcu.Ingestion.Pushing;
using Rcu.Jobs;
using Rcu.Resolution;
using Rcu.Web.Hosting;
using Swashbuckle.AspNetCore.Swagger;

namespace Rcu.Web.Api;

/// <summary>The door for programs, <c>/api/v1</c>: the same operations as the pages, opened by a key.</summary>
internal static class ApiDoor
{
    public const string Version = "v1";

    public const string OpenApiPath = "/api/v1/openapi.json";

    public static IServiceCollection AddHubApi(this IServiceCollection services)
    {
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, ApiKeyScheme>(ApiKeyScheme.Key, null);
        services.AddSingleton<ApiQuota>();
        services.Configure<ProblemDetailsOptions>(problems => problems.CustomizeProblemDetails = ApiProblem.Complete);
        services.ConfigureHttpJsonOptions(json => Write(json.SerializerOptions));
        services.Configure<JsonOptions>(json => Write(json.JsonSerializerOptions));
        AddOperations(services);

        services.AddEndpointsApiExplorer();
        services.AddSwaggerGen(open =>
        {
            open.SwaggerDoc(Version, new OpenApiInfo { Title = "RCU", Version = Version });
            open.DocInclusionPredicate((_, endpoint) => endpoint.RelativePath?.StartsWith("api/v1/", StringComparison.Ordinal) is true);
            open.OperationFilter<OpenApiTexts>();
            open.ParameterFilter<OpenApiShape>();
            open.DocumentFilter<OpenApiShape>();
            open.SupportNonNullableReferenceTypes();
            open.AddSecurityDefinition("key", new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "rcu_live_…" });
            open.AddSecurityRequirement(document => new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("key", document)] = [] });
        });
        return services;
    }

    public static void UseHubApi(this WebApplication app)
    {
        app.UseWhen(context => context.Request.IsApi, ApiQuota.Use);
        app.MapGet("/api/{documentName}/openapi.json", Describe).AllowAnonymous().ExcludeFromDescription();

        var api = app.MapGroup("/api/v1")
            .RequireAuthorization(new AuthorizationPolicyBuilder(ApiKeyScheme.Key).RequireAuthenticatedUser().Build())
            .DisableAntiforgery()
            .RefusesWithProblems();
        AccountsApi.Map(api);
        ContactsApi.Map(api);
        SearchApi.Map(api);
        FactsApi.Map(api);
        LeadsApi.Map(api);
        TasksApi.Map(api);
        TypedApi.Map(api);
        PastApi.Map(api);
        PeopleApi.Map(api);
        GroupApi.Map(api);
        FollowersApi.Map(api);
        WhiteSpaceApi.Map(api);
        CardsApi.Map(api);
        BatchesApi.Map(api);
        ContactListsApi.Map(api);
        AccountActsApi.Map(api);
        HooksApi.Map(api);
        ImportsApi.Map(api);
        ConnectionsApi.Map(api);
        MatchesApi.Map(api);
        PairsApi.Map(api);
        DecisionsApi.Map(api);
        SuspectsApi.Map(api);
        CutsApi.Map(api);
        BeliefsApi.Map(api);
        ResolutionsApi.Map(api);
        SegmentsApi.Map(api);
        ListedSegmentsApi.Map(api);
        SegmentActsApi.Map(api);
        DestinationsApi.Map(api);
        DestinationFieldsApi.Map(api);
        DestinationActsApi.Map(api);
        RestHooksApi.Map(api);
        ReturnsApi.Map(api);
        WhereaboutsApi.Map(api);
        ChangesApi.Map(api);
        HubApi.Map(api);
        ResolveApi.Map(api);
        RegisterApi.Map(api);
        QualityApi.Map(api);
        RulesApi.Map(api);
        RegisterDeskApi.Map(api);
        FixesApi.Map(api);
        ComputedApi.Map(api);
        WorthApi.Map(api);
        CampaignsApi.Map(api);
        PlanApi.Map(api);
        PersonasApi.Map(api);
    }

    /// <summary>An address that leads nowhere says so, before anybody is asked for a key.</summary>
    public static void RefuseNowhere(IApplicationBuilder api) => api.Use((context, next) =>
    {
        if (context.GetEndpoint() is not null)
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    });

    // Without blanks: programs read it, and pages read its reference.
    private static IResult Describe(string documentName, ISwaggerProvider open)
    {
        if (documentName != Version)
        {
            return Results.NotFound();
        }

        using var text = new StringWriter(CultureInfo.InvariantCulture);
        open.GetSwagger(documentName).SerializeAsV31(new OpenApiJsonWriter(text, new OpenApiJsonWriterSettings { Terse = true }));
        return Results.Text(text.ToString(), "application/json", Encoding.UTF8);
    }

    private static void Write(JsonSerializerOptions json)
    {
        json.Converters.Insert(0, new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        json.AllowOutOfOrderMetadataProperties = true; // a rule may say its kind last
        json.Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping; // accents stay accents: the answer is never a page
    }

    // Those that no page asks for yet.
    private static void AddOperations(IServiceCollection services)
    {
        services.AddSingleton<CandidateIndex>();
        services.AddScoped<Candidates>();
        services.AddScoped<PushedRecords>();
        services.AddScoped<LeadIntake>();
        services.TryAddScoped<AccountList>();
        services.TryAddScoped<AccountSheets>();
        services.TryAddScoped<AccountSales>();
        services.TryAddScoped<ContactList>();
        services.TryAddScoped<ContactSheets>();
        services.TryAddScoped<Timeline>();
        services.TryAddScoped<SourceKeys>();
        services.TryAddScoped<Lineage>();
        services.TryAddScoped<Past>();
        services.TryAddScoped<MatchQueue>();
        services.TryAddScoped<MatchGroups>();
        services.TryAddScoped<MatchComparison>();
        services.TryAddScoped<RejectsFile>();
        services.TryAddScoped<RunHistory>();
    }
}
