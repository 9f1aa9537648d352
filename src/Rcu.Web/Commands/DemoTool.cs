using Rcu.Simulators;

namespace Rcu.Web.Commands;

/// <summary>
/// A simulator of a tool the hub pushes to, on this machine only: it takes what it is sent on <c>/recoit</c>, and is always
/// broken on <c>/en-panne</c>. It answers; it keeps nothing.
/// </summary>
internal static class DemoTool
{
    public const string Url = "http://127.0.0.1:5081";

    /// <summary>The setting that lets destinations reach it: private addresses are refused unless named.</summary>
    public const string Allowed = "--Activation:AllowedAddresses:0=127.0.0.1";

    /// <summary>This one, and the simulators of vendors beside it: what is returned stops them all.</summary>
    public static async Task<IAsyncDisposable> StartAsync(CancellationToken ct)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(Url);
        var app = builder.Build();
        app.MapPost("/recoit", () => Results.Ok(new { received = true }));
        app.MapPost("/en-panne", () => Results.Text("Service indisponible (simulateur)", statusCode: StatusCodes.Status503ServiceUnavailable));
        await app.StartAsync(ct);
        return new Started(app, await VendorSimulators.StartAsync(VendorSimulators.Port, ct: ct));
    }

    private sealed record Started(WebApplication Tool, VendorSimulators Vendors) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Tool.DisposeAsync();
            await Vendors.DisposeAsync();
        }
    }
}
