using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Rcu.Simulators.Brevo;
using Rcu.Simulators.HubSpot;
using Rcu.Simulators.Mailchimp;
using Rcu.Simulators.Mailjet;
using Rcu.Simulators.Salesforce;

namespace Rcu.Simulators;

/// <summary>
/// Every simulated tool in one process, on this machine only: each below its own name, what it holds at <c>/{name}</c>, its accidents
/// at <c>/{name}/_faults</c>, who listens to it at <c>/{name}/_hook</c>, and somebody unsubscribes at <c>/{name}/_unsubscribe</c>.
/// </summary>
public sealed class VendorSimulators : IAsyncDisposable
{
    /// <summary>Where the demonstration and <c>./rcu simulators</c> have them listen.</summary>
    public const int Port = 5082;

    private readonly WebApplication _app;
    private readonly TimeProvider _clock;
    private SimulatorMemory? _memory;

    private VendorSimulators(WebApplication app, TimeProvider clock)
    {
        (_app, _clock) = (app, clock);
        Brevo = new BrevoSimulator(clock);
        HubSpot = new HubSpotSimulator(clock);
        Salesforce = new SalesforceSimulator(clock);
        Mailjet = new MailjetSimulator(clock);
        Mailchimp = new MailchimpSimulator(clock);
        All = [Brevo, HubSpot, Salesforce, Mailjet, Mailchimp];
    }

    public BrevoSimulator Brevo { get; }

    public HubSpotSimulator HubSpot { get; }

    public SalesforceSimulator Salesforce { get; }

    public MailjetSimulator Mailjet { get; }

    public MailchimpSimulator Mailchimp { get; }

    public IReadOnlyList<Simulator> All { get; }

    public string Url => _app.Urls.First();

    /// <param name="port">0 for any that is free.</param>
    /// <param name="clock">What limits are counted by.</param>
    /// <param name="memory">The folder where they keep what they hold; null when they forget it.</param>
    public static async Task<VendorSimulators> StartAsync(int port, TimeProvider? clock = null, string? memory = null, CancellationToken ct = default)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls($"http://127.0.0.1:{port}");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var simulators = new VendorSimulators(app, clock ?? TimeProvider.System);
        simulators._memory = memory is null ? null : new SimulatorMemory(memory, simulators.All);
        app.Run(simulators.AnswerAsync);
        await app.StartAsync(ct);
        return simulators;
    }

    /// <summary>The address of the API of one of them.</summary>
    public string UrlOf(Simulator simulator) => $"{Url}/{simulator.Name}";

    /// <summary>Ends when the process is told to stop.</summary>
    public Task WaitAsync(CancellationToken ct) => ((IHost)_app).WaitForShutdownAsync(ct);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        if (_memory is not null)
        {
            await _memory.DisposeAsync();
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var steps = (context.Request.Path.Value ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        var simulator = All.FirstOrDefault(s => steps.Length > 0 && s.Name == steps[0]);
        if (simulator is null)
        {
            context.Response.StatusCode = steps.Length == 0 ? 200 : 404;
            await ShowAsync(context.Response, SimulatorPage.Of(All));
        }
        else if (steps is [_])
        {
            await ShowAsync(context.Response, SimulatorPage.Of(simulator));
        }
        else if (steps is [_, "_faults"])
        {
            await ScriptAsync(simulator, context);
        }
        else if (steps is [_, "_hook"])
        {
            await ListenAsync(simulator, context);
        }
        else if (steps is [_, "_unsubscribe"])
        {
            await UnsubscribeAsync(simulator, context);
        }
        else
        {
            await simulator.HandleAsync(context, steps[1..]);
        }
    }

    // {"url":"http://…/api/v1/returns/…","secret":"whsec_…"}
    private static async Task ListenAsync(Simulator simulator, HttpContext context)
    {
        var said = (await Ask.ReadAsync(context.Request, [], context.RequestAborted)).Json;
        simulator.Hook = Uri.TryCreate(said.Text("url"), UriKind.Absolute, out var url) && said.Text("secret") is { } secret ? new Hook(url, secret) : null;
        context.Response.StatusCode = (int)HttpStatusCode.NoContent;
    }

    // {"email":"…"}, or the button of its page.
    private async Task UnsubscribeAsync(Simulator simulator, HttpContext context)
    {
        var ask = await Ask.ReadAsync(context.Request, [], context.RequestAborted);
        var form = ask.Json.ValueKind is JsonValueKind.Undefined;
        var email = form ? WebUtility.UrlDecode(ask.Text).Replace("email=", "", StringComparison.Ordinal) : ask.Json.Text("email") ?? "";
        var told = await simulator.UnsubscribeAsync(email.Trim(), _clock.GetUtcNow(), context.RequestAborted);
        if (form)
        {
            context.Response.Redirect($"/{simulator.Name}");
            return;
        }

        await context.Response.WriteAsync($"{{\"told\":{(told is { } status ? $"{status}" : "null")}}}");
    }

    private static async Task ScriptAsync(Simulator simulator, HttpContext context)
    {
        if (context.Request.Method == "DELETE")
        {
            simulator.Faults.Clear();
        }
        else
        {
            simulator.Faults.Script((await Ask.ReadAsync(context.Request, [], context.RequestAborted)).Json);
        }

        context.Response.StatusCode = (int)HttpStatusCode.NoContent;
    }

    private static async Task ShowAsync(HttpResponse response, string page)
    {
        response.ContentType = "text/html; charset=utf-8";
        await response.WriteAsync(page, Encoding.UTF8);
    }
}
