using Microsoft.EntityFrameworkCore;
using Rcu.Activation;
using Rcu.Data;
using Rcu.Simulators;

namespace Rcu.Web.Commands;

/// <summary>
/// A simulator of a tool the hub pushes to, on this machine only: it takes what it is sent on <c>/recoit</c>, and is always
/// broken on <c>/en-panne</c>. It answers; it keeps nothing. The vendors beside it remember what they hold.
/// </summary>
internal static class DemoTool
{
    public const string Url = "http://127.0.0.1:5081";

    /// <summary>The setting that lets destinations reach it: private addresses are refused unless named.</summary>
    public const string Allowed = "--Activation:AllowedAddresses:0=127.0.0.1";

    /// <summary>This one, and the simulators of vendors beside it: what is returned stops them all.</summary>
    /// <param name="memory">Where the vendors keep what they hold; null when the hub is thrown away, and they with it.</param>
    public static async Task<Started> StartAsync(string? memory, CancellationToken ct)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(Url);
        var app = builder.Build();
        app.MapPost("/recoit", () => Results.Ok(new { received = true }));
        app.MapPost("/en-panne", () => Results.Text("Service indisponible (simulateur)", statusCode: StatusCodes.Status503ServiceUnavailable));
        await app.StartAsync(ct);
        return new Started(app, await VendorSimulators.StartAsync(VendorSimulators.Port, memory: memory, ct: ct));
    }

    /// <summary>The tools at work.</summary>
    internal sealed record Started(WebApplication Tool, VendorSimulators Vendors) : IAsyncDisposable
    {
        /// <summary>Has the vendors tell the hub who unsubscribes there, each signed by the secret of its own letter box.</summary>
        /// <param name="web">Where the hub listens.</param>
        public async Task TellAsync(IServiceProvider hub, Uri web, CancellationToken ct)
        {
            await using var scope = hub.CreateAsyncScope();
            var (db, acts) = (scope.ServiceProvider.GetRequiredService<RcuDb>(), scope.ServiceProvider.GetRequiredService<PushActs>());
            foreach (var vendor in Vendors.All)
            {
                var names = DemoVendors.Tools.Where(tool => tool.Kind == vendor.Name).Select(tool => tool.Name).ToList();
                foreach (var id in await db.Destinations.Where(d => names.Contains(d.Name)).Select(d => d.Id).ToListAsync(ct))
                {
                    var secret = await acts.RenewInboundSecretAsync(id, "demo", ct);
                    vendor.Hook = secret.Succeeded ? new Hook(new Uri(web, $"/api/v1/returns/{id}"), secret.Value) : null;
                }
            }
        }

        public async ValueTask DisposeAsync()
        {
            await Tool.DisposeAsync();
            await Vendors.DisposeAsync();
        }
    }
}
