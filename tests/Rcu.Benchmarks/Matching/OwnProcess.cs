using System.Diagnostics;
using System.Reflection;
using System.Text.Json;

namespace Rcu.Benchmarks.Matching;

/// <summary>Measures in a process of its own, so that neither peaks of memory nor compiled code pass from one run to the next.</summary>
internal static class OwnProcess
{
    /// <summary>Starts this program with a verb of its own and reads the JSON that it prints.</summary>
    /// <param name="args">The verb and what it is told.</param>
    /// <param name="asWorker">With the memory settings that <c>./rcu worker</c> gives.</param>
    public static async Task<T> RunAsync<T>(IReadOnlyList<string> args, CancellationToken ct, bool asWorker = false)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [Assembly.GetExecutingAssembly().Location, .. args]) { RedirectStandardOutput = true };
        if (asWorker)
        {
            start.Environment["DOTNET_GCgen0size"] = "1000000";
        }

        using var process = Process.Start(start)!;
        try
        {
            var printed = await process.StandardOutput.ReadToEndAsync(ct);
            await process.WaitForExitAsync(ct);
            return process.ExitCode == 0
                ? JsonSerializer.Deserialize<T>(printed)!
                : throw new InvalidOperationException($"{string.Join(' ', args)} ended with {process.ExitCode}.");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }
}
