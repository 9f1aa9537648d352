namespace Rcu.Simulators;

/// <summary>
/// What simulators hold, in files beside the hub that feeds them: begun again, they still hold what the hub believes they do.
/// Written a second after it changed, whole or not at all.
/// </summary>
internal sealed class SimulatorMemory : IAsyncDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    private readonly string _folder;
    private readonly IReadOnlyList<Simulator> _all;
    private readonly Dictionary<Simulator, int> _kept = [];
    private readonly CancellationTokenSource _end = new();
    private readonly Task _keeping;

    public SimulatorMemory(string folder, IReadOnlyList<Simulator> all)
    {
        (_folder, _all) = (folder, all);
        Directory.CreateDirectory(folder);
        foreach (var simulator in all.Where(simulator => File.Exists(FileOf(simulator))))
        {
            simulator.Remember(File.ReadAllText(FileOf(simulator)));
        }

        _keeping = KeepAsync(_end.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _keeping;
        _kept.Clear();
        Keep();
        _end.Dispose();
    }

    private async Task KeepAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(Pace);
        try
        {
            while (await timer.WaitForNextTickAsync(ct))
            {
                Keep();
            }
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
    }

    private void Keep()
    {
        foreach (var simulator in _all)
        {
            var version = simulator.Version;
            if (_kept.GetValueOrDefault(simulator) == version)
            {
                continue;
            }

            var written = $"{FileOf(simulator)}.new";
            File.WriteAllText(written, simulator.Keep());
            File.Move(written, FileOf(simulator), overwrite: true);
            _kept[simulator] = version;
        }
    }

    private string FileOf(Simulator simulator) => Path.Combine(_folder, $"{simulator.Name}.json");
}
