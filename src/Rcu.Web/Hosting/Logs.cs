using System.Globalization;
using Rcu.Data;
using Serilog;
using Serilog.Events;
using Serilog.Formatting.Json;

namespace Rcu.Web.Hosting;

/// <summary>
/// Where the hub writes what it does: a line on the error output, and JSON in a file a day, kept two weeks. What is
/// written at this level and above names no person.
/// </summary>
internal static class Logs
{
    public static ILoggingBuilder AddHubLogs(this ILoggingBuilder logging, IConfiguration settings)
    {
        var level = settings.GetValue("Logs:Level", LogEventLevel.Information);
        var logger = new LoggerConfiguration()
            .MinimumLevel.Is(level)
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("Microsoft.Hosting.Lifetime", level)
            .MinimumLevel.Override("System", LogEventLevel.Warning)
            .MinimumLevel.Override("Quartz", LogEventLevel.Warning)
            .Enrich.FromLogContext()
            .WriteTo.Console(
                outputTemplate: "{Timestamp:HH:mm:ss} {Level:u3} {Message:lj}{NewLine}{Exception}",
                formatProvider: CultureInfo.InvariantCulture,
                standardErrorFromLevel: LogEventLevel.Verbose);
        if (settings.GetValue("Logs:File", true))
        {
            logger.WriteTo.File(
                new JsonFormatter(renderMessage: true),
                Path.Combine(LocalFolder.Home, "logs", "rcu-.json"),
                rollingInterval: RollingInterval.Day,
                retainedFileCountLimit: 14,
                fileSizeLimitBytes: 100_000_000,
                rollOnFileSizeLimit: true,
                shared: true);
        }

        return logging.ClearProviders().AddSerilog(logger.CreateLogger(), dispose: true);
    }
}
