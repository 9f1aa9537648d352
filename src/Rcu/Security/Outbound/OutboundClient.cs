using System.Net;
using System.Net.Sockets;

namespace Rcu.Security.Outbound;

/// <summary>
/// Calls addresses people typed: no redirect, no proxy, no cookie, fifteen seconds and one megabyte of answer unless said
/// otherwise, and only to a resolved address the rules allow: the very one that was checked is the one dialled.
/// </summary>
public sealed class OutboundClient : IDisposable
{
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(15);

    private readonly HttpClient _http;

    /// <param name="resolve">What a name resolves to; null: what the system says.</param>
    /// <param name="dial">Opens a socket to one of the addresses that may be called; null: the system's.</param>
    public OutboundClient(
        OutboundRules rules, long mostBytes = 1024 * 1024, TimeSpan? timeout = null,
        Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null, Func<IPAddress[], int, CancellationToken, Task<Stream>>? dial = null)
    {
        resolve ??= Dns.GetHostAddressesAsync;
        dial ??= OpenAsync;
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            ConnectCallback = async (connection, ct) => await dial(await AllowedAsync(rules, connection.DnsEndPoint.Host, resolve, ct), connection.DnsEndPoint.Port, ct),
        };
        _http = new HttpClient(handler) { Timeout = timeout ?? Timeout, MaxResponseContentBufferSize = mostBytes };
    }

    /// <summary>The answer, its body read. Throws what <see cref="HttpClient"/> throws.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        if (CallBudget.Current is not { } budget)
        {
            return await _http.SendAsync(request, ct);
        }

        if (await budget.TakeAsync(ct) is { } wait)
        {
            return CallBudget.Spent(wait);
        }

        var answer = await _http.SendAsync(request, ct);
        await budget.SeenAsync(answer, ct);
        return answer;
    }

    public void Dispose() => _http.Dispose();

    private static async Task<IPAddress[]> AllowedAsync(
        OutboundRules rules, string host, Func<string, CancellationToken, Task<IPAddress[]>> resolve, CancellationToken ct)
    {
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await resolve(host, ct);
        var allowed = Array.FindAll(addresses, rules.Allows);
        return allowed.Length > 0 ? allowed : throw new HttpRequestException("The address is private.", new AddressRefusedException());
    }

    private static async Task<Stream> OpenAsync(IPAddress[] addresses, int port, CancellationToken ct)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>A name that resolves only to addresses the hub may not call.</summary>
public sealed class AddressRefusedException() : Exception("No public address answers to this name.");
