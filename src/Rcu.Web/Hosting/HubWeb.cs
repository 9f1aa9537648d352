using System.Text.Encodings.Web;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.WebEncoders;
using Rcu.Web.Api;
using Rcu.Web.Identity;
using Rcu.Web.Pages.Diary;

namespace Rcu.Web.Hosting;

/// <summary>The web application around the hub: what it is made of, and what each request goes through.</summary>
internal static class HubWeb
{
    private const string DefaultUrl = "http://127.0.0.1:5080";

    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = ContentRoot() });
        if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey])
            && string.IsNullOrEmpty(builder.Configuration["HTTP_PORTS"])
            && !builder.Configuration.GetSection("Kestrel:Endpoints").Exists())
        {
            builder.WebHost.UseUrls(DefaultUrl);
        }

        return builder;
    }

    public static void AddHubWeb(this WebApplicationBuilder builder, HubConnections database, TimeProvider clock)
    {
        builder.Logging.AddHubLogs(builder.Configuration);
        builder.WebHost.ConfigureKestrel(server => server.AddServerHeader = false);
        builder.WebHost.UseStaticWebAssets();

        var services = builder.Services;
        services.AddHub(database, clock);
        services.AddHubUsers();
        services.AddHubSignIn();
        QuartzJobs.AddTo(services, work: builder.Configuration.GetValue("Jobs:Work", true));
        services.AddHostedService<FirstStart>();
        services.AddHostedService<Pages.Analysis.BoardsAtStart>();
        services.AddScoped<ShellCounts>();
        services.AddSingleton<Pages.Home.BoardMemory>();
        services.AddSingleton<Pages.Analysis.KeptFigures>();
        services.AddScoped<Pages.Segments.FieldRates>();
        services.AddScoped<AccountDesk>();
        services.AddScoped<ErrorReports>();

        services.AddLocalization();
        services.AddSingleton<IStringLocalizer<Texts>, AgreeingTexts>();
        FieldNames.Use();
        services.AddRazorPages(Doors.Configure).AddViewLocalization().AddMvcOptions(mvc => mvc.Filters.Add<UnreadableFields>());
        services.AddAntiforgery(Doors.Configure);
        services.Configure<WebEncoderOptions>(encoder => encoder.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true;
            compression.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "application/problem+json", "image/svg+xml"];
        });
        services.AddProblemDetails();
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = false);
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false));
            json.SerializerOptions.AllowOutOfOrderMetadataProperties = true;
        });
        services.AddHubApi();
        services.AddHubHealth();
    }

    public static void UseHubWeb(this WebApplication app)
    {
        app.Environment.WebRootFileProvider = new FixedFiles(app.Environment.WebRootFileProvider);
        app.UseSecurityHeaders();
        app.UseResponseCompression();
        app.UseRequestLocalization("fr", "en");
        app.UseWhen(context => !context.Request.IsApi, pages => pages.UseExceptionHandler("/erreur/500"));
        app.UseWhen(context => context.Request.IsApi, api => api.UseExceptionHandler());
        app.UseWhen(context => !context.Request.IsApi, pages => pages.UseStatusCodePagesWithReExecute("/erreur/{0}"));
        app.UseWhen(context => context.Request.IsApi, api => api.UseStatusCodePages());
        app.Use(RefuseNul);
        app.UseRouting();
        app.UseWhen(context => context.Request.IsApi, ApiDoor.RefuseNowhere);
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();

        app.MapStaticAssets().AllowAnonymous();
        app.MapHubHealth();
        app.MapCalendarFeed();
        app.UseHubApi();
        app.MapRazorPages().WithStaticAssets();
    }

    // No text of the base holds U+0000: a question that does asks for nothing.
    private static Task RefuseNul(HttpContext context, RequestDelegate next)
    {
        if (!(context.Request.QueryString.Value ?? "").Contains("%00", StringComparison.Ordinal))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    }

    // Published, the pages' files are beside the program, wherever it is started from.
    private static string? ContentRoot() =>
        Directory.Exists(Path.Combine(AppContext.BaseDirectory, "wwwroot")) ? AppContext.BaseDirectory : null;
}
