using System.Diagnostics;

namespace Rcu.Web.Tests.Ingestion;

/// <summary>A worker as one is deployed: another process, which a test can kill.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private readonly Process _process;

    private WorkerProcess(Process process) => _process = process;

    /// <param name="home">Where the web keeps the uploads.</param>
    public static WorkerProcess Start(string connectionString, string home)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "Rcu.Web.dll"), "worker" },
            WorkingDirectory = home,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ConnectionStrings__Rcu"] = connectionString;
        start.Environment["RCU_HOME"] = home;
        start.Environment["Logs__File"] = "false";
        var process = Process.Start(start)!;
        var worker = new WorkerProcess(process);
        process.OutputDataReceived += (_, line) => worker.Note(line.Data);
        process.ErrorDataReceived += (_, line) => worker.Note(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return worker;
    }

    /// <summary>What it said last, for whoever reads a failure.</summary>
    public string Said { get; private set; } = "";

    public bool HasEnded => _process.HasExited;

    /// <summary>As kill -9 does: nothing of it runs any more.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private void Note(string? line) => Said = line is null ? Said : $"{Said}{line}\n";
}
