using Rcu.Simulators;

namespace Rcu.Web.Commands;

/// <summary><c>simulators</c>: the tools of vendors played on this machine, to try destinations without an account of theirs.</summary>
internal static class Simulators
{
    public static async Task<int> RunAsync(string[] args)
    {
        var port = Array.IndexOf(args, "--port") is >= 0 and var place && place + 1 < args.Length ? args[place + 1] : $"{VendorSimulators.Port}";
        if (!ushort.TryParse(port, out var listens))
        {
            await Console.Error.WriteLineAsync(Verb.Text("simulators.port", port));
            return Verb.Misused;
        }

        await using var simulators = await VendorSimulators.StartAsync(listens);
        await Console.Error.WriteLineAsync(Verb.Text("simulators.ready", simulators.Url));
        foreach (var simulator in simulators.All)
        {
            await Console.Error.WriteLineAsync($"  {simulators.UrlOf(simulator),-34} {simulator.Secret}");
        }

        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) => (pressed.Cancel, _) = (true, Task.Run(stop.Cancel));
        await simulators.WaitAsync(stop.Token);
        return 0;
    }
}
