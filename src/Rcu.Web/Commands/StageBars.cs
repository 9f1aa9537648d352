using System.Diagnostics;
using System.Globalization;

namespace Rcu.Web.Commands;

/// <summary>A progress bar per stage on standard error, and how long each took.</summary>
/// <param name="entering">Called before each stage.</param>
/// <param name="quiet">Shows nothing.</param>
internal sealed class StageBars(Func<string, CancellationToken, Task>? entering = null, bool quiet = false) : IStageProgress
{
    private const int Width = 30;

    private readonly Stopwatch _watch = new();
    private string? _stage;
    private long _shown = -1;

    /// <summary>Seconds per stage, in the order they ran.</summary>
    public Dictionary<string, double> Seconds { get; } = [];

    public async Task EnterAsync(string stage, CancellationToken ct)
    {
        End();
        if (entering is not null)
        {
            await entering(stage, ct);
        }

        (_stage, _shown) = (stage, -1);
        _watch.Restart();
        await ReportAsync(0, null, ct);
    }

    public async Task ReportAsync(long done, long? total, CancellationToken ct)
    {
        var share = total is > 0 ? Math.Min(1, (double)done / total.Value) : 0;
        if (quiet || Console.IsErrorRedirected || _shown == (long)(share * 100) && done != total)
        {
            return;
        }

        _shown = (long)(share * 100);
        await Console.Error.WriteAsync($"\r  {_stage,-14} [{new string('#', (int)(share * Width)).PadRight(Width, '.')}] {share,4:P0}");
    }

    /// <summary>Closes the bar of the stage at work.</summary>
    public void End()
    {
        if (_stage is null || quiet)
        {
            return;
        }

        var seconds = _watch.Elapsed.TotalSeconds;
        Seconds[_stage] = Math.Round(Seconds.GetValueOrDefault(_stage) + seconds, 3);
        var start = Console.IsErrorRedirected ? "" : "\r";
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{start}  {_stage,-14} [{new string('#', Width)}] {seconds,6:0.00} s"));
        _stage = null;
    }
}
