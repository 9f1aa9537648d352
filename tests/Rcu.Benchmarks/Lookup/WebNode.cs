using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace Rcu.Benchmarks.Lookup;

/// <summary>The web application as it is deployed: a process of its own, that a program with a key asks over a socket.</summary>
internal sealed class WebNode : IDisposable
{
    private readonly Process _process;

    private WebNode(Process process, HttpClient client) => (_process, Client) = (process, client);

    /// <summary>Shows the key with every request.</summary>
    public HttpClient Client { get; }

    public double Megabytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1048576.0;
        }
    }

    /// <param name="settings">Besides those of every node; they win.</param>
    public static async Task<WebNode> StartAsync(string connectionString, string home, string key, CancellationToken ct, params (string Name, string Value)[] settings)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var program = Environment.GetEnvironmentVariable("RCU_BENCH_PROGRAM") is { Length: > 0 } deployed ? deployed : AppContext.BaseDirectory;
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            ArgumentList = { Path.Combine(program, "Rcu.Web.dll"), "serve", "--urls", $"{address}" },
            WorkingDirectory = home,
        };
        foreach (var (name, value) in new (string Name, string Value)[]
        {
            ("ConnectionStrings__Rcu", connectionString), ("RCU_HOME", home), ("ASPNETCORE_CONTENTROOT", program), ("Logs__File", "false"), ("Logs__Level", "Error"),
            ("Jobs__Work", "false"), ("Feeds__Known", "false"), ("Api__RequestsPerMinute", "1000000000"),
        }.Concat(settings))
        {
            start.Environment[name] = value;
        }

        var client = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(5) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        var node = new WebNode(Process.Start(start)!, client);
        await node.IsReadyAsync(ct);
        return node;
    }

    public void Dispose()
    {
        Client.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private async Task IsReadyAsync(CancellationToken ct)
    {
        while (!_process.HasExited)
        {
            try
            {
                using var answer = await Client.GetAsync(new Uri("/health/ready", UriKind.Relative), ct);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not yet.
            }

            await Task.Delay(50, ct);
        }

        throw new InvalidOperationException($"The web application ended with {_process.ExitCode}.");
    }

    private static int FreePort()
    {
        using var any = new TcpListener(IPAddress.Loopback, 0);
        any.Start();
        return ((IPEndPoint)any.LocalEndpoint).Port;
    }
}
